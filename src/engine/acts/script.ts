const latin = /\p{Script=Latin}/u
const cyrillic = /\p{Script=Cyrillic}/u

/**
 * A word that mixes Latin and Cyrillic letters: "бiлiм" with Latin i looks right and is never found again.
 * Gives the word and its first foreign letter (the script with fewer letters is the foreign one), or null.
 */
export function mixedScript(words: string): { word: string; letter: string } | null {
  for (const word of words.split(/[^\p{L}\p{M}]+/u)) {
    const letters = [...word]
    const inLatin = letters.filter((l) => latin.test(l))
    const inCyrillic = letters.filter((l) => cyrillic.test(l))
    const foreign = inLatin.length <= inCyrillic.length ? inLatin[0] : inCyrillic[0]
    if (inLatin.length > 0 && inCyrillic.length > 0 && foreign !== undefined) return { word, letter: foreign }
  }
  return null
}
