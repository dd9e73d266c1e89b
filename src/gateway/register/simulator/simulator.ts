import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange } from '../../exchange.ts'
import type { FailureCode } from '../../failure.ts'
import { technicalFailure } from '../../failures.ts'
import type { Tap, WireMessage } from '../../tap.ts'
import { type PersonRegister, type RegisterAnswer, type RegisterQuestion, registerService, requireConsent } from '../register.ts'
import { type RegisterResponse, readResponse } from '../response.ts'
import { invent } from './invent.ts'
import { edgeOf, people } from './world.ts'

/** What may go wrong, settable while it runs: a page of the demonstration or a test writes into this object. */
export interface RegisterFaults {
  /** Every answer takes so long, in ms. */
  delayMs: number
  /** And the documented slow person's so long. */
  slowMs: number
  /** The gateway cannot be reached. */
  down: boolean
  /** It refuses, by this code. */
  refuse: FailureCode | null
  /** Answers are of another request. */
  wrongAnswer: boolean
}

export interface RegisterSimulator extends PersonRegister {
  readonly faults: RegisterFaults
  /** Questions that came through, oldest first, without whom they were about. At most 1,000 are kept. */
  readonly asked: readonly {
    readonly caseNumber: string
    readonly queryId: string
    readonly at: string
    readonly answer: RegisterAnswer['kind']
  }[]
}

export interface RegisterSimulatorOptions {
  /** The law's time, RFC 3339. */
  readonly now: () => string
  /** Another seed, other people. */
  readonly seed?: string
  /** An answer that takes longer is a technical failure. */
  readonly timeoutMs?: number
  readonly faults?: Partial<RegisterFaults>
}

const service = registerService
const remembered = 1000

/** A register of individuals in process: invented people for every possible number, and the documented ones of `edgeIins`. */
export function simulateRegister({ now, seed = 'qyzmet', timeoutMs = 30_000, faults: given }: RegisterSimulatorOptions): RegisterSimulator {
  const faults: RegisterFaults = { delayMs: 0, slowMs: 8_000, down: false, refuse: null, wrongAnswer: false, ...given }
  const asked: RegisterSimulator['asked'][number][] = []

  async function answer(question: RegisterQuestion, signal: AbortSignal, tap?: Tap): Promise<RegisterAnswer> {
    const exchange: Exchange = { id: randomUUID(), answerId: null, service, sentAt: now(), answeredAt: null }
    await tap?.sends(told(exchange.id, question))
    const edge = edgeOf(question.iin)
    if (!(await waited(edge === 'slow' ? faults.slowMs : faults.delayMs, signal)) || faults.down || edge === 'down') {
      return { ...technicalFailure('govtech-transport-error'), exchange }
    }
    const answeredAt = now()
    const code = faults.refuse ?? (edge === 'gatewayRefuses' ? 'shep-error' : null)
    if (code !== null) return { ...technicalFailure(code), exchange: { ...exchange, answeredAt } }
    const requestId = faults.wrongAnswer || edge === 'wrongAnswer' ? randomUUID() : exchange.id
    const response = respond(question.iin, requestId, answeredAt, seed)
    await tap?.hears(told(response.messageId, response))
    const reading = readResponse(response, { requestId: exchange.id, iin: question.iin })
    if (reading.kind === 'technicalFailure') return { ...reading, exchange: { ...exchange, answeredAt } }
    const { answerId, ...said } = reading
    return { ...said, exchange: { ...exchange, answerId, answeredAt } }
  }

  return {
    faults,
    asked,
    async ask(question, { signal, tap } = {}) {
      requireConsent(question)
      const timeout = AbortSignal.timeout(timeoutMs)
      const said = await answer(question, signal === undefined ? timeout : AbortSignal.any([signal, timeout]), tap)
      asked.push({ caseNumber: question.caseNumber, queryId: question.queryId, at: said.exchange.sentAt, answer: said.kind })
      if (asked.length > remembered) asked.shift()
      return said
    },
  }
}

/** There is no wire here: what would travel on it. */
const told = (id: string, message: object): WireMessage => ({ id, bytes: new TextEncoder().encode(JSON.stringify(message)) })

/** What the register would send, before it is read. */
function respond(iin: string, requestId: string, messageDate: string, seed: string): RegisterResponse {
  const person = invent(iin, seed)
  const { gbdfl: sender, asker: receiver, processed, nobody } = people.dictionaries
  const head = { messageId: randomUUID(), messageDate, requestId, sender, receiver }
  if (person === null) return { ...head, messageResult: nobody }
  return { ...head, messageResult: processed, persons: { person: [person] } }
}

/** False when the caller or the time-out ended the waiting. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false
  if (ms <= 0) return true
  return sleep(ms, true, { signal }).catch(() => false)
}
