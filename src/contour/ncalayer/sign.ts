import { signBytes } from '../../seal/algorithms/verify.ts'
import { cmsToPem } from '../../seal/ncalayer/cms.ts'
import type { Identity } from './keys.ts'
import type { SigningWish } from './wants.ts'

/** How signatures are made of a key; the emulator only carries them. */
export interface Signing {
  /** DER of the CMS over the bytes, or over a digest of them where `digested`. */
  cms(identity: Identity, content: Uint8Array, manner: Pick<SigningWish, 'encapsulate' | 'digested' | 'timeStamp'>): Promise<Uint8Array>
  /** The document with an enveloped ds:Signature. */
  xml(identity: Identity, document: string): Promise<string>
}

/** A document that cannot be signed as it came; the message is what the program says. */
export class Unsignable extends Error {
  override name = 'Unsignable'
}

/** One document signed: PEM for CMS of `basics`, bare base64 for `commonUtils`, the whole text for XML. */
export async function signOne(signing: Signing, identity: Identity, wish: SigningWish, document: string, armour: boolean): Promise<string> {
  if (wish.format === 'xml') return signing.xml(identity, document)
  const bytes = wish.decode ? fromBase64(document) : new TextEncoder().encode(document)
  if (wish.format === 'raw') return Buffer.from(await signBytes(identity.key, bytes)).toString('base64')
  const der = await signing.cms(identity, bytes, wish)
  return armour ? cmsToPem(der) : Buffer.from(der).toString('base64')
}

function fromBase64(text: string): Uint8Array {
  const bare = text.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare) || bare.length % 4 !== 0)
    throw new Unsignable('java.lang.IllegalArgumentException: Illegal base64')
  return new Uint8Array(Buffer.from(bare, 'base64'))
}

/** `certificate` of a raw signature, where it was asked for. */
export const certificateText = ({ certificate }: Identity): string => {
  const lines =
    Buffer.from(certificate.der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
