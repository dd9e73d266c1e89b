import { documentBytes, element } from '../../xml/write.ts'

/** Of the document in which a signing side that signs only XML is given what is signed. Ours: the national practice names none. */
const namespace = 'urn:qyzmet:signed/1'

/**
 * What is signed, as XML: the text of the bytes, for a person who reads it on a phone, or base64 where it is no text that XML can hold. The same bytes give the
 * same document, so that it is made again when the signature comes back.
 */
export function wrappedInXml(bytes: Uint8Array, digest: string): Buffer {
  const text = textOf(bytes)
  const content =
    text === null
      ? element('content', { encoding: 'base64' }, Buffer.from(bytes).toString('base64'))
      : element('content', { encoding: 'text' }, text)
  return documentBytes(element('signed', { xmlns: namespace, sha256: digest }, content))
}

/** Everything that XML 1.0 can hold, but the carriage return: readers take it for the end of a line. */
const writable = /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

/** null: no text that XML can hold. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return writable.test(text) ? text : null
  } catch {
    return null
  }
}
