import { kazakhCases, withEnding } from './kazakhEnding.ts'
import { isPlural, type Language, leaves, type Messages, type Plural } from './messages.ts'

export type Params = Readonly<Record<string, string | number>>

/** `t('common.yes')`, `t('common.cases', { count: 5 })`; `{time|dative}` in Kazakh words gives the value its ending ("18:30-ға"). A key that does not exist throws: the build's tests meet it first. */
export interface Translator {
  (key: string, params?: Params): string
  readonly language: Language
  /** For keys made from data (an error's code, a role): ask before speaking. */
  has(key: string): boolean
}

/** BCP 47 tag used with Intl: British day-month order for English, since every paper here is day first. */
export const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : language)

const fill = (text: string, params: Params, key: string, shown: Intl.NumberFormat): string =>
  text.replaceAll(/\{(\w+)(?:\|(\w+))?\}/g, (_, name: string, ending: string | undefined) => {
    const value = params[name]
    if (value === undefined) throw new Error(`language: "${key}" needs the parameter "${name}"`)
    const said = name === 'count' && typeof value === 'number' ? shown.format(value) : String(value)
    if (ending === undefined) return said
    const kind = kazakhCases.find((one) => one === ending)
    if (kind === undefined) throw new Error(`language: "${key}" asks for an unknown ending "${ending}"`)
    return withEnding(said, kind)
  })

/** Pure. Plurals are chosen by the parameter `count` through CLDR's rules of the language. */
export const createTranslator = (messages: Messages, language: Language): Translator => {
  const table = new Map<string, string | Plural>(leaves(messages))
  const rules = new Intl.PluralRules(localeOf(language))
  const shown = new Intl.NumberFormat(localeOf(language))
  const translate = (key: string, params: Params = {}): string => {
    const leaf = table.get(key)
    if (leaf === undefined) throw new Error(`language: no words for "${key}" in ${language}`)
    if (!isPlural(leaf)) return fill(leaf, params, key, shown)
    const count = params.count
    if (typeof count !== 'number') throw new Error(`language: "${key}" is a plural and needs a number "count"`)
    return fill(leaf[rules.select(count)] ?? leaf.other, params, key, shown)
  }
  return Object.assign(translate, { language, has: (key: string) => table.has(key) })
}

/** A text which the law or an organisation wrote in some languages; Kazakh always stands. */
export type LocalText = Readonly<{ kk: string; ru?: string; en?: string }>

/** The reader's language if the text has it, else Kazakh; `lang` marks the fragment for screen readers. */
export const pickText = (text: LocalText, language: Language): { text: string; lang: Language } => {
  const own = text[language]
  return own ? { text: own, lang: language } : { text: text.kk, lang: 'kk' }
}
