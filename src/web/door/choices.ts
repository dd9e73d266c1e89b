import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { DoorContext } from './door.ts'

const lettersCookie = 'qyzmet-letters'
const year = 31_536_000

/** Keys of a single letter can be switched off (WCAG 2.1.4); the choice belongs to the browser, not to the person. */
export const lettersOf = (c: DoorContext): 'off' | undefined => (getCookie(c, lettersCookie) === 'off' ? 'off' : undefined)

export function keepLetters(c: DoorContext, off: boolean, secure: boolean): void {
  const attributes = { path: '/', sameSite: 'Lax', httpOnly: true, secure } as const
  if (off) setCookie(c, lettersCookie, 'off', { ...attributes, maxAge: year })
  else deleteCookie(c, lettersCookie, attributes)
}

const seenCookie = 'qyzmet-seen'

/** A page was drawn in this browser before, so it has the fonts. The way there, a redirection of a receipt's code, is no page yet. */
export function returning(c: DoorContext, secure: boolean): boolean {
  const seen = getCookie(c, seenCookie) !== undefined
  if (!seen) setCookie(c, seenCookie, 'yes', { path: '/', sameSite: 'Lax', httpOnly: true, secure, maxAge: year })
  return seen
}
