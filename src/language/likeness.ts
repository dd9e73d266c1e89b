import { meantBy } from './fold.ts'

/**
 * How two spellings of one name stand to each other.
 *
 * - `same` the same letters, whatever their case, dashes and spaces
 * - `lookAlike` the same to the eye, with letters of another script among them ("Aйгүл" with a Latin A): the same person, and never found again by search
 * - `different` other letters
 */
export type Likeness = 'same' | 'lookAlike' | 'different'

export function likenessOf(one: string, other: string): Likeness {
  const [a, b] = [lettersOf(one), lettersOf(other)]
  if (a.join('') === b.join('')) return 'same'
  return a.length === b.length && a.every((letter, at) => alike(letter, b[at] ?? '')) ? 'lookAlike' : 'different'
}

/** Registers write in capitals. Kazakh is cased as Unicode does it: no letter of its alphabet is a matter of locale. */
const lettersOf = (text: string): string[] => [
  ...text
    .normalize('NFKC')
    .toLocaleUpperCase('kk')
    .replaceAll(/[‐‑‒–—―-]/gu, '-')
    .replaceAll(/[’‘ʼ`]/gu, "'")
    .replaceAll(/\s*-\s*/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim(),
]

/** Only a letter of another script stands for one that looks like it: Ү and У, һ and Н are letters apart. */
const alike = (a: string, b: string): boolean => a === b || meantBy(a).includes(b) || meantBy(b).includes(a)
