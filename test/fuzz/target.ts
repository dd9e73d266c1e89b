import type { Chance } from './chance.ts'

/** The parts of one input, as bytes: each is printed, and made smaller, by itself. A parser of one text has one. */
export type Input = readonly Buffer[]

export interface Target {
  readonly name: string
  /** Its share of the inputs, beside those of the others. */
  readonly weight: number
  /** What one input may take, in ms; beyond it, seen twice, it hangs. */
  readonly limitMs: number
  /** It is run in a process of its own, which is ended beyond so many MB; one input that asks for more than `inputMb` at once is a fault. */
  readonly apart?: { readonly memoryMb: number; readonly inputMb: number }
  open(room: Room): Promise<Running>
}

export interface Running {
  /** So many parts of an input only say what the others are: they are left as they are when it is made smaller. */
  readonly words?: number
  make(chance: Chance): Input
  /** Throws where the parser breaks: what it refuses in its own words is no fault. Gives what it said of the input, in words that are counted, or nothing. */
  run(input: Input): Promise<readonly string[] | undefined> | Promise<void> | void
  close?(): Promise<void>
}

/** What a target may use besides itself. */
export interface Room {
  readonly regulations: string
  /** A share of the gate: fewer samples are gathered. */
  readonly brief?: boolean
}

/** What broke: equal for inputs that break the same thing. */
export interface Fault {
  readonly signature: string
  readonly detail: string
}

export function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Error)) return { signature: `threw ${String(cause)}`, detail: String(cause) }
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.includes('/dist/') || line.includes('/src/'))
  const place = /[^/]+\/[^/]+\.(?:js|ts|tsx)/.exec(frames[0] ?? '')?.[0] ?? ''
  const told =
    'signature' in cause ? String(cause.signature) : `${cause.name} ${cause.message.replaceAll(/[^A-Za-z ]+/g, '_').slice(0, 60)} ${place}`
  return { signature: told, detail: `${cause.name}: ${cause.message}\n${frames.slice(0, 6).join('\n')}` }
}
