import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { StepInput } from '../../src/engine/case/input.ts'

export type Wanted =
  | { readonly do: 'open'; readonly channel: string; readonly provider: string }
  | { readonly do: 'step'; readonly number: string; readonly step: string; readonly input: StepInput }

/** What came back of one try: an HTTP status, or `lost` where nothing did. */
export interface Answer {
  readonly status: number | 'lost'
  /** Of a refusal or a failure. */
  readonly code?: string
  readonly number?: string
  readonly version?: number
}

/** One command of one caller with everything that was ever answered to it. */
export interface Sent {
  /** Idempotency-Key as it was sent. */
  readonly key: string
  readonly round: number
  readonly home: number
  /** Staff id of whoever sent it: the ledger's key is made of both. */
  readonly sender: string
  readonly wanted: Wanted
  readonly answers: readonly Answer[]
}

/** A caller's own record, outside of the database: the line is written before the command is sent, and another before the answer is believed. */
export interface Journal {
  asks(command: Omit<Sent, 'answers'>): void
  hears(key: string, answer: Answer): void
  close(): void
}

type Line = { readonly asks: Omit<Sent, 'answers'> } | { readonly key: string; readonly hears: Answer }

export function openJournal(folder: string, caller: string): Journal {
  mkdirSync(folder, { recursive: true })
  const file = openSync(join(folder, `${caller}.ndjson`), 'a')
  const write = (line: Line) => void writeSync(file, `${JSON.stringify(line)}\n`)
  return { asks: (asks) => write({ asks }), hears: (key, hears) => write({ key, hears }), close: () => closeSync(file) }
}

/** What a caller's record says, in the order of sending. */
export function readJournal(folder: string, caller: string): Sent[] {
  const sent = new Map<string, { command: Omit<Sent, 'answers'>; answers: Answer[] }>()
  for (const text of readFileSync(join(folder, `${caller}.ndjson`), 'utf8').split('\n')) {
    if (text === '') continue
    const line = JSON.parse(text) as Line // as: written above
    if ('asks' in line) {
      if (!sent.has(line.asks.key)) sent.set(line.asks.key, { command: line.asks, answers: [] })
    } else sent.get(line.key)?.answers.push(line.hears)
  }
  return [...sent.values()].map(({ command, answers }) => ({ ...command, answers }))
}

export const isYes = ({ status }: Answer): boolean => status !== 'lost' && status < 300
/** The command was answered and will not be done under this key: everything but a success, a failure, "busy" and "away". */
export const isNo = ({ status }: Answer): boolean => status !== 'lost' && status >= 400 && status < 500 && status !== 429
