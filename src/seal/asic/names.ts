/** Names and texts of ETSI EN 319 162-1 (Associated Signature Containers), extended form with CAdES. */

export const mimetype = 'application/vnd.etsi.asic-e+zip'
export const manifestPath = 'META-INF/ASiCManifest001.xml'
export const signaturePath = 'META-INF/signature001.p7s'

/** A file of a container. `path`: Latin letters, digits and `._@+-`, with `/` between folders. */
export interface PackedFile {
  readonly path: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface ListedFile {
  readonly path: string
  readonly mediaType: string
  readonly sha256: Uint8Array
}

export const asicNamespace = 'http://uri.etsi.org/02918/v1.2.1#'
export const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#'
export const sha256Method = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** What is signed. Paths and media types hold nothing that XML would escape. */
export function manifestText(files: readonly ListedFile[]): string {
  const references = files.map(
    ({ path, mediaType, sha256 }) =>
      `<asic:DataObjectReference URI="${path}" MimeType="${mediaType}"><ds:DigestMethod Algorithm="${sha256Method}"/>` +
      `<ds:DigestValue>${Buffer.from(sha256).toString('base64')}</ds:DigestValue></asic:DataObjectReference>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<asic:ASiCManifest xmlns:asic="${asicNamespace}" xmlns:ds="${dsigNamespace}">`,
    `<asic:SigReference URI="${signaturePath}" MimeType="application/pkcs7-signature"/>`,
    ...references,
    '</asic:ASiCManifest>',
    '',
  ].join('\n')
}
