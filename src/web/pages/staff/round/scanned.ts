import { homeOf } from '../../../../desk/numbers.ts'

const number = /(\d{3,})\D?(\d{6})\D?(\d{5})\D?(\d)(?!\d)/

/** The number in what was typed or scanned: alone, without its dashes, or in the address of a receipt's code. Null: none, or a digit is wrong. */
export function scannedNumber(text: string): string | null {
  const parts = number.exec(text.trim())
  if (parts === null) return null
  const found = parts.slice(1).join('-')
  return homeOf(found) === null ? null : found
}
