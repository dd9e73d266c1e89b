import { digests } from '../../seal/algorithms/digests.ts'
import { algorithms } from '../../seal/algorithms/table.ts'
import { type CmsSigner, type Stamp, signCms } from '../../seal/cms/sign.ts'
import { signEnveloped } from '../../seal/xmldsig/sign.ts'
import { XmlRefused } from '../../xml/refused.ts'
import type { Identity } from './keys.ts'
import { type Signing, Unsignable } from './sign.ts'

export interface SigningParts {
  /** RFC 3339: what the machine's clock says. */
  readonly now: () => string
  /** Asks for a time-stamp; absent: none is to be had, and signatures go without. */
  readonly stamp?: Stamp
}

/** Signatures as NCALayer makes them: CMS with the three signed attributes and the chain, a time-stamp where one was wished; XML enveloped. */
export function pkiSigning({ now, stamp }: SigningParts): Signing {
  return {
    async cms(identity, content, { encapsulate, digested, timeStamp }) {
      const options = { at: now(), detached: !encapsulate, ...(timeStamp && stamp !== undefined ? { stamp } : {}) }
      if (!digested) return signCms(content, [signerOf(identity)], options)
      const { size } = digests[algorithms[identity.key.algorithm].digest]
      // The digest must be of the key's own algorithm, as the program asks; its length is all that tells.
      if (content.length !== size) throw new Unsignable('java.security.SignatureException: the length of the hash does not fit the key')
      return signCms(new Uint8Array(0), [signerOf(identity)], { ...options, detached: true, contentDigest: content })
    },
    async xml({ key, certificate }, document) {
      try {
        return (await signEnveloped(Buffer.from(document, 'utf8'), { key, certificate })).toString('utf8')
      } catch (cause) {
        if (cause instanceof XmlRefused) throw new Unsignable(`org.xml.sax.SAXParseException: ${cause.message}`)
        throw cause
      }
    },
  }
}

function signerOf({ key, certificate, chain }: Identity): CmsSigner {
  const [, ...above] = chain
  return { key, certificate: certificate.der, chain: above.map(({ der }) => der) }
}
