import { forbiddenAt } from './names.ts'
import { XmlRefused } from './refused.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const declared =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/

/** The text of a document and where it begins behind its declaration. UTF-8 only: another encoding is a way around every check made on bytes. */
export function decodeXml(bytes: Uint8Array): { readonly text: string; readonly from: number } {
  const text = decoded(bytes).replaceAll(/\r\n?/g, '\n')
  const bad = forbiddenAt(text)
  if (bad >= 0) throw new XmlRefused('malformed', 'a character that XML 1.0 does not have', lineAt(text, bad))
  if (!/^<\?xml[ \t\n]/.test(text)) return { text, from: 0 }
  const found = declared.exec(text)
  if (!found) throw new XmlRefused('malformed', 'the XML declaration cannot be read', 'line 1')
  const [all, ...[v1, v2, e1, e2]] = found
  if ((v1 ?? v2) !== '1.0') throw new XmlRefused('malformed', 'not XML 1.0', 'line 1')
  if ((e1 ?? e2 ?? 'UTF-8').toUpperCase() !== 'UTF-8') throw new XmlRefused('encoding', 'only UTF-8 is taken', 'line 1')
  return { text, from: all.length }
}

function decoded(bytes: Uint8Array): string {
  // By their first bytes: UTF-16 and UTF-32 with or without a mark, EBCDIC. Decoded as UTF-8 they would only look broken.
  const [a = 0, b = 0] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0 && bytes.length > 1) || (b === 0 && bytes.length > 1))
    throw new XmlRefused('encoding', 'only UTF-8 is taken', 'byte 0')
  try {
    const text = utf8.decode(bytes)
    return text.startsWith('\ufeff') ? text.slice(1) : text
  } catch (cause) {
    throw Object.assign(new XmlRefused('encoding', 'not UTF-8'), { cause })
  }
}

export function lineAt(text: string, offset: number): string {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return `line ${line}`
}
