import type { Context } from 'hono'
import type { Who } from '../../desk/who.ts'
import { withoutInvisible } from '../../language/invisible.ts'
import type { Speech } from '../../language/speech.ts'
import type { Grant } from '../../people/model.ts'
import type { Session } from '../../people/sessions.ts'

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
}

export interface Door {
  Variables: DoorVariables
}

export type DoorContext = Context<Door>

/** A form as it was typed, without what cannot be seen: read once by the door, which looks for the token in it. What is no form is an empty one. */
export const formOf = async (c: DoorContext): Promise<URLSearchParams> => {
  const form = await formDataOf(c)
  return new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, withoutInvisible(value)]] : [])))
}

async function formDataOf(c: DoorContext): Promise<FormData> {
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')) return new FormData()
  try {
    return await c.req.formData()
  } catch (cause) {
    if (cause instanceof TypeError) return new FormData() // a body cut off, or parts without their boundary
    throw cause
  }
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
