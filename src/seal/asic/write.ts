import { createHash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'
import { manifestPath, manifestText, mimetype, type PackedFile, signaturePath } from './names.ts'

export interface AsicOptions {
  /** When the container was made: the time of its entries, so that the same contents and signature give the same bytes. */
  readonly at: Date
  /** Puts a detached CMS signature (DER) to the manifest. */
  readonly sign: (manifest: Uint8Array) => Promise<Uint8Array>
}

/** What is compressed already is not compressed again: it would cost the event loop and gain nothing. */
const packed = /^(?:image\/|application\/pdf$|application\/zip$)/

/**
 * An ASiC-E container (ETSI EN 319 162-1) with one CAdES signature: over a manifest that holds the SHA-256 of every file, so that taking away, adding or
 * changing one is seen.
 * @throws RangeError for a path that is used twice or belongs to the container itself
 */
export async function writeAsic(files: readonly PackedFile[], { at, sign }: AsicOptions): Promise<Uint8Array> {
  const names = new Set<string>()
  for (const { path } of files) {
    if (names.has(path) || path === 'mimetype' || /^META-INF\//i.test(path) || !/^[\w.@+-]+(?:\/[\w.@+-]+)*$/.test(path))
      throw new RangeError(`${path} cannot be a file of a container`)
    names.add(path)
  }
  const manifest = Buffer.from(manifestText(files.map((file) => ({ ...file, sha256: createHash('sha256').update(file.bytes).digest() }))))
  const entries: Zippable = {
    // First, as it is and without an extra field: whoever looks at the first bytes of the file sees what it is.
    mimetype: [Buffer.from(mimetype), { level: 0, mtime: at }],
    ...Object.fromEntries(
      files.map(({ path, mediaType, bytes }) => [path, [bytes, { level: packed.test(mediaType) ? 0 : 6, mtime: at }] as const]),
    ),
    [manifestPath]: [manifest, { level: 6, mtime: at }],
    [signaturePath]: [await sign(manifest), { level: 0, mtime: at }],
  }
  return zipSync(entries)
}
