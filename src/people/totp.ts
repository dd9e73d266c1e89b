import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/**
 * One-time codes by time (RFC 6238) as telephones' authenticators make them: HMAC-SHA-1, six digits, steps of thirty seconds. Others of the RFC's
 * algorithms are silently taken for these by widely used programs.
 */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** RFC 4226, 4 (R6): 160 bits. */
export const newSecret = (): Buffer => randomBytes(20)

const totpOf = (secret: Buffer, more: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({ ...shape, ...more, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) })

/** What a telephone reads from the code: `otpauth://totp/…`. */
export const keyUri = (secret: Buffer, issuer: string, login: string): string => totpOf(secret, { issuer, label: login }).toString()

/** The secret for whoever types it: base32 in groups of four. */
export const typedSecret = (secret: Buffer): string => (totpOf(secret).secret.base32.match(/.{1,4}/g) ?? []).join(' ')

/**
 * The time step to which a code belongs: now's, the one before or the one after (a telephone's clock goes wrong, and typing takes time; RFC 6238, 5.2);
 * null: it is no code of now.
 *
 * @param now milliseconds since 1970
 */
export function stepOf(secret: Buffer, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : TOTP.counter({ period: shape.period, timestamp: now }) + delta
}

/** The code of a moment: for whoever holds the secret, as a telephone does. */
export const codeAt = (secret: Buffer, now: number): string => totpOf(secret).generate({ timestamp: now })
