import type { Check } from '../bundle.ts'
import { type Path, type Problem, problemAt } from '../problem.ts'
import type { Source } from '../source.ts'

const words = /[\p{L}\p{M}]+/gu
const latin = /\p{Script=Latin}/u
const cyrillic = /\p{Script=Cyrillic}/u
// Schwa of the International Phonetic Alphabet, which keyboards without Kazakh letters offer for ә.
const foreign = /[\u0259\u018f]/u

/** Words that mix Latin letters into Cyrillic ones, as `бiлiм` with a Latin i: they look right and are never found again. */
export const mixedWords = (text: string): string[] =>
  [...text.matchAll(words)].map(([word]) => word).filter((word) => cyrillic.test(word) && (latin.test(word) || foreign.test(word)))

const texts = (value: unknown, path: Path): [Path, string][] => {
  if (typeof value === 'string') return path.at(-1) === 'kk' || path.at(-1) === 'ru' ? [[path, value]] : []
  if (Array.isArray(value)) return value.flatMap((each, index) => texts(each, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => texts(each, [...path, key]))
}

export const scriptProblems = (source: Source): Problem[] =>
  texts(source.raw, []).flatMap(([path, text]) => {
    const [word] = mixedWords(text)
    return word ? [problemAt(source, path, 'mixedScript', { params: { word } })] : []
  })

export const mixedScript: Check = ({ regulation, standard, examples }) =>
  [regulation, standard, examples].flatMap((part) => (part ? scriptProblems(part.source) : []))
