import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { newNumber, type Recorded, type RecordedCase } from './recorded.ts'

/** One thing that is measured, in a process of its own: it plays cases again and again, each caller one after the other. */
export interface Contender {
  /** What it is and how it was set, for the tables. */
  readonly about: Readonly<Record<string, string>>
  /** A process that works for it and is not PostgreSQL: its processor time counts too. */
  readonly serverPid?: number
  /** Connections and workers for so many callers; called before each run. */
  ready(callers: number): Promise<void>
  /** Gives back what `ready` took: while others are measured, it holds no connection that it need not. */
  rest(): Promise<void>
  /** One case. Each command is durable and answered before the next: `step` times one, and answers false when the time is over. */
  play(number: string, recorded: RecordedCase, step: Step): Promise<void>
  close(): Promise<void>
}

export type Step = (work: () => Promise<unknown>) => Promise<boolean>

export interface Asked {
  readonly callers: number
  readonly seconds: number
}

export interface Answer {
  readonly seconds: number
  readonly steps: number
  readonly stepsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly errors: number
  /** What went wrong first. */
  readonly error?: string
  /** Processor time of this process, µs a step. */
  readonly ownCpuUs: number
}

/** How long a run goes before it is timed: statements are prepared, code compiled, pools filled. */
const warmSeconds = 1
/** How long a last answer may take, in ms. */
const patienceMs = 20_000

/** Serves one contender over standard input and output, a line of JSON each: ready, then an answer to each run asked for. */
export async function serve(open: (url: string, recorded: Recorded) => Promise<Contender>): Promise<void> {
  const recorded = JSON.parse(readFileSync(process.env.BENCH_RECORDED ?? '', 'utf8')) as Recorded // as: written by record.ts
  const contender = await open(process.env.BENCH_URL ?? '', recorded)
  const tell = (answer: unknown) => process.stdout.write(`@${JSON.stringify(answer)}\n`)
  tell({ about: contender.about, serverPid: contender.serverPid })
  for await (const line of createInterface({ input: process.stdin })) {
    const { callers, seconds } = JSON.parse(line) as Asked // as: written by run.ts
    await contender.ready(callers)
    await load(contender, recorded, callers, Math.min(warmSeconds, seconds))
    tell('warm')
    tell(await load(contender, recorded, callers, seconds))
    await contender.rest()
    tell('resting')
  }
  await contender.close()
  process.exit(0)
}

async function load(contender: Contender, { cases }: Recorded, callers: number, seconds: number): Promise<Answer> {
  const times: number[] = []
  let errors = 0
  let error: string | undefined
  let next = 0
  const cpu = process.cpuUsage()
  const began = performance.now()
  const end = began + seconds * 1000
  const step: Step = async (work) => {
    const started = performance.now()
    await work()
    const ended = performance.now()
    times.push(ended - started)
    return ended < end
  }
  const caller = async () => {
    while (performance.now() < end) {
      const recorded = cases[next++ % cases.length]
      if (recorded === undefined) return
      try {
        await contender.play(newNumber(), recorded, step)
      } catch (cause) {
        errors++
        error ??= String(cause)
        if (errors > 1000) return
      }
    }
  }
  let waiting = callers
  const playing = Promise.all(
    Array.from({ length: callers }, async () => {
      await caller()
      waiting--
    }),
  )
  const late = new AbortController()
  await Promise.race([playing, sleep(seconds * 1000 + patienceMs, undefined, { signal: late.signal }).catch(() => undefined)])
  late.abort()
  if (waiting > 0) {
    errors += waiting
    error ??= `${waiting} callers were not answered ${patienceMs / 1000} s after the end`
  }
  const took = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    ...figures(times, took),
    errors,
    ...(error === undefined ? {} : { error }),
    ownCpuUs: Math.round((user + system) / Math.max(times.length, 1)),
  }
}

/** @param times of each step, in ms */
export function figures(times: number[], seconds: number): Omit<Answer, 'errors' | 'ownCpuUs'> {
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
  return {
    seconds: Math.round(seconds * 100) / 100,
    steps: times.length,
    stepsPerSecond: Math.round(times.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  }
}
