import { certify } from '../../contour/pki/certify.ts'
import { generateKey, spkiOf } from '../algorithms/keys.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import type { XmlSigner } from './sign.ts'

/** A system's key with a certificate that it signed itself: what a signature is worth does not depend on whom its certificate is from. */
export async function newSigner(algorithm: AlgorithmName, commonName = 'ҮЛГІ ЖҮЙЕ, "A+B" \\ #1'): Promise<XmlSigner> {
  const key = await generateKey(algorithm)
  const certificate = await certify({
    subject: { commonName },
    spki: await spkiOf(key),
    from: '2019-01-01T00:00:00Z',
    until: '2029-01-01T00:00:00Z',
    use: 'root',
    issuer: { key },
  })
  return { key, certificate }
}

export const unsigned = `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:unused="urn:unused">
  <s:Header/>
  <s:Body><n:SendMessage xmlns:n="http://bip.bee.kz/SyncChannel/v10/Types"><request>
    <data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cs="urn:cs" xsi:type="cs:Request"><iin>850315399990</iin>ңғү &amp; &lt;</data>
  </request></n:SendMessage></s:Body>
</s:Envelope>`
