/** What a file is that is no scan, by its first bytes: so that the words can say how to make one of it. */
export type Lookalike = 'word' | 'archive' | 'picture' | 'page' | 'program' | 'text' | 'unknown'

const zip = 'PK\x03\x04'
const beginnings: readonly (readonly [Lookalike, readonly string[]])[] = [
  ['word', ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '{\\rtf']],
  ['archive', [zip, 'PK\x05\x06', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '\x1f\x8b']],
  ['picture', ['GIF87a', 'GIF89a', 'BM', 'II*\0', 'MM\0*', '\xff\x0a', '\0\0\0\x0cJXL ']],
  ['program', ['MZ', '\x7fELF', '#!', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe']],
]

export function looksLike(bytes: Buffer): Lookalike {
  const head = bytes.toString('latin1', 0, 2000)
  // Word and Excel since 2007 are archives with these parts.
  if (head.startsWith(zip) && /\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis/.test(head)) return 'word'
  if (/^(?:RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif|hevc))/s.test(head)) return 'picture'
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|svg|script)/i.test(head)) return 'page'
  const found = beginnings.find(([, marks]) => marks.some((mark) => head.startsWith(mark)))
  if (found !== undefined) return found[0]
  // Letters of any language, and no byte that a text never has.
  return /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(head) ? 'text' : 'unknown'
}
