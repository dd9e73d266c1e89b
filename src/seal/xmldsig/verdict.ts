import type { XmlElement } from '../../xml/tree.ts'
import type { DigestName } from '../algorithms/digests.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { SealReason } from '../seal.ts'

/**
 * What a signature in XML is worth by itself. `valid` says that the key of `certificate` signed `element`: whether that certificate is to be
 * believed, and at which time, is asked next (`findPath`).
 */
export type XmlVerdict =
  | {
      readonly kind: 'valid'
      /** Only what stands in here was signed: read nothing else of the document. */
      readonly element: XmlElement
      readonly certificate: Certificate
      readonly algorithm: AlgorithmName
      /** Of the element: a signature of today may be over a digest of yesterday. */
      readonly digest: DigestName
      /** Certificates that came along, which a path may be built of. */
      readonly offered: readonly Certificate[]
    }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'refused'
      readonly reason: SealReason
      /** For a log: which part is wrong. Nothing that is signed stands in it. */
      readonly detail: string
      /** Whose it claims to be, as far as that was found. */
      readonly certificate: Certificate | null
    }

/** Ends the judging of a signature; only this folder sees it. */
export class NotValid extends Error {
  readonly reason: SealReason

  constructor(reason: SealReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}

export function refuse(reason: SealReason, detail: string): never {
  throw new NotValid(reason, detail)
}
