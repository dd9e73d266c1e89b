import { randomUUID } from 'node:crypto'
import { type envelopeBytes, readEnvelope } from '../../gateway/shep/envelope.ts'
import { readFault } from '../../gateway/shep/faults.ts'
import { asyncNamespace, clientNamespace, type Operation } from '../../gateway/shep/names.ts'
import { requestMarkup } from '../../gateway/shep/write.ts'
import { XmlRefused } from '../../xml/refused.ts'
import type { ContourClock } from '../clock.ts'
import type { Faults, Strike } from '../faults/faults.ts'
import type { FaultKind } from '../faults/rule.ts'
import type { ContourKeys } from '../keys.ts'
import type { Letter, Mailbox } from '../shep/mailbox.ts'
import type { Participant, Participants } from '../shep/participants.ts'
import type { Watch } from '../watch/watch.ts'
import { gatewayBytes } from './answerBytes.ts'
import { letterMessage, stateChangeOf } from './async.ts'
import { waited } from './http.ts'
import { newSession } from './refusal.ts'

export interface CourierTools {
  readonly clock: ContourClock
  readonly keys: ContourKeys
  readonly participants: Participants
  readonly mailbox: Mailbox
  readonly faults: Faults
  readonly watch: Watch
  /** A push that takes longer has failed, in ms. */
  readonly pushMs: number
  /** Receivers within the contour: takes a message, and says the rest by the mailbox. */
  readonly within: ReadonlyMap<string, (letter: Letter) => Promise<void>>
  readonly broke: (cause: unknown) => void
}

export interface Courier {
  /** Looks at once whether something may be delivered. */
  nudge(): void
  /** Ends after what is in hand. */
  stop(): Promise<void>
}

/** At once for one receiver. */
const atOnce = 16
/** How often waits that are over are looked for, in ms. */
const beatMs = 200

/** Brings messages to participants who are called, and tells senders what became of theirs. Whoever fetches is left alone. */
export function startCourier(tools: CourierTools): Courier {
  const inHand = new Map<string, number>()
  const running = new Set<Promise<void>>()
  const ending = new AbortController()
  let looking: Promise<void> | null = null
  let again = false

  const run = (receiver: string, work: Promise<void>): void => {
    inHand.set(receiver, (inHand.get(receiver) ?? 0) + 1)
    const done = work.catch(tools.broke).finally(() => {
      inHand.set(receiver, (inHand.get(receiver) ?? 1) - 1)
      running.delete(done)
      nudge()
    })
    running.add(done)
  }

  async function look(): Promise<void> {
    do {
      again = false
      for (const receiver of reached(tools)) {
        const bring = wayTo(receiver, tools, ending.signal)
        const free = atOnce - (inHand.get(receiver) ?? 0)
        if (bring === null || free <= 0) continue
        for (const letter of await tools.mailbox.takeDue(receiver, free)) run(receiver, bring(letter))
      }
      for (const letter of tools.mailbox.untold(atOnce)) await tellEnd(letter, tools, run, ending.signal)
    } while (again && !ending.signal.aborted)
  }

  function nudge(): void {
    if (ending.signal.aborted) return
    again = true
    looking ??= look()
      .catch(tools.broke)
      .finally(() => {
        looking = null
        if (again) nudge()
      })
  }

  const beat = setInterval(nudge, beatMs)
  return {
    nudge,
    async stop() {
      clearInterval(beat)
      ending.abort()
      await looking
      await Promise.all(running)
    },
  }
}

/** Whoever fetches is not called. */
const reached = ({ within, participants }: CourierTools): string[] => [
  ...within.keys(),
  ...participants.list().flatMap(({ senderId, push: url }) => (url === null ? [] : [senderId])),
]

function wayTo(receiver: string, tools: CourierTools, ending: AbortSignal): ((letter: Letter) => Promise<void>) | null {
  const within = tools.within.get(receiver)
  if (within !== undefined) return within
  const participant = tools.participants.find(receiver)
  const url = participant?.push ?? null
  return participant === null || url === null ? null : (letter) => push(letter, participant, url, tools, ending)
}

async function push(letter: Letter, participant: Participant, url: string, tools: CourierTools, ending: AbortSignal): Promise<void> {
  const strike = strikeOn('sendMessage', letter.service, participant.senderId, tools)
  const content = requestMarkup('sendMessage', asyncNamespace, letterMessage(letter, strike.has('wrongCorrelation')))
  const { service, id: message, correlation } = letter
  const said = await callOut(
    url,
    content,
    strike,
    { operation: 'sendMessage', service, receiver: participant.senderId, message, correlation },
    tools,
    ending,
  )
  if (said !== null) await tools.mailbox.failed(letter, said)
  else if (participant.confirms === 'push') await tools.mailbox.deliver(letter.id, participant.senderId, { accepted: true, resend: false })
}

