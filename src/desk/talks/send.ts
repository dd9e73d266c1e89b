import { z } from 'zod'
import type { SentMessage, Side } from '../../engine/case/talk.ts'
import type { MessageChannel, OutgoingMessage } from '../../gateway/messages/channel.ts'
import type { DueEffect } from '../../ledger/effects/runEffects.ts'
import type { Effect } from '../../ledger/ledger.ts'
import type { CaseShelf } from '../caseShelf.ts'
import type { Desk } from '../desk.ts'
import type { CaseFile } from '../outcome.ts'
import type { Told } from '../outside.ts'
import type { History } from '../reading.ts'
import { deliver, type SentAs } from './deliver.ts'
import { FilesAway } from './files.ts'
import { type SayParts, say, wireName } from './say.ts'

/**
 * Id of a service's messages to a region's workstation on the gateway, `QYZMET_TEACHER_ATTESTATION_AKTOBE`: the gateway routes by it. The real ones are not
 * public.
 */
export const reggService = ({ service, region }: { readonly service: string; readonly region: string }): string =>
  `QYZMET_${service}_${region}`.replaceAll('-', '_').toUpperCase()

export interface TalkParts extends SayParts {
  readonly shelf: CaseShelf
  /** By side: where this node speaks for it. */
  readonly channels: Partial<Record<Side, MessageChannel>>
  /** RFC 3339 by the law's clock, so many milliseconds from now. */
  readonly inLawTime: (file: CaseFile, milliseconds: number) => string
}

/** Sends the signed request of a case and waits until the other workstation has it. */
export async function sendRequest(parts: TalkParts, file: CaseFile, message: string, retryAt: string, sentAs?: SentAs): Promise<Told> {
  const told = await carry(parts, file, message, { retryAt, sentAs, failures: 0 })
  if (told.kind === 'failed') return { answer: told.answer, heldMs: told.heldMs, outOfTurn: told.outOfTurn, sentAs: told.sentAs }
  const { exchange, correlation, receivedAt, digest } = told
  return { answer: { kind: 'delivered', exchange, receivedAt, correlation, digest } }
}

const waiting = z.object({
  message: z.string(),
  attempt: z.number().default(0),
  sentAs: z.object({ exchange: z.string(), correlation: z.string() }).optional(),
})

export interface OutboxParts extends TalkParts {
  readonly desk: Pick<Desk, 'message'>
  readonly machine: () => number
  /** Milliseconds until the next try after so many failures. */
  readonly patience: (failures: number, seed: string) => number
  /** Runs an effect later without a word to the case. */
  readonly later: (file: CaseFile, effect: Effect) => Promise<void>
}

/**
 * Sends what a case has to tell the other side, one message after the other in the order in which they were caused. Run twice, or on two processes, the
 * second finds it delivered, or another at it. A message never ends unsent: whatever the failure, it is tried again, for the other side waits for it.
 */
export function outboxHandler(parts: OutboxParts): (effect: DueEffect) => Promise<void> {
  return async ({ case: number, payload }) => {
    const { message, attempt: failures, sentAs } = waiting.parse(payload)
    const file = await parts.shelf.find(number, true)
    const sent = file?.state.talk?.sent ?? []
    const one = sent.find((other) => other.message === message)
    if (file === null || file.state.destroyed !== null || one === undefined || one.deliveredAt !== null) return
    const attempt = failures + 1
    const name = wireName(number, message)
    const wait = parts.patience(attempt, name)
    const before = earlier(number, sent, message)
    const told = await carry(parts, file, message, { after: before, retryAt: parts.inLawTime(file, wait), sentAs, failures })
    if (told.kind === 'delivered') {
      const { exchange, receivedAt, digest } = told
      await parts.desk.message(number, message, { kind: 'delivered', exchange, receivedAt, digest }, { key: `sent/${name}` })
      return
    }
    const { answer, heldMs, sentAs: at } = told
    const runAt = new Date(parts.machine() + (heldMs ?? wait)).toISOString()
    const again = {
      task: 'sendMessage',
      payload: { message, attempt: heldMs === undefined ? attempt : failures, ...(at ? { sentAs: { ...at } } : {}) },
      runAt,
    }
    if (heldMs !== undefined) return parts.later(file, { ...again, key: `${message}/held/${runAt}` })
    const retryAt = answer.retryAt ?? parts.inLawTime(file, wait)
    const became = { kind: 'failed', code: answer.code, text: answer.text, retryAt } as const
    await parts.desk.message(number, message, became, { key: `sent/${name}/${attempt}` }, { ...again, key: `${message}/${attempt}` })
  }
}

/** The message of the case that has to arrive before; undefined where all have. */
function earlier(number: string, sent: readonly SentMessage[], message: string): string | undefined {
  const before = sent
    .slice(
      0,
      sent.findIndex((one) => one.message === message),
    )
    .findLast((one) => one.deliveredAt === null)
  return before === undefined ? undefined : wireName(number, before.message)
}

interface Carrying {
  /** The message of the case that has to arrive before. */
  readonly after?: string | undefined
  readonly retryAt: string
  readonly sentAs: SentAs | undefined
  /** How often this message has failed. */
  readonly failures: number
}

async function carry(
  parts: TalkParts,
  file: CaseFile,
  message: string,
  { after, retryAt, sentAs, failures }: Carrying,
): ReturnType<typeof deliver> {
  const history = await parts.shelf.history(file.number)
  if (history === null) throw new Error(`case ${file.number} is not there`)
  try {
    const { type, side, payload } = await say(parts, history.file, history.events, message)
    const channel = parts.channels[side]
    if (channel === undefined) throw new Error(`this node does not speak for the ${side}`)
    const serviceId = reggService(file.bound.law.regulation)
    const head = { serviceId, messageDate: parts.inLawTime(file, 0), payload, ...(after === undefined ? {} : { after }) }
    const correlationId = correlationOf(history, failures)
    const outgoing: OutgoingMessage = type === 'REQUEST' ? { ...head, messageType: type } : { ...head, messageType: type, correlationId }
    return await deliver(channel, outgoing, retryAt, sentAs)
  } catch (cause) {
    if (!(cause instanceof FilesAway)) throw cause
    const { code, text } = cause.failure
    return { kind: 'failed', answer: { kind: 'technicalFailure', code, text: `${text.kk} / ${text.ru}`, retryAt } }
  }
}

/**
 * Under which correlation to send: the last that was heard; after failures the earlier ones in turn. A gateway has been seen to acknowledge, or to bring, a message
 * under a correlation that it knows nothing of afterwards, and neither side can tell when it happens.
 */
function correlationOf({ events }: History, failures: number): string {
  const heard = events.flatMap(({ type, data }) => {
    const isTold = (type === 'RequestDelivered' || type === 'MessageTaken') && typeof data.correlation === 'string'
    return isTold ? [String(data.correlation)] : []
  })
  const known = [...new Set(heard.reverse())]
  return known[failures % Math.max(1, known.length)] ?? ''
}
