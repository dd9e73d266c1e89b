import { createHash } from 'node:crypto'
import { type Paper, paperSchema } from './paper.ts'
import { type PaperOrder, type PressChild, startChild } from './pressChild.ts'
import type { PaperSeal } from './seal.ts'

export interface PaperPress {
  /**
   * PDF/A-3a of the paper and its SHA-256 in lower-case hex; the same paper and seal give the same bytes.
   * Rejects with {@link PaperNotPrinted}: the paper is not well formed, its template is wrong, or two children in a row were lost.
   */
  print(paper: Paper, seal?: PaperSeal): Promise<{ pdf: Uint8Array; sha256: string }>
  /** Ends the children. Papers that still wait are rejected. */
  close(): Promise<void>
}

export interface PressOptions {
  /** A child is replaced after so many papers: the compiler keeps a little of each for ever. Default 200. */
  papersPerChild?: number
  /** Milliseconds after which a child that has not answered is taken for hung. Default 20 000. */
  timeout?: number
  /** Milliseconds after which an idle child ends. Default 60 000. */
  idle?: number
  /** The program of a child; tests give one that fails on purpose. */
  program?: URL
}

/** A paper could not be printed; `cause` says why. */
export class PaperNotPrinted extends Error {
  override name = 'PaperNotPrinted'
}

type Job = { order: PaperOrder; lost: number; resolve: (pdf: Uint8Array) => void; reject: (error: PaperNotPrinted) => void }

/** In how many papers before its end a busy child gets a successor, so that nobody waits for the start of the next. */
const warmAhead = 10

/** Opens a press. No process starts before the first paper. Papers are printed one after the other, in the order asked. */
export function createPaperPress(options: PressOptions = {}): PaperPress {
  const { papersPerChild = 200, timeout = 20_000, idle = 60_000 } = options
  const program = options.program ?? new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url)
  const waiting: Job[] = []
  let child: PressChild | undefined
  let next: PressChild | undefined
  let busy = false
  let closed = false
  let restTimer: NodeJS.Timeout | undefined

  function takeChild(): PressChild {
    if (child && (child.lost || child.printed >= papersPerChild)) {
      child.end()
      child = next
      next = undefined
    }
    if (child === undefined || child.lost) child = startChild(program)
    if (next === undefined && waiting.length > 0 && child.printed >= papersPerChild - warmAhead) next = startChild(program)
    return child
  }

  async function work(): Promise<void> {
    if (busy) return
    busy = true
    clearTimeout(restTimer)
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await printOne(job)
    busy = false
    restSoon()
  }

  async function printOne(job: Job): Promise<void> {
    try {
      const answer = await takeChild().print(job.order, timeout)
      if ('pdf' in answer) job.resolve(answer.pdf)
      else job.reject(new PaperNotPrinted(`The paper ${job.order.paper.kind} cannot be printed`, { cause: new Error(answer.failure) }))
    } catch (cause) {
      job.lost++
      if (job.lost < 2 && !closed) return void waiting.unshift(job)
      job.reject(
        new PaperNotPrinted(`The paper ${job.order.paper.kind} cannot be printed: the press was lost ${job.lost} times`, { cause }),
      )
    }
  }

  function restSoon(): void {
    restTimer = setTimeout(endChildren, idle)
    restTimer.unref()
  }

  function endChildren(): Promise<unknown> {
    const ended = Promise.all([child?.end(), next?.end()])
    child = next = undefined
    return ended
  }

  async function print(paper: Paper, seal?: PaperSeal) {
    if (closed) throw new PaperNotPrinted('The press is closed')
    const checked = paperSchema.safeParse(paper)
    if (!checked.success) throw new PaperNotPrinted(`The paper ${paper.kind} is not well formed`, { cause: checked.error })
    const pdf = await new Promise<Uint8Array>((resolve, reject) => {
      waiting.push({ order: { paper: checked.data, seal }, lost: 0, resolve, reject })
      void work()
    })
    return { pdf, sha256: createHash('sha256').update(pdf).digest('hex') }
  }

  async function close(): Promise<void> {
    closed = true
    clearTimeout(restTimer)
    for (const job of waiting.splice(0)) job.reject(new PaperNotPrinted('The press is closed'))
    await endChildren()
  }

  return { print, close }
}
