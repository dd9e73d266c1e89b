import type { PrivateKey } from '../../seal/algorithms/keys.ts'
import type { Certificate } from '../../seal/certificates/certificate.ts'

/** Somebody's key with its certificate. */
export interface Identity {
  readonly name: string
  readonly certificate: Certificate
  readonly key: PrivateKey
  /** The certificate, then its issuers below the root: what goes along with a signature. */
  readonly chain: readonly Certificate[]
}
