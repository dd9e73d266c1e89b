import type { IncomingMessage, ServerResponse } from 'node:http'
import { asyncNamespace, type Operation, syncNamespace } from '../../gateway/shep/names.ts'
import type { Faults, Strike } from '../faults/faults.ts'
import type { FaultKind } from '../faults/rule.ts'
import type { Watch } from '../watch/watch.ts'
import { type AdmitTools, type Admitted, admit, glance } from './admit.ts'
import { gatewayBytes } from './answerBytes.ts'
import { type AsyncTools, asyncHandlers } from './async.ts'
import { type Call, newTrace, type Reply, type Trace } from './call.ts'
import { cutOff, goneSignal, readBody, waited, writeAnswer } from './http.ts'
import { Refused, refusalMarkup } from './refusal.ts'
import { answerSync, type SyncTools } from './sync.ts'

export interface ChannelTools extends AdmitTools, SyncTools, AsyncTools {
  readonly faults: Faults
  readonly watch: Watch
  /** Aborted when the contour ends. */
  readonly ending: AbortSignal
  /** What broke in the contour itself: told to its log, and to the sender as SCE909. */
  readonly broke: (cause: unknown) => void
}

type Ending = 'answered' | 'refused' | 'broken'

/** One HTTP request to a channel of the gateway, from its first byte to the last of its answer, with whatever goes wrong on purpose. */
export async function serveChannel(
  channel: 'sync' | 'async',
  request: IncomingMessage,
  response: ServerResponse,
  tools: ChannelTools,
): Promise<void> {
  const began = performance.now()
  const at = tools.clock.now()
  const body = await readBody(request, tools.requestBytes)
  const bytes = body === 'tooLong' ? Buffer.alloc(0) : body
  const trace = newTrace()
  const strike = strikeOn(channel, bytes, trace, tools)
  const call: Call = { trace, strike, signal: goneSignal(response, tools.ending) }
  const done = await passed(channel, request, response, { body, bytes, call }, tools)
  if (body === 'tooLong') request.destroy()
  const { operation, service, sender, receiver, message, correlation, notes } = trace
  tools.watch.keep(
    {
      ...{ at, direction: 'in', channel, operation, service, sender, receiver, message, correlation, notes },
      outcome: done.ending,
      code: done.code,
      faults: [...strike.keys()],
      ms: performance.now() - began,
    },
    bytes,
    done.sent,
  )
}

interface Done {
  readonly ending: Ending
  readonly code: string | null
  readonly sent: Buffer
}

interface Work {
  readonly body: Buffer | 'tooLong'
  readonly bytes: Buffer
  readonly call: Call
}

async function passed(
  channel: 'sync' | 'async',
  request: IncomingMessage,
  response: ServerResponse,
  work: Work,
  tools: ChannelTools,
): Promise<Done> {
  const { call } = work
  const { strike, signal } = call
  const nothing: Done = { ending: 'broken', code: null, sent: Buffer.alloc(0) }
  const delay = strike.get('delay')
  if (delay !== undefined && !(await waited(delay.delayMs, signal))) return nothing
  if (strike.has('cutBefore')) {
    cutOff(response)
    return nothing
  }
  if (strike.has('http500')) return brokenServer(response)
  const silence = strike.get('timeOut')
  if (silence !== undefined && !silence.taken) return silent(response, signal, nothing)
  const said = await answerTo(channel, request, work, tools)
  if (silence !== undefined) return silent(response, signal, nothing)
  if (strike.has('cutAfter') || said.content === null) {
    cutOff(response)
    return nothing
  }
  const signed = await gatewayBytes(said.content, tools.keys, strike)
  const sent = await writeAnswer(response, { status: said.refused === null ? 200 : 500, bytes: signed }, strike, signal)
  if (said.refused !== null) return { ending: said.ending, code: said.refused, sent }
  return { ending: spoils.some((kind) => strike.has(kind)) ? 'broken' : 'answered', code: null, sent }
}

/** Faults after which what was answered is not what should have been. */
const spoils: readonly FaultKind[] = ['badSignature', 'revoked', 'unsigned', 'wrongCorrelation', 'truncate', 'contentType']

