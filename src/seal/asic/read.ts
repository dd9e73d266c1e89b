import { createHash } from 'node:crypto'
import { XmlRefused } from '../../xml/refused.ts'
import { manifestPath, mimetype, sha256Method, signaturePath } from './names.ts'
import { readManifest } from './readManifest.ts'
import { unzip, type ZipLimits, ZipRefused } from './unzip.ts'

export interface OpenedAsic {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly manifest: Uint8Array
  /** Detached CMS over `manifest`, DER: whose it is and whether it holds is judged by whoever asks. */
  readonly signature: Uint8Array
}

/**
 * Why a container is not taken. `damaged` no zip, no manifest or no signature in it; `otherForm` a container whose signatures are not as ours are (XAdES, several manifests); `tooLarge`; `notListed` a file that the manifest does not name;
 * `missing` one that it names; `changed` another SHA-256. `path`: of the first such file.
 */
export interface AsicFlaw {
  readonly code: 'damaged' | 'otherForm' | 'tooLarge' | 'notListed' | 'missing' | 'changed'
  readonly path: string | null
}

const usualLimits: ZipLimits = { files: 20_000, bytes: 512 * 1024 * 1024 }

/** Opens a container and holds every file against its manifest; never throws for what it is given. */
export function readAsic(
  container: Uint8Array,
  limits: ZipLimits = usualLimits,
): { readonly opened: OpenedAsic } | { readonly flaw: AsicFlaw } {
  const files = unpack(container, limits)
  if ('code' in files) return { flaw: files }
  const manifest = files.get(manifestPath)
  const signature = files.get(signaturePath)
  const type = files.get('mimetype')
  const isContainer = type !== undefined && Buffer.from(type).toString('latin1') === mimetype
  if (!isContainer || manifest === undefined || signature === undefined)
    return { flaw: { code: isContainer && signature === undefined && isOfAnotherForm(files) ? 'otherForm' : 'damaged', path: null } }
  for (const name of [manifestPath, signaturePath, 'mimetype']) files.delete(name)
  const flaw = flawOf(files, manifest)
  return flaw === null ? { opened: { files, manifest, signature } } : { flaw }
}

/** Signatures of the other kinds that the standard knows. */
const isOfAnotherForm = (files: ReadonlyMap<string, Uint8Array>): boolean =>
  [...files.keys()].some((path) => /^META-INF\/(?:[^/]*signatures[^/]*\.xml|[^/]*signature[^/]*\.p7s)$/i.test(path))

function unpack(container: Uint8Array, limits: ZipLimits): Map<string, Uint8Array> | AsicFlaw {
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
