import type { KeyObject } from 'node:crypto'
import type { CurveName } from '../gost/curves.ts'
import { type Checked, checkDigest, newScalar, publicPoint, signDigest } from '../gost/signature.ts'
import { type DigestName, digests } from './digests.ts'

/** What the threads of the pool are asked: everything that has the arithmetic of GOST in it, or much to digest. */
export type Work =
  | { readonly kind: 'warm' }
  | { readonly kind: 'generate'; readonly curve: CurveName }
  | { readonly kind: 'public'; readonly curve: CurveName; readonly key: KeyObject }
  | { readonly kind: 'digest'; readonly digest: DigestName; readonly data: Uint8Array }
  | { readonly kind: 'sign'; readonly curve: CurveName; readonly digest: DigestName; readonly key: KeyObject; readonly data: Uint8Array }
  | {
      readonly kind: 'verify'
      readonly curve: CurveName
      readonly digest: DigestName
      readonly point: Uint8Array
      readonly data: Uint8Array
      readonly signature: Uint8Array
    }

/** The answer to `verify` is its verdict, to everything else octets. */
export type AnswerTo<W extends Work> = W extends { readonly kind: 'verify' } ? Checked : Uint8Array

/** Does the work at once, in the thread that calls. Throws RangeError for a private key that is none. */
export function workOn(work: Work): Checked | Uint8Array {
  switch (work.kind) {
    case 'warm':
      return warmed()
    case 'generate':
      return newScalar(work.curve)
    case 'public':
      return publicPoint(work.curve, work.key.export())
    case 'digest':
      return digests[work.digest].compute(work.data)
    case 'sign':
      return signDigest(work.curve, work.key.export(), digests[work.digest].compute(work.data))
    case 'verify':
      return checkDigest(work.curve, work.point, digests[work.digest].compute(work.data), work.signature)
  }
}

/** Makes the tables by using each once: the base point's, the digest's, and what the machine compiles of the rest. */
function warmed(): Uint8Array {
  const scalar = newScalar('a512')
  const digest = digests.streebog512.compute(scalar)
  const point = publicPoint('a512', scalar)
  for (let i = 0; i < 10; i++) checkDigest('a512', point, digest, signDigest('a512', scalar, digest))
  return new Uint8Array(0)
}
