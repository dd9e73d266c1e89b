import type { CallOptions, TechnicalFailure } from '../failure.ts'
import { technicalFailure } from '../failures.ts'
import type { Tap } from '../tap.ts'
import type { Attempt, AttemptEnd, ExchangeJournal } from './journal.ts'
import type { Services, Turns } from './services.ts'

export interface AttendedParts {
  readonly journal: ExchangeJournal
  readonly services: Services
  readonly turns: Turns
  /** RFC 3339, by the law's clock. */
  readonly now: () => string
  /** Told of each attempt that ended, for counts. */
  readonly told?: (service: string, outcome: string, seconds: number) => void
  /** Told when a service that was out answers again: whoever waits may come at once. */
  readonly back?: (service: string) => void
  /** Told of what could not be written down. */
  readonly failed?: (cause: unknown) => void
}

/** An answer that takes longer is an outage: SHEP's own limits are not public (PROTOCOLS 1.6), so ours are 30 s for a question and 60 s for a message. */
export const questionMs = 30_000
export const messageMs = 60_000

/** How soon to come again where another process has the same exchange in hand, or an earlier message of the case has not arrived. */
const soonMs = 1_000

export type Wanted = Omit<Attempt, 'sentAt'> & {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Key of the case's message that must have arrived before. */
  readonly after?: string | undefined
}

export const held = (heldMs: number): TechnicalFailure => ({ ...technicalFailure('govtech-transport-error', true), heldMs })
const notYet = (): TechnicalFailure => ({ ...held(soonMs), outOfTurn: true })

/**
 * Everything around one attempt: it leaves alone of its name, after what must go before, and only for a service that is not known to be out; it stands in
 * the journal before its bytes leave, and with what came of it. `end` tells what the journal keeps of the answer.
 */
export async function attend<Said extends { readonly kind: string }>(
  parts: AttendedParts,
  wanted: Wanted,
  call: (options: CallOptions) => Promise<Said>,
  end: (said: Said) => Omit<AttemptEnd, 'tookMs'>,
): Promise<Said | TechnicalFailure> {
  const { journal, services, turns } = parts
  const { home, case: number, key, service, after } = wanted
  const turn = await turns.alone(`${wanted.direction} ${home}/${number}/${key}`, async () => {
    if (after !== undefined && !(await journal.wasDelivered(home, number, after))) return notYet()
    const waitMs = await services.admit(service)
    if (waitMs === 0) return attempt(parts, wanted, call, end)
    await quietly(parts, () => services.keepsWaiting(service, home, number))
    return held(waitMs)
  })
  return turn === null ? notYet() : turn.value
}

async function attempt<Said extends { readonly kind: string }>(
  parts: AttendedParts,
  wanted: Wanted,
  call: (options: CallOptions) => Promise<Said>,
  end: (said: Said) => Omit<AttemptEnd, 'tookMs'>,
): Promise<Said> {
  const { journal, now, told } = parts
  const { home, case: number, key, service, direction } = wanted
  const id = await journal.begin({ home, case: number, key, service, direction, sentAt: now() })
  const began = performance.now()
  const took = () => performance.now() - began
  const note = (what: Omit<AttemptEnd, 'tookMs'>) => quietly(parts, () => journal.end(home, id, { ...what, tookMs: took() }))
  let said: Said
  try {
    said = await call({ signal: limit(wanted), tap: tapOf(parts, { home, case: number, id }) })
  } catch (cause) {
    await note({ outcome: 'broken', answeredAt: null })
    told?.(service, 'broken', took() / 1000)
    throw cause
  }
  const what = end(said)
  await note(what)
  told?.(service, what.outcome, took() / 1000)
  await learnFrom(parts, service, `${home}/${number}/${key}`, said)
  if (outageIn(said) !== null) await quietly(parts, () => parts.services.keepsWaiting(service, home, number))
  return said
}

const limit = ({ timeoutMs, signal }: Wanted): AbortSignal => {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

/** A refused message is an answer of a system that lives; only what may mend itself is an outage. */
export const outageIn = (said: { readonly kind: string }): string | null =>
  said.kind === 'technicalFailure' && 'retryable' in said && said.retryable === true && 'code' in said ? String(said.code) : null

export async function learnFrom(parts: AttendedParts, service: string, name: string, said: { readonly kind: string }): Promise<void> {
  await quietly(parts, async () => {
    const { isBack } = await parts.services.learn(service, name, outageIn(said), parts.now())
    if (isBack) parts.back?.(service)
  })
}

/** An answer is not thrown away because the journal could not take it: the row then says that no answer is known, and the question is asked again. */
async function quietly(parts: AttendedParts, work: () => Promise<void>): Promise<void> {
  await work().catch((cause: unknown) => parts.failed?.(cause))
}

function tapOf(parts: AttendedParts, at: { readonly home: number; readonly case: string; readonly id: string }): Tap {
  return {
    sends: (message) => parts.journal.keep(at, 'request', message),
    hears: (message) => quietly(parts, () => parts.journal.keep(at, 'response', message)),
  }
}
