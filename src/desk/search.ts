import { withoutInvisible } from '../language/invisible.ts'
import { fromKazakhKeys } from '../language/keyboard.ts'
import { soundsMeant } from '../language/sound.ts'
import { parseIin } from '../law/identifiers.ts'
import { homeOf } from './numbers.ts'

/** What somebody who typed, pasted or scanned these signs is looking for. */
export type Sought =
  | { readonly by: 'number'; readonly number: string }
  /** A whole IIN; `isRight`: its check digit fits. */
  | { readonly by: 'iin'; readonly iin: string; readonly isRight: boolean }
  /** The last digits of a number, as somebody reads them out over the telephone. */
  | { readonly by: 'tail'; readonly digits: string }
  /** A name as it sounds: one of these is how a word begins. */
  | { readonly by: 'name'; readonly sounds: readonly string[] }
  /** Too little to look for: one letter, two digits. */
  | { readonly by: 'nothing' }

const wholeNumber = /(?<!\d)\d{3,}-\d{6}-\d{5}-\d(?!\d)/

/** Reads a number, an address of the tracker, an IIN, the end of a number or a name out of what was typed. */
export function soughtBy(given: string): Sought {
  const typed = withoutInvisible(given).normalize('NFKC').trim().slice(0, 200)
  for (const text of [typed, fromKazakhKeys(typed)]) {
    const number = wholeNumber.exec(text.replaceAll(/[‐‑‒–—―]/gu, '-'))?.[0]
    if (number !== undefined) return { by: 'number', number }
  }
  const digits = typed.replaceAll(/[\s.‐‑‒–—―-]/gu, '')
  if (/^\d+$/.test(digits)) return byDigits(digits)
  const sounds = soundsMeant(typed).filter((sound) => sound.length >= 2)
  return sounds.length === 0 ? { by: 'nothing' } : { by: 'name', sounds }
}

function byDigits(digits: string): Sought {
  if (digits.length === 12) return { by: 'iin', iin: digits, isRight: parseIin(digits).ok }
  if (digits.length < 3) return { by: 'nothing' }
  // Without its hyphens: the home of three digits or more, the day of six, five drawn ones, the check digit.
  const number = digits.replace(/^(\d{3,})(\d{6})(\d{5})(\d)$/, '$1-$2-$3-$4')
  return homeOf(number) === null ? { by: 'tail', digits } : { by: 'number', number }
}

/** Digits from the last to the first, as `search_key` keeps them. */
export const reversed = (digits: string): string => [...digits].reverse().join('')
