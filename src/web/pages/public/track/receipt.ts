import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { homeOf } from '../../../../desk/numbers.ts'
import { trackPath } from '../../../paths.ts'

/** What a receipt says, as it was typed, pasted or scanned. */
export interface Receipt {
  readonly number: string
  readonly secret: string
}

/** Digits of a number as typed, with or without dashes: `750-191014-48213-2`. */
export function readNumber(typed: string): string {
  const found = /^(\d{3,})(\d{6})(\d{5})(\d)$/.exec(typed.replaceAll(/\D/g, ''))
  return found === null ? typed.trim() : found.slice(1).join('-')
}

/**
 * Two fields, but people paste the whole receipt into one, or the address that the code leads to. What stands in the field of the secret is
 * taken before what was pasted beside the number.
 */
export function readReceipt(number: string, secret: string): Receipt {
  const link = /\/t\/([\d-]+)\/([0-9A-Za-z-]+)/.exec(`${number} ${secret}`)
  if (link) return { number: readNumber(link[1] ?? ''), secret: bare(link[2] ?? '') }
  const whole = /^\D*(\d{3,}-\d{6}-\d{5}-\d|\d{15,})[\s,;:]+(\S.*)$/s.exec(number.trim())
  if (whole && bare(secret) === '') return { number: readNumber(whole[1] ?? ''), secret: bare(whole[2] ?? '') }
  return { number: readNumber(number), secret: bare(secret) }
}

const bare = (secret: string): string => secret.replaceAll(/[\s-]/g, '')

/** What can be told wrong without looking anything up, so that nobody learns from it what exists. */
export type Slip = 'noNumber' | 'badNumber' | 'noSecret'

export function slipOf({ number, secret }: Receipt): Slip | undefined {
  if (number === '') return 'noNumber'
  if (homeOf(number) === null) return 'badNumber'
  return secret === '' ? 'noSecret' : undefined
}

/** On a shared computer half an hour after the last look; on one's own phone, where its owner asked for it, a month. In seconds. */
const ages = { once: 1800, kept: 2_592_000 } as const
const cookie = 'qyzmet-receipt'

/**
 * The secret of a receipt stands in no address of a page: a cookie of this one case's pages carries it, so that neither the browser's history, nor
 * a picture of the screen, nor a link sent on gives the case away.
 */
export function keepReceipt(c: Context, { number, secret }: Receipt, kept: boolean, secure: boolean): void {
  const maxAge = kept ? ages.kept : ages.once
  const value = `${kept ? 'k' : 'o'}${secret}`
  setCookie(c, cookie, value, { path: trackPath(number), maxAge, sameSite: 'Lax', httpOnly: true, secure })
}

export function keptReceipt(c: Context, number: string): (Receipt & { readonly kept: boolean }) | null {
  const value = getCookie(c, cookie)
  return value === undefined || value.length < 2 ? null : { number, secret: value.slice(1), kept: value.startsWith('k') }
}

export const forgetReceipt = (c: Context, number: string): void => void deleteCookie(c, cookie, { path: trackPath(number) })
