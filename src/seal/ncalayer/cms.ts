/**
 * A CMS as signing sides give it: PEM with the label `CMS` (kz.gov.pki.knca.basics), `PKCS7` (older tools) or none at all, or base64 alone
 * (kz.gov.pki.knca.commonUtils, eGov Mobile). Only the text is read here; whoever verifies reads the DER.
 */

/** No signature of one document, even with its time-stamp and a chain of four certificates in GOST, is near this many characters. */
const longest = 200_000

/** DER; null: not base64, or longer than any signature. @param most characters, where what is signed may lie inside */
export function cmsFromText(text: string, most = longest): Uint8Array | null {
  if (text.length > most) return null
  const armoured = /^\s*-----BEGIN (CMS|PKCS7)-----([\sA-Za-z0-9+/=]*)-----END \1-----\s*$/.exec(text)
  const base64 = (armoured?.[2] ?? text).replaceAll(/\s/g, '')
  if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

/** As `kz.gov.pki.knca.basics` gives it: lines of 64 signs under the label `CMS`. */
export function cmsToPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CMS-----\n${lines.join('\n')}\n-----END CMS-----\n`
}
