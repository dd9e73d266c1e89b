import type { Ledger } from '../../ledger/ledger.ts'
import type { PackedFile } from '../../seal/asic/names.ts'

/**
 * The files that the case is bound to, byte for byte: their SHA-256 stand in its first event.
 * @param files SHA-256 (hex) by path
 */
export async function lawOf({ law }: Pick<Ledger, 'law'>, files: Readonly<Record<string, string>>): Promise<PackedFile[]> {
  const found: PackedFile[] = []
  for (const [path, sha256] of Object.entries(files)) {
    const kept = await law.text(sha256)
    if (kept === null) throw new Error(`the ledger does not keep ${path} of ${sha256}`)
    found.push({ path: `law/${path}`, mediaType: 'application/yaml', bytes: Buffer.from(kept.text) })
  }
  return found
}
