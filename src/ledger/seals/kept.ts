import { z } from 'zod'
import { type Seal, sealHash, sealText } from './seal.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const seal = z.strictObject({
  format: z.literal('qyzmet-seal-1'),
  number: z.int().min(1),
  at: z.string(),
  previous: z.union([hex, z.literal('')]),
  size: z.int().min(1),
  root: hex,
  cases: z.int().min(0),
  hash: hex,
})

/** What somebody kept of a seal: its hash alone, or the seal as it was published. null: it is neither, or its hash is not its own. */
export function readKept(text: string): Pick<Seal, 'hash'> | Seal | null {
  const word = text.trim()
  if (hex.safeParse(word).success) return { hash: word }
  try {
    const read = seal.safeParse(JSON.parse(word))
    return read.success && sealHash(sealText(read.data)).toString('hex') === read.data.hash ? read.data : null
  } catch {
    return null
  }
}
