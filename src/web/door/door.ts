import type { Context } from 'hono'
import { longestScan } from '../../desk/scans/verdict.ts'
import type { Who } from '../../desk/who.ts'
import { withoutInvisible } from '../../language/invisible.ts'
import type { Speech } from '../../language/speech.ts'
import type { SavedForm } from '../../ledger/ledger.ts'
import { inSpan } from '../../observe/trace.ts'
import type { Grant } from '../../people/model.ts'
import type { Session } from '../../people/sessions.ts'
import { paths } from '../paths.ts'
import { readMultipart, type SentFile, type SentForm } from './multipart.ts'

/** What the door finds out about a request before any page sees it. */
export interface DoorVariables {
  speech: Speech
  session: Session | null
  /** The session's token, kept for switching and ending it. */
  token: string | null
  who: Who | null
  /** Under what else the person may act today. */
  grants: readonly Grant[]
  /** A browser that has not signed in: its forms carry a token bound to this cookie. */
  visit: string
  /** What the reader typed into this page's form before and has not sent. */
  saved: SavedForm | null
}

export interface Door {
  Variables: DoorVariables
}

export type DoorContext = Context<Door>

/** A form of a hundred documents is some tens of kilobytes. */
export const longestForm = 1024 * 1024
/** Three scans of the largest size at once, or many ordinary ones. */
const filesAtOnce = 3 * longestScan + longestForm
/** So much is read through, though not kept, so that a form with too many scans is still a form and loses no typed value. */
const readAtMost = 20 * longestScan

export const csrfField = '_csrf'

export const isMultipart = (type: string | undefined): boolean => /^multipart\/form-data\b/i.test(type ?? '')

const read = new WeakMap<Request, Promise<SentForm>>()
const nothing: SentForm = { fields: [], files: [] }

/** A form as it was typed, without what cannot be seen: read once by the door, which looks for the token in it. What is no form is an empty one. */
export const formOf = async (c: DoorContext): Promise<URLSearchParams> => {
  const { fields } = await sentForm(c)
  return new URLSearchParams(fields.map(([name, value]) => [name, withoutInvisible(value)]))
}

/** Files of the same form; of somebody who is not signed in only what is to be checked is read. */
export const filesOf = async (c: DoorContext): Promise<readonly SentFile[]> => (await sentForm(c)).files

function sentForm(c: DoorContext): Promise<SentForm> {
  const known = read.get(c.req.raw)
  if (known !== undefined) return known
  const sent = inSpan('form.read', () => readForm(c.req.raw, c.req.header('content-type') ?? '', roomFor(c)))
  const form = sent.catch((cause: unknown) => {
    // A body that is cut off or too long, by whatever name the platform calls it.
    if (cause instanceof Error) return nothing
    throw cause
  })
  read.set(c.req.raw, form)
  return form
}

/** Strangers have two files to give: what they want checked, and what it is a signature of. */
function roomFor(c: DoorContext) {
  if (c.get('session') !== null) return { file: longestScan, files: filesAtOnce }
  return c.req.path === paths.verify ? { file: longestScan, files: 2 * longestScan } : { file: 0, files: 0 }
}

async function readForm(request: Request, type: string, room: { file: number; files: number }): Promise<SentForm> {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return { fields: [...new URLSearchParams(await request.text())], files: [] }
  if (!isMultipart(type) || request.body === null) return nothing
  return (await readMultipart(request.body, type, { ...room, fields: longestForm, whole: readAtMost })) ?? nothing
}

/** Behind `requireStaff` there is always somebody. */
export interface Signed {
  readonly session: Session
  readonly who: Who
  readonly speech: Speech
  readonly token: string
}

export function signedIn(c: DoorContext): Signed {
  const [session, who, token] = [c.get('session'), c.get('who'), c.get('token')]
  if (session === null || who === null || token === null) throw new Error('a page for staff stands outside requireStaff')
  return { session, who, token, speech: c.get('speech') }
}
