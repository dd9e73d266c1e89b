/**
 * Takes secrets out of a message for reading. It works on text, not on a tree: a message that no reader understands carries its password too. From an
 * element of such a name up to its end tag, or to the end of a text that has none, everything is taken out.
 */
const secret = 'password|kdpToken|ovt|code-verifier|privateKey'
const element = new RegExp(`(<(?:[\\w.-]{1,40}:)?(?:${secret})\\b[^>]*>)([\\s\\S]*?)(?=</(?:[\\w.-]{1,40}:)?(?:${secret})\\s*>|$)`, 'gi')
const attribute = new RegExp(`\\b(${secret})(\\s*=\\s*)("[^"]*"?|'[^']*'?)`, 'gi')
/** The consent service's answer gives its token as `code`, qualified by its namespace; a fault's `code` is no secret. */
const consentCode = /(<[\w.-]{1,40}:code\b[^>]*>)([^<]*)/gi
/** A file's content says nothing to a reader and is long. */
const longBase64 = /(>|^)([A-Za-z0-9+/\s]{2000,}={0,2})(<|$)/g

export const mask = '•••'

export function redact(text: string): string {
  return text
    .replace(element, (_, open: string, inside: string) => (inside === '' ? open : `${open}${mask}`))
    .replace(attribute, (_, name: string, equals: string) => `${name}${equals}"${mask}"`)
    .replace(consentCode, (_, open: string, inside: string) => (inside === '' ? open : `${open}${mask}`))
    .replace(
      longBase64,
      (_, before: string, inside: string, after: string) => `${before}${inside.slice(0, 80)}… (${inside.length})${after}`,
    )
}

/** Text of bytes that are UTF-8 without NUL, the last sign perhaps cut short; null: nothing that may be shown, since what cannot be read cannot be redacted. */
export function readable(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
