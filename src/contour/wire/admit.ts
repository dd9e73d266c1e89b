import { type Envelope, readEnvelope } from '../../gateway/shep/envelope.ts'
import type { Sender } from '../../gateway/shep/messages.ts'
import { asyncNamespace, type Operation, syncNamespace } from '../../gateway/shep/names.ts'
import { readRequest } from '../../gateway/shep/read.ts'
import type { ShepSchemas } from '../../gateway/shep/schemas.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { descendants, type XmlElement } from '../../xml/tree.ts'
import type { Participants } from '../shep/participants.ts'
import type { Note } from '../watch/watch.ts'
import { Refused } from './refusal.ts'
import { believeTransport, readTransport, type SignatureTools } from './transport.ts'

export interface AdmitTools extends SignatureTools {
  readonly participants: Participants
  readonly schemas: ShepSchemas
  /** Whether a message without a transport signature is refused. */
  readonly strictSignatures: () => boolean
  readonly requestBytes: number
}

const operations = {
  sync: ['SendMessage'],
  async: ['sendMessage', 'sendDeliveryNotification', 'getMessageStatus', 'getMessages'],
} as const satisfies Record<'sync' | 'async', readonly Operation[]>

const namespaces = { sync: syncNamespace, async: asyncNamespace } as const

export interface Admitted {
  readonly envelope: Envelope
  readonly operation: Operation
  readonly namespace: string
  readonly sender: string
}

/**
 * What every message has to be before its contents matter, in this order: an envelope, signed, of the channel's schema, from a participant who knows its
 * password and whose certificate it is.
 *
 * @throws Refused SCE001, SCE005, SCE006, SCE007, DEMO-SENDER
 */
export async function admit(bytes: Uint8Array, channel: 'sync' | 'async', tools: AdmitTools): Promise<Admitted> {
  const envelope = refusing(() => readEnvelope(bytes, { bytes: tools.requestBytes }))
  const signed = await readTransport(envelope, tools.strictSignatures(), tools)
  const { content } = envelope
  const operation = operationOf(content, channel)
  const problems = refusing(() => tools.schemas.problems(content))
  if (problems.length > 0) throw new Refused('SCE001', problems.join('; '), formatNotes(content, problems))
  const sender = senderOf(operation, content)
  const admission = tools.participants.admit(sender.senderId, sender.password)
  if (admission !== 'admitted')
    throw new Refused('DEMO-SENDER', sender.senderId, [{ code: `sender.${admission}`, params: { sender: sender.senderId } }])
  const participant = tools.participants.find(sender.senderId)
  if (participant !== null) await believeTransport(signed, participant, tools)
  return { envelope, operation, namespace: content.namespace, sender: sender.senderId }
}

function operationOf(content: XmlElement, channel: 'sync' | 'async'): Operation {
  const known: readonly string[] = operations[channel]
  if (content.namespace === namespaces[channel] && known.includes(content.local)) return content.local as Operation // among the known
  const params = { name: content.local, namespace: content.namespace, expected: namespaces[channel] }
  throw new Refused('SCE001', `${content.namespace} ${content.local}`, [{ code: 'operation', params }])
}

/** The two mistakes that are met most often are told by name, beside what the schema says. */
function formatNotes(content: XmlElement, problems: readonly string[]): Note[] {
  const [operation, ...inside] = descendants(content)
  const qualified = inside.find(({ namespace, local }) => namespace === operation?.namespace && local !== 'data')
  return [
    ...(qualified === undefined ? [] : [{ code: 'qualified', params: { name: qualified.local } }]),
    ...problems.slice(0, 5).map((why) => ({ code: 'schema', params: { why } })),
  ]
}

/** The schema lets some operations come without a sender; the gateway has to know whose queue or message is meant. */
function senderOf(operation: Operation, content: XmlElement): Sender {
  const asked = refusing(() => readRequest(operation, content))
  const sender = 'sender' in asked ? asked.sender : undefined
  if (sender === undefined) throw new Refused('DEMO-SENDER', '', [{ code: 'sender.absent' }])
  return sender
}

/** What the reader of messages does not understand is a message of another format. */
export function refusing<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause
    throw new Refused('SCE001', cause.message, [{ code: `xml.${cause.reason}`, params: { why: cause.message } }])
  }
}

/** What a message seems to be, without believing any of it: a look at its text, quick and never wrong about a message in order. */
export function glance(bytes: Uint8Array): { operation: Operation | 'unknown'; service: string | null; sender: string | null } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const all: readonly Operation[] = [...operations.sync, ...operations.async]
  const [, name = ''] = /<(?:[\w.-]{1,40}:)?Body\b[^>]{0,400}>\s*<(?:[\w.-]{1,40}:)?(\w{1,40})\b/.exec(text) ?? []
  const inside = (element: string) => new RegExp(`<${element}>([\\w.-]{1,100})</${element}>`).exec(text)?.[1] ?? null
  return { operation: all.find((one) => one === name) ?? 'unknown', service: inside('serviceId'), sender: inside('senderId') }
}
