import { parseCms } from '../../seal/cms/read.ts'
import { DerRefused } from '../../seal/der/refused.ts'
import { cmsFromText } from '../../seal/ncalayer/cms.ts'
import type { FileKind } from './file.ts'

/** What is signed may lie in a CMS: it is no longer than a file that is taken. */
const longestText = 14 * 1024 * 1024

/** By its content alone: names and media types are whatever a stranger calls them. */
export function recognise(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024))
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return 'container'
  if (head.includes('%PDF-')) return 'paper'
  // DER of a SEQUENCE; what is inside is said by whoever reads it.
  if (head[0] === 0x30 && isSignedData(head)) return 'cms'
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (text.startsWith('<')) return 'xml'
  if (text.startsWith('{')) return /"format"\s*:\s*"qyzmet\.sign(?:ed|ature)\/\d+"/.test(textOf(bytes)) ? 'record' : 'other'
  if (/^-----BEGIN (?:CMS|PKCS7)-----/.test(text)) return 'cms'
  return /^[A-Za-z0-9+/=\s]+$/.test(text) && text.startsWith('MI') && cmsBytes(bytes) !== null ? 'cms' : 'other'
}

/** 1.2.840.113549.1.7.2 behind two lengths, as every CMS that is signed begins. */
const isSignedData = (head: Buffer): boolean => head.subarray(0, 32).includes(Buffer.from('06092a864886f70d010702', 'hex'))

const textOf = (bytes: Uint8Array): string => (bytes.length > longestText ? '' : Buffer.from(bytes).toString('utf8'))

/** DER of a CMS, whatever it is wrapped in; null: none. */
export function cmsBytes(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] === 0x30) return bytes
  const der = cmsFromText(textOf(bytes), longestText)
  return der !== null && isSignedData(Buffer.from(der.buffer, der.byteOffset, Math.min(der.length, 32))) ? der : null
}

/** Why a CMS could not be read. */
export function whyUnread(der: Uint8Array): 'damaged' | 'tooMany' {
  try {
    parseCms(der)
    return 'damaged'
  } catch (cause) {
    if (!(cause instanceof DerRefused)) throw cause
    return cause.message.startsWith('More signers') ? 'tooMany' : 'damaged'
  }
}
