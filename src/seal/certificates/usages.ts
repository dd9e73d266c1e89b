/** Bits of keyUsage by number (RFC 5280, 4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsage = (typeof keyUsages)[number]

/**
 * Extended usages by the names that we use: RFC 5280 (4.2.1.12), RFC 6960, and the roles of the national certification centre (published constants of
 * its libraries). `individual` and `legalEntity` say whose certificate it is; those below a legal entity say what the person may do for it.
 */
export const extendedUsages = {
  signDocuments: '1.3.6.1.5.5.7.3.4',
  signIn: '1.3.6.1.5.5.7.3.2',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  individual: '1.2.398.3.3.4.1.1',
  legalEntity: '1.2.398.3.3.4.1.2',
  head: '1.2.398.3.3.4.1.2.1',
  rightToSign: '1.2.398.3.3.4.1.2.2',
  rightToSignFinancial: '1.2.398.3.3.4.1.2.3',
  humanResources: '1.2.398.3.3.4.1.2.4',
  employee: '1.2.398.3.3.4.1.2.5',
  centreStaff: '1.2.398.3.3.4.2',
  centreAdministrator: '1.2.398.3.3.4.2.1',
  centreDesk: '1.2.398.3.3.4.2.2',
  centreOperator: '1.2.398.3.3.4.2.3',
  identified: '1.2.398.3.3.4.3',
  identifiedAtServiceCentre: '1.2.398.3.3.4.3.1',
  identifiedRemotely: '1.2.398.3.3.4.3.2',
  identifiedByDigitalId: '1.2.398.3.3.4.3.2.1',
} as const
export type ExtendedUsage = keyof typeof extendedUsages

/** By OID. */
export const usageNames: ReadonlyMap<string, ExtendedUsage> = new Map(
  Object.entries(extendedUsages).map(([name, oid]) => [oid, name as ExtendedUsage]), // its own keys
)

/** Certificate policies of the national centre. */
export const policies = {
  nationalCentre: '1.2.398.3.3.2',
  legalSignGost: '1.2.398.3.3.2.1',
  individualSignRsa: '1.2.398.3.3.2.3',
  individualSignInRsa: '1.2.398.3.3.2.4',
  nationalCentreOlder: '1.2.398.3.3.1.1',
  root: '1.2.398.3.1.2',
  timeStampGost: '1.2.398.3.3.2.6.1',
  timeStampRsa: '1.2.398.3.3.2.6.2',
  timeStampGost2015: '1.2.398.3.3.2.6.4',
} as const

/** Where the key lives: a private extension, SEQUENCE of OID. */
export const keyStorage = { extension: '1.2.398.3.3.5', pkcs12: '1.2.398.3.3.5.1.1' } as const
