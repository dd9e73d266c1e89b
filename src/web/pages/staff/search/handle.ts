import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SearchPosition } from '../../../../desk/finding.ts'

/**
 * What somebody searched for, as an address that says nothing of it: sealed under a key made of their session's token. No server keeps it, nobody
 * else can open it, and with the session it is a string that means nothing. So no IIN and no name stands in an address, a history or a log.
 */
export interface Asked {
  readonly typed: string
  /** Where the page begins; absent: the first. */
  readonly after?: SearchPosition
}

const position = z.union([
  z.strictObject({ opened: z.strictObject({ openedAt: z.string(), home: z.number(), case: z.string() }) }),
  z.strictObject({ word: z.strictObject({ word: z.string(), case: z.string(), key: z.string() }) }),
])
const asked = z.strictObject({ typed: z.string(), after: position.optional() })

const cipher = 'aes-256-gcm'
const [nonceBytes, tagBytes] = [12, 16]

const keyOf = (token: string): Buffer => Buffer.from(hkdfSync('sha256', token, '', 'qyzmet search', 32))

export function sealSearch({ typed, after }: Asked, token: string): string {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, keyOf(token), nonce)
  const sealed = Buffer.concat([sealing.update(JSON.stringify({ typed, ...(after ? { after } : {}) })), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url')
}

/** null: of another session, or of nobody. */
export function openSearch(handle: string, token: string): Asked | null {
  const bytes = Buffer.from(handle, 'base64url')
  if (bytes.length <= nonceBytes + tagBytes) return null
  const opening = createDecipheriv(cipher, keyOf(token), bytes.subarray(0, nonceBytes))
  opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    const opened = Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()])
    const parsed = asked.safeParse(JSON.parse(opened.toString()))
    return parsed.success ? parsed.data : null
  } catch {
    return null // sealed under another session's key
  }
}

/** Only what finding a page again needs, whatever else the row had. */
export const positionOf = (next: SearchPosition): SearchPosition => {
  if ('word' in next) {
    const { word, case: number, key } = next.word
    return { word: { word, case: number, key } }
  }
  const { openedAt, home, case: number } = next.opened
  return { opened: { openedAt, home, case: number } }
}