async function silent(response: ServerResponse, signal: AbortSignal, nothing: Done): Promise<Done> {
  await waited(longestSilenceMs, signal)
  cutOff(response)
  return nothing
}
const longestSilenceMs = 600_000

function brokenServer(response: ServerResponse): Done {
  const sent = Buffer.from('<html><body><h1>500 Internal Server Error</h1></body></html>')
  response.writeHead(500, { 'content-type': 'text/html', 'content-length': sent.length })
  response.end(sent)
  return { ending: 'broken', code: null, sent }
}

interface Said {
  readonly content: Extract<Reply, { kind: 'content' }>['content'] | null
  /** The code of a refusal. */
  readonly refused: string | null
  readonly ending: Ending
}

async function answerTo(
  channel: 'sync' | 'async',
  request: IncomingMessage,
  { body, bytes, call }: Work,
  tools: ChannelTools,
): Promise<Said> {
  const { trace, strike } = call
  try {
    const fault = strike.get('fault')
    if (fault !== undefined) throw new Refused(fault.code, '', [], fault.message)
    if (body === 'tooLong')
      throw new Refused('SCE001', `> ${tools.requestBytes}`, [{ code: 'tooLong', params: { most: tools.requestBytes } }])
    noteHeaders(request, trace)
    const admitted = await admit(bytes, channel, tools)
    Object.assign(trace, { operation: admitted.operation, sender: admitted.sender })
    const reply = await handle(admitted, call, tools)
    return { content: reply.kind === 'cut' ? null : reply.content, refused: null, ending: 'answered' }
  } catch (cause) {
    const refused = cause instanceof Refused ? cause : internal(cause, tools)
    trace.notes.push(...refused.notes)
    const operation: Operation = trace.operation === 'unknown' ? (channel === 'sync' ? 'SendMessage' : 'sendMessage') : trace.operation
    const content = refusalMarkup(operation, channel === 'sync' ? syncNamespace : asyncNamespace, refused, tools.clock.now())
    return { content, refused: refused.code, ending: strike.has('fault') ? 'broken' : 'refused' }
  }
}

function handle(admitted: Admitted, call: Call, tools: ChannelTools): Promise<Reply> {
  const { operation } = admitted
  if (operation === 'SendMessage') return answerSync(admitted, call, tools)
  if (operation === 'changeMassageStatusNotification') throw new Error('An operation of the push client came through a channel.')
  return asyncHandlers[operation](admitted, call, tools)
}

function internal(cause: unknown, tools: ChannelTools): Refused {
  tools.broke(cause)
  return new Refused('SCE909', '', [{ code: 'internal' }])
}

/** What real servers are strict about in different ways is told, not refused: SOAPAction is required by SOAP 1.1, stacks differ in the type. */
function noteHeaders(request: IncomingMessage, trace: Trace): void {
  const type = request.headers['content-type'] ?? ''
  if (!/^(text|application)\/xml\b/i.test(type)) trace.notes.push({ code: 'contentType', params: { type: type.slice(0, 80) } })
  if (request.headers.soapaction === undefined) trace.notes.push({ code: 'noSoapAction' })
}

/** Faults fall on a message as it seems at first glance: whether it is a right one is found out later, if at all. */
function strikeOn(channel: 'sync' | 'async', bytes: Buffer, trace: Trace, { faults }: ChannelTools): Strike {
  const seen = glance(bytes)
  Object.assign(trace, { operation: seen.operation, service: seen.service, sender: seen.sender })
  return faults.strike({ where: channel, operation: seen.operation, service: seen.service, sender: seen.sender }, kindsOf(seen.operation))
}

const everywhere: readonly FaultKind[] = [
  'delay',
  'timeOut',
  'http500',
  'cutBefore',
  'fault',
  'badSignature',
  'revoked',
  'unsigned',
  'truncate',
  'contentType',
  'drip',
  'cutAfter',
]

function kindsOf(operation: Operation | 'unknown'): ReadonlySet<FaultKind> {
  const own: Partial<Record<Operation | 'unknown', readonly FaultKind[]>> = {
    SendMessage: ['wrongCorrelation'],
    sendMessage: ['wrongCorrelation', 'duplicate', 'reorder'],
    getMessages: ['wrongCorrelation'],
    sendDeliveryNotification: ['lost'],
  }
  return new Set([...everywhere, ...(own[operation] ?? [])])
}
