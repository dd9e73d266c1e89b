import { inspectJpeg } from './jpeg.ts'
import { looksLike } from './looksLike.ts'
import { inspectPdf } from './pdf/pdf.ts'
import { inspectPng, pngSignature } from './png.ts'
import { Flawed, longestScan, type ScanFacts, type ScanType, type Verdict } from './verdict.ts'

const beginnings: Readonly<Record<ScanType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': pngSignature,
}

const readers: Readonly<Record<ScanType, (bytes: Buffer) => Promise<ScanFacts> | ScanFacts>> = {
  'application/pdf': inspectPdf,
  'image/jpeg': inspectJpeg,
  'image/png': inspectPng,
}

/** What a scan is by its own first bytes; what its sender calls it is not believed. */
export function scanTypeOf(bytes: Uint8Array): ScanType | undefined {
  return (Object.keys(beginnings) as ScanType[]).find((type) => beginnings[type].every((byte, place) => bytes[place] === byte)) // keys of a record
}

/**
 * Reads a file through, as its format says, before it is kept: what was renamed, cut off, joined with another, carries a script or unpacks
 * without end is told for what it is. Uses a few times the file's length of memory at the most, whatever stands in it.
 */
export async function inspectScan(given: Uint8Array): Promise<Verdict> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  try {
    if (bytes.length === 0) throw new Flawed('empty')
    if (bytes.length > longestScan) throw new Flawed('tooLarge', { most: longestScan / 1024 / 1024 })
    const type = scanTypeOf(bytes)
    if (type === undefined) throw new Flawed('otherType', { like: looksLike(bytes) })
    return { ok: true, facts: await readers[type](bytes) }
  } catch (cause) {
    if (cause instanceof Flawed) return { ok: false, flaw: cause.flaw }
    throw cause
  }
}
