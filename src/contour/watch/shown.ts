import { redact } from '../../gateway/journal/redact.ts'

/** A file's content says nothing to a reader and is long. */
const longBase64 = /(>|^)([A-Za-z0-9+/\s]{2000,}={0,2})(<|$)/g

/** A message as the watch shows it: without what opens doors, files told by their beginning and length. */
export const shown = (text: string): string =>
  redact(text).text.replace(
    longBase64,
    (_, before: string, inside: string, after: string) => `${before}${inside.slice(0, 80)}… (${inside.length})${after}`,
  )

/** Text of bytes that are UTF-8 without NUL, the last sign perhaps cut short; null: nothing that may be shown, since what cannot be read cannot be redacted. */
export function readable(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
