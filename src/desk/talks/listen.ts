import type { EventOf } from '../../engine/case/events.ts'
import type { IncomingMessage, MessageChannel, Receipt, RejectionCode } from '../../gateway/messages/channel.ts'
import type { CarriedFile, Payload } from '../../gateway/messages/payload.ts'
import { payloadDigest } from '../../gateway/messages/payload.ts'
import { type LawClock, momentIn } from '../clock.ts'
import type { Desk } from '../desk.ts'
import type { CaseFile } from '../outcome.ts'
import type { Bound, Statutes } from '../statutes.ts'
import type { Holds } from './node.ts'
import { type Books, read, senderSide } from './read.ts'
import { say } from './say.ts'
import type { TalkParts } from './send.ts'
import type { ClockWatch } from './skew.ts'

export interface ListenParts extends TalkParts {
  readonly desk: Pick<Desk, 'take' | 'answer'>
  readonly statutes: Statutes
  readonly clock: LawClock
  readonly books: Books
  /** Whose part is done on this node. */
  readonly holds: Holds
  /** Who may speak for the other side; absent: whoever the gateway brings. */
  readonly partners?: ReadonlySet<string>
  readonly skew: ClockWatch
  /** Told why a message was not taken, for the log: no word of what it says. */
  readonly refused: (
    why: { readonly message: string; readonly from: string; readonly code: string; readonly detail?: string },
    cause?: unknown,
  ) => void
}

/** Takes the other side's messages of both kinds: the receipt is said when everything that follows is committed. */
export function listenTo(parts: ListenParts, channel: MessageChannel): () => Promise<void> {
  return channel.listen({
    message: async (message) => {
      try {
        return await receive(parts, message)
      } catch (cause) {
        // The gateway brings it again; why, only this side knows.
        parts.refused({ message: message.payload.message, from: message.senderId, code: 'broken' }, cause)
        throw cause
      }
    },
  })
}

async function receive(parts: ListenParts, message: IncomingMessage): Promise<Receipt> {
  const { payload, senderId } = message
  const file = await parts.shelf.find(payload.case.number, true)
  const bound = file?.bound ?? boundOf(parts.statutes, payload)
  const now = momentIn(bound === null ? 'UTC' : parts.statutes.zoneOf(bound.law.regulation.region), parts.clock.now())
  const no = (code: RejectionCode, detail?: string): Receipt => {
    parts.refused({ message: payload.message, from: senderId, code, ...(detail === undefined ? {} : { detail }) })
    return { kind: 'notAccepted', at: now, resend: code === 'busy', code }
  }
  if (parts.partners && !parts.partners.has(senderId)) return no('unreadable', 'this sender speaks for nobody')
  parts.skew.heard(senderId, message.messageDate, parts.clock.now())
  if (file === null && payload.kind !== 'application') return no('unknownCase')
  if (bound === null || !isSameLaw(bound, payload)) return no('lawDiffers')
  // One ledger for both sides: what is told is there already, with the event that caused it.
  const { region } = bound.law.regulation
  if (file !== null && parts.holds('corporation', region) && parts.holds('provider', region)) return { kind: 'accepted', at: now }
  if (parts.holds(senderSide(message), region)) return no('notFollowing', 'the sender speaks for our own side')
  const current = await deliveredFirst(parts, file, message)
  const taking = read(message, bound, parts.books, current)
  if (taking === null) return no('notFollowing', 'an organisation is unknown here, or a deed is not the sender’s')
  if (file !== null && file.state.talk === null && payload.kind === 'application') return no('numberTaken')
  const files = await fetched(parts, payload)
  if (typeof files === 'string') return no(files)
  const outcome = await parts.desk.take({ ...taking, keeps: files })
  switch (outcome.kind) {
    case 'done':
      return { kind: 'accepted', at: now }
    case 'termsDiffer':
      return no('termsDiffer', outcome.terms.join(' '))
    case 'refused':
      return no('notFollowing', outcome.refusal.code)
    case 'changed':
      return no('busy')
    default:
      return no('notFollowing', outcome.kind)
  }
}

/** The law that the message names, if this node holds it: by its id and edition, so that another text of it is told from one that is not there. */
function boundOf(statutes: Statutes, { law }: Payload): Bound | null {
  const found = statutes.library.regulations.find(
    ({ regulation }) => regulation.id === law.regulation && regulation.edition === law.edition,
  )
  return found === undefined ? null : statutes.bind(found)
}

const isSameLaw = ({ law }: Bound, { law: told }: Payload): boolean =>
  law.sha256.regulation === told.sha256 && law.sha256.standard === told.standard && law.regulation.id === told.regulation

/** An answer to a request whose delivery nobody has told of yet proves it: it is noted first, as the gateway would have told it. */
async function deliveredFirst(parts: ListenParts, file: CaseFile | null, message: IncomingMessage): Promise<CaseFile | null> {
  const step = file?.state.step
  if (!file || step?.awaiting?.task !== 'RequestSent') return file
  const history = await parts.shelf.history(file.number)
  const sent = history?.events.findLast(({ type }) => type === 'RequestSent')
  if (!history || sent === undefined) return file
  const { message: name } = sent.data as EventOf<'RequestSent'>['data'] // as: written by the engine
  const { payload } = await say(parts, history.file, history.events, name)
  const answer = {
    kind: 'delivered',
    exchange: name,
    receivedAt: message.payload.eventAt,
    correlation: message.correlationId,
    digest: payloadDigest(payload),
  } as const
  await parts.desk.answer(file.number, step.id, answer, { key: `delivered/${name}` })
  return parts.shelf.find(file.number, true)
}

/** Every file of a message; a code where one cannot be had. */
async function fetched(parts: ListenParts, payload: Payload): Promise<Uint8Array[] | RejectionCode> {
  const files: CarriedFile[] = payload.kind === 'application' ? payload.documents.flatMap(({ file }) => file ?? []) : []
  if (payload.seal) files.push(payload.seal.signed)
  const all: Uint8Array[] = []
  for (const file of files) {
    const got = await parts.carriage.fetch(file)
    if (got.kind === 'technicalFailure') return 'busy'
    if (got.kind === 'damaged' || got.kind === 'gone') return 'unreadable'
    if (got.kind === 'found') all.push(got.bytes)
  }
  return all
}
