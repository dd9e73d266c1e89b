import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Paper } from './paper.ts'
import type { PaperSeal } from './seal.ts'

/** What a child is asked for. */
export interface PaperOrder {
  readonly paper: Paper
  readonly seal?: PaperSeal | undefined
}

/** What a child says: a paper, or why this paper cannot be printed. */
export type Answer = { pdf: Uint8Array } | { failure: string }

/** One process that prints, seen from the press. */
export interface PressChild {
  /** Papers asked for so far. */
  readonly printed: number
  /** True as soon as the process is gone or given up. */
  readonly lost: boolean
  /** Its answer to one paper. Rejects, and gives the process up, if it dies or is silent for `timeout` milliseconds. */
  print(order: PaperOrder, timeout: number): Promise<Answer>
  end(): Promise<void>
}

/** Starts a child; it may be given its first paper at once. It never keeps the server's process alive while it rests. */
export function startChild(program: URL): PressChild {
  // An empty environment: the child needs no secrets of the server, and nothing there may change what it prints.
  const child = fork(fileURLToPath(program), [], {
    env: {},
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const gone = Promise.withResolvers<never>()
  gone.promise.catch(() => undefined)
  let lastWords = ''
  let lost = false
  let printed = 0

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000)
  })
  child.on('error', (cause) => giveUp(new Error('The child of the press failed', { cause })))
  child.on('exit', (code, signal) => giveUp(new Error(`The child of the press ended (${signal ?? code}). ${lastWords}`.trim())))
  child.channel?.unref()
  if (child.stderr instanceof Socket) child.stderr.unref()
  child.unref()

  function giveUp(cause: Error): void {
    lost = true
    gone.reject(cause)
  }

  async function print(order: PaperOrder, timeout: number): Promise<Answer> {
    printed++
    const silence = setTimeout(() => {
      giveUp(new Error(`The child of the press was silent for ${timeout} ms`))
      child.kill('SIGKILL')
    }, timeout)
    child.channel?.ref()
    try {
      return await Promise.race([ask(order), gone.promise])
    } finally {
      clearTimeout(silence)
      child.channel?.unref()
    }
  }

  /** A child has one paper at a time, so the next message is its answer. */
  async function ask(order: PaperOrder): Promise<Answer> {
    child.send(order, (cause) => cause && giveUp(new Error('The child of the press could not be reached', { cause })))
    const [answer]: Answer[] = await once(child, 'message')
    if (answer === undefined) throw new Error('The child of the press said nothing')
    return answer
  }

  async function end(): Promise<void> {
    lost = true
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    // It rests unreferenced; whoever waits for its end must be able to see it.
    child.ref()
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  return {
    get printed() {
      return printed
    },
    get lost() {
      return lost
    },
    print,
    end,
  }
}
