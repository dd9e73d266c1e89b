import { createHash } from 'node:crypto'
import { XmlRefused } from '../../xml/refused.ts'
import { manifestPath, mimetype, sha256Method, signaturePath } from './names.ts'
import { readManifest } from './readManifest.ts'
import { unzip, ZipRefused } from './unzip.ts'

export interface OpenedAsic {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly manifest: Uint8Array
  /** Detached CMS over `manifest`, DER: whose it is and whether it holds is judged by whoever asks. */
  readonly signature: Uint8Array
}

/**
 * Why a container is not taken. `damaged` no zip, no manifest or no signature in it; `tooLarge`; `notListed` a file that the manifest does not name;
 * `missing` one that it names; `changed` another SHA-256. `path`: of the first such file.
 */
export interface AsicFlaw {
  readonly code: 'damaged' | 'tooLarge' | 'notListed' | 'missing' | 'changed'
  readonly path: string | null
}

const limits = { files: 20_000, bytes: 512 * 1024 * 1024 }

/** Opens a container and holds every file against its manifest; never throws for what it is given. */
export function readAsic(container: Uint8Array): { readonly opened: OpenedAsic } | { readonly flaw: AsicFlaw } {
  const files = unpack(container)
  if ('code' in files) return { flaw: files }
  const manifest = files.get(manifestPath)
  const signature = files.get(signaturePath)
  const type = files.get('mimetype')
  if (manifest === undefined || signature === undefined || type === undefined || Buffer.from(type).toString('latin1') !== mimetype)
    return { flaw: { code: 'damaged', path: null } }
  for (const name of [manifestPath, signaturePath, 'mimetype']) files.delete(name)
  const flaw = flawOf(files, manifest)
  return flaw === null ? { opened: { files, manifest, signature } } : { flaw }
}

function unpack(container: Uint8Array): Map<string, Uint8Array> | AsicFlaw {
  try {
    return unzip(container, limits)
  } catch (cause) {
    if (cause instanceof ZipRefused) return { code: cause.code, path: null }
    throw cause
  }
}

function flawOf(files: ReadonlyMap<string, Uint8Array>, manifest: Uint8Array): AsicFlaw | null {
  try {
    const listed = readManifest(manifest)
    const names = new Set(listed.map(({ path }) => path))
    for (const path of files.keys()) if (!names.has(path)) return { code: 'notListed', path }
    for (const { path, method, digest } of listed) {
      const bytes = files.get(path)
      if (bytes === undefined) return { code: 'missing', path }
      const same = method === sha256Method && createHash('sha256').update(bytes).digest('base64') === digest
      if (!same) return { code: 'changed', path }
    }
    return null
  } catch (cause) {
    if (cause instanceof XmlRefused) return { code: 'damaged', path: null }
    throw cause
  }
}
