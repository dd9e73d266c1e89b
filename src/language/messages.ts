/** The words of one language, merged from its parts; a leaf is a text or a plural (`one`, `few`, … `other`). */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>
export interface Messages {
  readonly [key: string]: string | Plural | Messages
}

export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

const categories: ReadonlySet<string> = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value)

/** A mapping is a plural exactly when it has `other` and no key beyond the categories of CLDR. */
export const isPlural = (value: string | Plural | Messages): value is Plural =>
  typeof value === 'object' &&
  'other' in value &&
  Object.entries(value).every(([key, text]) => categories.has(key) && typeof text === 'string')

/** Every leaf with its dotted key, in file order. */
export const leaves = (messages: Messages, prefix = ''): [string, string | Plural][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string | Plural][] =>
    typeof value === 'string' || isPlural(value) ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  )

/** Names of the `{params}` in a leaf without their endings, sorted, each once. */
export const paramsOf = (leaf: string | Plural): string[] => {
  const texts = typeof leaf === 'string' ? [leaf] : Object.values(leaf)
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)(?:\|\w+)?\}/g)].map((found) => found[1] ?? '')))].sort()
}
