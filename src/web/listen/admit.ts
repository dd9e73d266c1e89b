import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { longestForm } from '../door/door.ts'
import { paths } from '../paths.ts'
import { Gate } from './gate.ts'
import { isRead, type Kind, kindOf, lengthOf, pathOf } from './kinds.ts'
import type { Limits } from './limits.ts'

export interface Admission {
  readonly listener: RequestListener
  /** For who watches the server. */
  readonly counts: () => Counts
  readonly stop: () => void
}

export interface Counts {
  readonly inside: number
  readonly waiting: number
  readonly streams: number
  /** Sent away since the start, by kind. */
  readonly shed: Readonly<Record<Kind, number>>
  /** Lateness of the event loop, in ms, the worst of the last half second or so. */
  readonly lateMs: number
}

export interface AdmissionParts {
  readonly limits: Limits
  /** What answers whoever is let in. */
  readonly inside: RequestListener
  /** What says "come again". */
  readonly busy: (request: IncomingMessage, response: ServerResponse) => void
  /** Of each that is sent away. */
  readonly told?: (kind: Kind) => void
}

/** A password takes some 15 ms of two threads: a hundred are done in less than this. */
const signInPatienceMs = 8_000
/** Of a file that is sent or asked for: whoever waits for one expects to. */
const filePatienceMs = 3_000
/** Once a line stands, whoever only reads is let in soon or not at all; a command that somebody has typed is worth the wait. */
const standing = { write: 1, read: 1 / 4, street: 1 / 8 } as const
const lookMs = 50
const lateFades = 0.8

const now = () => performance.now()
const urgency = ['write', 'read', 'street'] as const

/**
 * Lets in as many requests as can be served in good time and sends the others away at once: a server that takes everything serves nobody. The
 * body of a form is read before its sender stands in line, so that a slow line holds no place; a place is free again when the answer's head goes out.
 */
export function admit({ limits, inside, busy, told }: AdmissionParts): Admission {
  const { atOnce, waiting, patienceMs } = limits
  const kinds = urgency.map((kind) => ({ patienceMs, standingPatienceMs: patienceMs * standing[kind] }))
  const alone = (at: number, patience: number) =>
    new Gate({ atOnce: at, waiting, now, kinds: [{ patienceMs: patience, standingPatienceMs: patience }] })
  const pages = new Gate({ atOnce, waiting, now, kinds })
  const apart = {
    signIn: alone(limits.signIns, signInPatienceMs),
    upload: alone(limits.uploads, filePatienceMs),
    file: alone(limits.files, filePatienceMs),
    tracker: alone(limits.trackers, patienceMs),
  }
  const shed: Record<Kind, number> = { free: 0, signIn: 0, upload: 0, file: 0, tracker: 0, write: 0, read: 0, street: 0 }
  const late = lateness()
  let streams = 0
  let uploadBytes = 0

  const sendAway = (kind: Kind, request: IncomingMessage, response: ServerResponse) => {
    shed[kind]++
    told?.(kind)
    busy(request, response)
  }

  const through = (gate: Gate, place: number, kind: Kind, request: IncomingMessage, response: ServerResponse): void => {
    const goIn = () => {
      const since = now()
      whenAnswered(response, () => gate.leave(since))
      // In the next turn: whoever sent a request and went away is known by then, and a turn of the loop, in which others are let in, stays short.
      setImmediate(() => {
        if (isThere(request, response)) inside(request, response)
        else response.destroy()
      })
    }
    gate.enter(place, { goIn, sentAway: () => sendAway(kind, request, response) })
  }

  /** False: there is no room for it, or it is too late for it. */
  const hasRoom = (kind: Kind, request: IncomingMessage, response: ServerResponse): boolean => {
    if (kind === 'street' && late.ms() > limits.lateMs) return false
    if (kind === 'read' && late.ms() > 2 * limits.lateMs) return false
    if (kind === 'upload') {
      const bytes = Math.min(lengthOf(request), limits.uploadBytes / 4)
      if (uploadBytes + bytes > limits.uploadBytes) return false
      uploadBytes += bytes
      response.once('close', () => {
        uploadBytes -= bytes
      })
    }
    if (pathOf(request) === paths.live) {
      if (streams >= limits.streams) return false
      streams++
      response.once('close', () => {
        streams--
      })
    }
    return true
  }

  const receive = (kind: Kind, request: IncomingMessage, response: ServerResponse): void => {
    if (kind === 'free') inside(request, response)
    else if (kind === 'write' || kind === 'read' || kind === 'street') through(pages, urgency.indexOf(kind), kind, request, response)
    else through(apart[kind], 0, kind, request, response)
  }

  const listener: RequestListener = (request, response) => {
    const kind = kindOf(request)
    if (!hasRoom(kind, request, response)) sendAway(kind, request, response)
    else if (isRead(request) || kind === 'upload' || lengthOf(request) === 0) receive(kind, request, response)
    else void wholeBody(request).then((whole) => whole && receive(kind, request, response))
  }

  return {
    listener,
    counts: () => ({ inside: pages.inside, waiting: pages.waiting, streams, shed: { ...shed }, lateMs: late.ms() }),
    stop: late.stop,
  }
}

/** Node itself takes whoever has closed their half for gone. */
const isThere = ({ socket }: IncomingMessage, response: ServerResponse): boolean => !response.destroyed && !socket.readableEnded

/** Once: when the head of the answer is written, or nobody is there to be answered. What follows the head waits for the reader's line alone. */
function whenAnswered(response: ServerResponse, tell: () => void): void {
  let told = false
  const once = () => {
    if (told) return
    told = true
    tell()
  }
  const { writeHead } = response
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    once()
    return writeHead.apply(response, head)
  }) as typeof writeHead // the same parameters, passed on
  response.once('close', once)
  if (response.destroyed) once()
}

/** Reads a form's body and leaves it where @hono/node-server looks for one that was read. False: it was cut off, and nobody waits for an answer. */
function wholeBody(request: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let length = 0
    request.on('data', (piece: Buffer) => {
      length += piece.length
      // `kindOf` saw its length, and Node lets nobody send more than they said.
      if (length <= longestForm) pieces.push(piece)
    })
    request.once('end', () => {
      Object.assign(request, { rawBody: Buffer.concat(pieces) })
      resolve(true)
    })
    request.once('close', () => resolve(false))
  })
}

/** How late the event loop is: what it holds back is seen nowhere else, since requests wait in the kernel meanwhile. */
function lateness() {
  let worst = 0
  let due = now() + lookMs
  const timer = setInterval(() => {
    const at = now()
    worst = Math.max(at - due, worst * lateFades)
    due = at + lookMs
  }, lookMs)
  timer.unref()
  return { ms: () => worst, stop: () => clearInterval(timer) }
}
