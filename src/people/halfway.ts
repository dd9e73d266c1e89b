import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { KeyRing } from '../ledger/keys/keyRing.ts'
import { digestOf } from './tokens.ts'

/** Somebody whose password was right and whose code is waited for. */
export interface Half {
  readonly staff: string
  /** Digest of the sealed password: where it was changed meanwhile the half is none. */
  readonly password: string
  /** Names this sign-in. */
  readonly id: string
  /** Milliseconds since 1970, by the machine's clock. */
  readonly until: number
}

const lifeMs = 5 * 60_000
const shape = z.strictObject({ staff: z.string(), password: z.string(), id: z.string(), until: z.number() })

export const passwordMark = (sealed: string): string => digestOf(sealed).toString('base64url')

/** Sealed for one browser (`visit`: its cookie), so that no row is kept and any process goes on; good for five minutes. */
export function openHalves(keyRing: KeyRing, machineClock: () => number) {
  const contextOf = (visit: string): string => `half ${digestOf(visit).toString('hex')}`
  return {
    async make(staff: string, sealed: string, visit: string): Promise<string> {
      const half: Half = {
        staff,
        password: passwordMark(sealed),
        id: randomBytes(9).toString('base64url'),
        until: machineClock() + lifeMs,
      }
      return (await keyRing.wrap(Buffer.from(JSON.stringify(half)), contextOf(visit))).toString('base64url')
    },
    /** Null: it is none, another browser's, or too old. */
    async read(given: string, visit: string): Promise<Half | null> {
      if (!/^[\w-]{40,800}$/.test(given)) return null
      let bytes: Buffer
      try {
        bytes = await keyRing.unwrap(Buffer.from(given, 'base64url'), contextOf(visit))
      } catch {
        return null
      }
      const half = shape.parse(JSON.parse(bytes.toString('utf8')))
      return half.until <= machineClock() ? null : half
    },
  }
}
