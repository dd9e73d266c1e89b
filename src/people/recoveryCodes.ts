import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base32: no letter that is taken for another letter or a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16
export const recoveryCodesAtOnce = 10

/**
 * A code that lets in once, without the telephone: 80 random bits as `K7QM-2H0X-9RTB-4WZC`. So many that a fast digest is enough: nobody guesses
 * them, not even with the table in hand.
 */
const newCode = (): string => [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('')

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodesAtOnce }, () => (newCode().match(/.{4}/g) ?? []).join('-'))

/** The code as it was made, however it was typed: O and I and L are read as the digits for which they were taken. Null: it can be none. */
export function readRecoveryCode(typed: string): string | null {
  const bare = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return bare.length === length && [...bare].every((sign) => alphabet.includes(sign)) ? bare : null
}

/** Under the person, so that one table of digests serves for nobody else. */
export const recoveryDigest = (staff: string, code: string): Buffer =>
  createHash('sha256')
    .update(`recovery ${staff} ${code.replaceAll('-', '')}`)
    .digest()
