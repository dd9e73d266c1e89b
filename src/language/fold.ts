/**
 * Letters that look alike in the two scripts. Typists mix them: the Almaty text itself writes Latin i (U+0069) inside Kazakh
 * words, and U+0259 (ə of IPA and Azerbaijani) for ә U+04D9. Left: Latin as typed, right: the Cyrillic letter meant.
 */
const twins: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  ə: 'ә',
  ӧ: 'ө',
  ɵ: 'ө',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  I: 'І',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  Y: 'У',
  Ə: 'Ә',
  Ӧ: 'Ө',
  Ɵ: 'Ө',
}

/** In capitals some stand for two: a Latin Y for У, and for Ү, which it looks like more; a Latin H for Н, and for Һ where it was typed small. */
const alsoMeant: Readonly<Record<string, string>> = { Y: 'Ү', H: 'Һ' }

/** The Cyrillic letters, if any, for which a letter of another script may have been typed; '' for a letter that stands for itself. */
export const meantBy = (letter: string): string => (twins[letter] ?? '') + (alsoMeant[letter] ?? '')

const cyrillic = /\p{Script=Cyrillic}/u
const letter = /\p{L}/u
const foldedTwins = new Map(Object.entries(twins).map(([latin, meant]) => [latin.toLowerCase(), meant.toLowerCase()]))

/**
 * A key for search only, never shown: NFKC, lower case, look-alikes to Cyrillic everywhere, ё as е, every dash one dash, spaces single.
 * Latin names fold too ("Petrov" becomes a mixture): harmless, since both sides of a comparison are folded.
 */
export const foldForSearch = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase()]
    .map((sign) => foldedTwins.get(sign) ?? sign)
    .join('')
    .replaceAll('ё', 'е')
    // Capital Latin H stands for Н, small h for һ: without the case of the sign both must meet.
    .replaceAll('һ', 'н')
    .replaceAll(/[‐‑‒–—―]/gu, '-')
    .replaceAll(/[«»"“”„'’`]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()

export interface MixedScript {
  /** Where the word starts in the text given, in UTF-16 units. */
  start: number
  word: string
  /** Foreign letters: position in the text given, the letter typed and the letter meant (undefined: nothing looks like it). */
  letters: { at: number; typed: string; meant: string | undefined }[]
  /** The word with every look-alike replaced. */
  normalised: string
}

const examine = (word: string, start: number): MixedScript[] => {
  const signs = [...word]
  if (!signs.some((sign) => cyrillic.test(sign))) return []
  let at = start
  const letters: MixedScript['letters'] = []
  for (const sign of signs) {
    const foreign = letter.test(sign) && (!cyrillic.test(sign) || sign in twins)
    if (foreign) letters.push({ at, typed: sign, meant: twins[sign] })
    at += sign.length
  }
  return letters.length === 0 ? [] : [{ start, word, letters, normalised: signs.map((sign) => twins[sign] ?? sign).join('') }]
}

/** Words that mix Cyrillic with letters of another script, as "бiлiм" with Latin i. Whole Latin words and numbers are left alone. */
export const mixedScript = (text: string): MixedScript[] =>
  [...text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)].flatMap((found) => examine(found[0], found.index))

/** The text with look-alikes replaced inside Kazakh and Russian words only; "Word 365" stays as it is. */
export const repairScript = (text: string): string =>
  mixedScript(text).reduceRight(
    (whole, { start, word, normalised }) => whole.slice(0, start) + normalised + whole.slice(start + word.length),
    text,
  )
