import type { Certificate } from '../seal/certificates/certificate.ts'
import type { TrustStore } from '../seal/certificates/path.ts'
import type { XmlSigner } from '../seal/xmldsig/sign.ts'
import { makePki, type Pki, type PkiAlgorithm } from './pki/pki.ts'

/** What the contour signs with and whom it believes: a test PKI of its own, made at the first start or found in a folder. */
export interface ContourKeys {
  readonly pki: Pki
  readonly trust: TrustStore
  /** Certificates that a signature may name by issuer and serial number alone. */
  readonly known: readonly Certificate[]
  /** Of the gateway: its certificate is named, not shown, as practice has it. */
  readonly gateway: XmlSigner
  /** Of the gateway too, and taken back: its number stands in the authority's list. */
  revoked(): Promise<XmlSigner>
  /** Of the register: signs the payload of its answers. */
  readonly register: XmlSigner
  /** Of a test system (`corporation-system`, `region-system`, …); null: there is no such name. */
  system(name: string): Promise<XmlSigner | null>
}

export interface KeysWish {
  readonly algorithm: PkiAlgorithm
  /** RFC 3339: the certificates are valid about then. */
  readonly at: string
  readonly folder?: string
  /** Where the responders of the PKI answer. */
  readonly base?: string
}

export async function openKeys(wish: KeysWish): Promise<ContourKeys> {
  const pki = await makePki(wish)
  const signer = async (name: string): Promise<XmlSigner> => {
    const { key, certificate } = await pki.identity(name)
    return { key, certificate }
  }
  const [gateway, register, corporation, region] = await Promise.all(
    ['shep', 'register', 'corporation-system', 'region-system'].map(signer),
  )
  if (!gateway || !register || !corporation || !region) throw new Error('The test PKI lacks a system that the contour signs with.')
  return {
    pki,
    trust: pki.trust,
    known: [gateway, register, corporation, region].map(({ certificate }) => certificate),
    gateway: { ...gateway, name: 'issuerSerial' },
    revoked: () => signer('shep.revoked'),
    register,
    async system(name) {
      const plain = name.replace(/\.[A-Za-z]+$/, '')
      return pki.names.includes(plain) && !authorities.has(plain) ? signer(name).catch(() => null) : null
    },
  }
}

const authorities: ReadonlySet<string> = new Set(['root', 'authority', 'ocsp', 'tsa'])
