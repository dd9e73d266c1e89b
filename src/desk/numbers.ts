import { randomBytes, randomInt } from 'node:crypto'

/** The five digits from which a node draws; `to` is not among them. */
export type Drawn = readonly [from: number, to: number]
const allNumbers: Drawn = [0, 100_000]
/** Two nodes give numbers in the same homes and know nothing of each other's: each draws from its own half. */
export const drawnBy = { corporation: [50_000, 100_000], provider: [0, 50_000] } as const satisfies Record<string, Drawn>

/**
 * A case number: `750-191014-48213-2`: home, day of submission, five random digits, check digit.
 * It carries its home, so that any reader knows where the case lies; it is drawn, not counted, because a counter would be one row that all cases share.
 */
export function drawNumber(home: number, day: string, [from, to]: Drawn = allNumbers): string {
  const body = `${String(home).padStart(3, '0')}-${day.slice(2).replaceAll('-', '')}-${String(randomInt(from, to)).padStart(5, '0')}`
  return `${body}-${checkDigit(body)}`
}

/** The home of a number, or null where the number cannot be one: a wrong digit is caught before anything is looked up. */
export function homeOf(number: string): number | null {
  const parts = /^(\d{3,})-(\d{6})-(\d{5})-(\d)$/.exec(number)
  if (parts === null) return null
  return checkDigit(number.slice(0, -2)) === Number(parts[4]) ? Number(parts[1]) : null
}

/** ISO 7064 MOD 11,10: catches every single wrong digit and nearly every swap of two. */
function checkDigit(body: string): number {
  let product = 10
  for (const digit of body.replaceAll('-', '')) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10
}

export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The receipt's secret: 20 letters of Crockford's alphabet, 100 bits; letters that people confuse are not in it. */
export function drawSecret(): string {
  return [...randomBytes(20)].map((byte) => alphabet[byte % 32]).join('')
}

/** As a person types it: small letters, spaces, O for 0, I and L for 1. */
export const readSecret = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