/** Tells a sender who is called that its message came to its end; whoever asks for states is told nothing. */
async function tellEnd(
  letter: Letter,
  tools: CourierTools,
  run: (receiver: string, work: Promise<void>) => void,
  ending: AbortSignal,
): Promise<void> {
  // Marked before it is tried: a notice that is lost is asked for by getMessageStatus, and is never said without end.
  await tools.mailbox.markTold(letter.seq)
  const url = tools.participants.find(letter.sender)?.push ?? null
  if (url === null) return
  const { service, id: message, correlation, sender: receiver } = letter
  const operation = 'changeMassageStatusNotification'
  const now = tools.clock.now()
  const content = requestMarkup(operation, clientNamespace, {
    notificationId: randomUUID(),
    messageId: letter.id,
    notificationDate: now,
    messageState: letter.state,
    status: stateChangeOf(letter),
    requestDate: now,
    sessionId: newSession(),
  })
  const strike = strikeOn(operation, service, receiver, tools)
  run(
    receiver,
    callOut(url, content, strike, { operation, service, receiver, message, correlation }, tools, ending).then(() => undefined),
  )
}

interface About {
  readonly operation: Operation
  readonly service: string
  readonly receiver: string
  readonly message: string
  readonly correlation: string
}

/** Null: the other side has it. Else why not. */
async function callOut(
  url: string,
  content: Parameters<typeof envelopeBytes>[0],
  strike: Strike,
  about: About,
  tools: CourierTools,
  ending: AbortSignal,
): Promise<string | null> {
  const [at, began] = [tools.clock.now(), performance.now()]
  const whole = await gatewayBytes(content, tools.keys, strike)
  const bytes = strike.has('truncate') ? whole.subarray(0, whole.length >> 1) : whole
  const { failure, answer } = await tried(url, bytes, strike, tools.pushMs, ending)
  const broken = strike.size > 0 && failure !== null
  tools.watch.keep(
    {
      ...{ at, direction: 'out', channel: 'push', sender: null, code: failure?.slice(0, 100) ?? null, notes: [], ...about },
      outcome: failure === null ? 'answered' : broken ? 'broken' : 'failed',
      faults: [...strike.keys()],
      ms: performance.now() - began,
    },
    bytes,
    answer,
  )
  return failure
}

async function tried(
  url: string,
  bytes: Buffer,
  strike: Strike,
  pushMs: number,
  ending: AbortSignal,
): Promise<{ failure: string | null; answer: Buffer }> {
  const nothing = Buffer.alloc(0)
  const delay = strike.get('delay')
  if (delay !== undefined && !(await waited(delay.delayMs, ending))) return { failure: 'ending', answer: nothing }
  for (const kind of ['timeOut', 'cutBefore', 'http500', 'fault'] as const) if (strike.has(kind)) return { failure: kind, answer: nothing }
  const cut = strike.has('cutAfter') ? AbortSignal.timeout(cutAfterMs) : ending
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: Uint8Array.from(bytes),
      headers: { 'content-type': strike.has('contentType') ? 'text/html' : 'text/xml; charset=UTF-8', soapaction: '""' },
      signal: AbortSignal.any([AbortSignal.timeout(pushMs), ending, cut]),
      redirect: 'error',
    })
    const answer = await limited(response)
    return { failure: response.ok ? faultIn(answer) : (faultIn(answer) ?? `HTTP ${response.status}`), answer }
  } catch (cause) {
    return { failure: nameOf(cause), answer: nothing }
  }
}

/** The receiver has the message by then, and the gateway does not hear that it has. */
const cutAfterMs = 5
const mostAnswer = 1024 * 1024

async function limited(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > mostAnswer) throw new Error('The answer is too long.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** The code of a fault; null: an answer of some sort, which is all that is asked of it. */
function faultIn(answer: Buffer): string | null {
  if (answer.length === 0) return null
  try {
    const fault = readFault(readEnvelope(answer).content)
    return fault === null ? null : fault.code || 'fault'
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause
    return 'unreadable'
  }
}

function nameOf(cause: unknown): string {
  const inside = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const { code, name } = Object(inside) as { code?: unknown; name?: unknown } // an error of the system tells more than its class says
  return String(code ?? name ?? 'unknown')
}

const possible: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'delay',
  'timeOut',
  'cutBefore',
  'http500',
  'fault',
  'badSignature',
  'revoked',
  'unsigned',
  'wrongCorrelation',
  'truncate',
  'contentType',
  'cutAfter',
])

const strikeOn = (operation: Operation, service: string, sender: string, { faults }: CourierTools): Strike =>
  faults.strike({ where: 'push', operation, service, sender }, possible)
