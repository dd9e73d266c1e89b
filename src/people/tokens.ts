import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits, base64url: what the browser or the program keeps. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps: a stolen table opens no session. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Bound to the session's token, so that it needs no row and dies with it. */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('qyzmet form').digest('base64url')

/**
 * The token as a page carries it: under a fresh mask, so another text each time. Pages are compressed, and from the lengths of compressed pages
 * a text that stays the same can be guessed letter by letter (BREACH).
 */
export function masked(csrf: string): string {
  const plain = Buffer.from(csrf, 'base64url')
  const mask = randomBytes(plain.length)
  return Buffer.concat([mask, under(mask, plain)]).toString('base64url')
}

const under = (mask: Buffer, bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => byte ^ (mask[at] ?? 0)))

/** The token under its mask; undefined where there can be none. */
export function unmasked(given: string): string | undefined {
  const found = Buffer.from(given, 'base64url')
  const length = found.length / 2
  return length === 32 ? under(found.subarray(0, length), found.subarray(length)).toString('base64url') : undefined
}

export function csrfFits(token: string, given: string): boolean {
  const expected = Buffer.from(csrfOf(token), 'base64url')
  const found = Buffer.from(given, 'base64url')
  if (found.length !== 2 * expected.length) return false
  return timingSafeEqual(expected, under(found.subarray(0, expected.length), found.subarray(expected.length)))
}

/**
 * `secure`: the pages are served over TLS. The prefix `__Host-` (RFC 6265bis) then keeps other hosts of the domain from setting it; without
 * TLS, on the loopback of the demonstration, browsers would refuse it.
 */
export const cookieName = (secure: boolean): string => (secure ? '__Host-qyzmet' : 'qyzmet')

/** `Set-Cookie` of a new session. Lax: a link in a letter opens the case, and forms carry their own token. Without an age: it ends with the browser. */
export const sessionCookie = (token: string, secure: boolean): string => `${cookieName(secure)}=${token}; ${attributes(secure)}`

export const endedCookie = (secure: boolean): string => `${cookieName(secure)}=; Max-Age=0; ${attributes(secure)}`

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
