import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { attributeOf, childNamed, childrenNamed, textOf } from '../../xml/tree.ts'
import { asicNamespace, dsigNamespace, signaturePath } from './names.ts'

export interface ManifestLine {
  readonly path: string
  readonly method: string
  /** Base64. */
  readonly digest: string
}

/** @throws XmlRefused for what is no manifest of the signature that stands beside it */
export function readManifest(manifest: Uint8Array): ManifestLine[] {
  const { root } = readXml(manifest)
  if (root.local !== 'ASiCManifest' || root.namespace !== asicNamespace) throw new XmlRefused('schema', 'no ASiCManifest')
  const over = childNamed(root, asicNamespace, 'SigReference')
  if (over === null || attributeOf(over, '', 'URI') !== signaturePath) throw new XmlRefused('schema', 'the manifest of another signature')
  const lines = childrenNamed(root, asicNamespace, 'DataObjectReference').map((reference) => {
    const path = attributeOf(reference, '', 'URI')
    const method = childNamed(reference, dsigNamespace, 'DigestMethod')
    const value = childNamed(reference, dsigNamespace, 'DigestValue')
    if (path === null || method === null || value === null) throw new XmlRefused('schema', 'a file without a digest')
    return { path, method: attributeOf(method, '', 'Algorithm') ?? '', digest: textOf(value).trim() }
  })
  if (new Set(lines.map(({ path }) => path)).size !== lines.length) throw new XmlRefused('schema', 'a file is named twice')
  return lines
}
