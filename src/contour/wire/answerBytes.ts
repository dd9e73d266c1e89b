import { envelopeBytes } from '../../gateway/shep/envelope.ts'
import { signBody } from '../../seal/xmldsig/sign.ts'
import type { Markup } from '../../xml/write.ts'
import type { Strike } from '../faults/faults.ts'
import type { ContourKeys } from '../keys.ts'

/** The envelope of the gateway, signed by it; or signed wrongly, by a key that was taken back, or not at all, where a fault says so. */
export async function gatewayBytes(
  content: Markup,
  { gateway, revoked }: Pick<ContourKeys, 'gateway' | 'revoked'>,
  strike: Strike,
): Promise<Buffer> {
  const plain = envelopeBytes(content)
  if (strike.has('unsigned')) return plain
  const signed = await signBody(plain, strike.has('revoked') ? await revoked() : gateway)
  return strike.has('badSignature') ? otherSignature(signed) : signed
}

/** The first sign of SignatureValue becomes another: still base64, of the same length, and of no key. */
function otherSignature(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8')
  return Buffer.from(text.replace(/(SignatureValue>\s*)(.)/, (_, before: string, sign: string) => `${before}${sign === 'A' ? 'B' : 'A'}`))
}
