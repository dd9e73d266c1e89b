/** Object identifiers of CMS (RFC 5652), ESS (RFC 5035) and time-stamps (RFC 3161). */
export const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  countersignature: '1.2.840.113549.1.9.6',
  /** RFC 6211: names the algorithms once more, under the signature. */
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** CAdES-T: the RFC 3161 token over the signature's value. */
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
} as const
