import { isPlural, type Language, languages, leaves, type Messages, paramsOf } from './messages.ts'
import { localeOf } from './translator.ts'

/** A file of the source, for the keys that it asks for. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** Literal calls of the translator and keys made from data cannot all be seen; the literal call is the rule of the house, so it is what is scanned. */
export const literalKeys = (text: string): string[] => [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((found) => found[1] ?? '')

/** Everything that some reader would miss: a key, a parameter, a plural form, words that the source asks for. The build stops at the first such list. */
export function missingWords(words: Readonly<Record<Language, Messages>>, sources: readonly SourceText[]): string[] {
  const kazakh = new Map(leaves(words.kk))
  const asked = sources.flatMap(({ path, text }) =>
    literalKeys(text)
      .filter((key) => !kazakh.has(key))
      .map((key) => `${path}: no words for ${key}`),
  )
  return [...languages.flatMap((language) => missingIn(language, words[language], kazakh)), ...asked]
}

function missingIn(language: Language, messages: Messages, kazakh: ReadonlyMap<string, ReturnType<typeof leaves>[number][1]>): string[] {
  const own = new Map(leaves(messages))
  const needed = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories.toSorted().join()
  const problems = [...kazakh.keys()].filter((key) => !own.has(key)).map((key) => `${language}: ${key} is missing`)
  for (const [key, leaf] of own) {
    const model = kazakh.get(key)
    if (model === undefined) problems.push(`${language}: ${key} does not stand in Kazakh`)
    else if (paramsOf(model).join() !== paramsOf(leaf).join()) problems.push(`${language}: ${key} has the parameters ${paramsOf(leaf)}`)
    else if (isPlural(model) !== isPlural(leaf)) problems.push(`${language}: ${key} is a plural in one language only`)
    if (isPlural(leaf) && Object.keys(leaf).toSorted().join() !== needed)
      problems.push(`${language}: ${key} has the forms ${Object.keys(leaf)} and needs ${needed}`)
    const texts = typeof leaf === 'string' ? [leaf] : Object.values(leaf)
    if (texts.some((text) => typeof text !== 'string' || text.trim() === '')) problems.push(`${language}: ${key} is empty`)
  }
  return problems
}
