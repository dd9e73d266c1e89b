import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** Words of one language by dotted key: `acceptanceReceipt.title`, `months.0`. */
export type Words = Readonly<Record<string, string>>

export const paperLanguages = ['kk', 'ru'] as const
export type PaperLanguage = (typeof paperLanguages)[number]

/** Reads the words of every language of paper; throws one error that names every key which one of them lacks. */
export function readWords(): Record<PaperLanguage, Words> {
  const words = { kk: readLanguage('kk'), ru: readLanguage('ru') }
  const lacking = missingWords(words)
  if (lacking.length > 0)
    throw new Error(`Words of the papers are missing: ${lacking.join(', ')}. Add them to src/papers/words.<language>.yaml.`)
  return words
}

/** `kk: key` for each key that another language has and this one lacks or leaves empty. */
export function missingWords(words: Record<PaperLanguage, Words>): string[] {
  const keys = new Set(paperLanguages.flatMap((language) => Object.keys(words[language])))
  return paperLanguages.flatMap((language) => [...keys].filter((key) => !words[language][key]?.trim()).map((key) => `${language}: ${key}`))
}

function readLanguage(language: PaperLanguage): Words {
  return Object.fromEntries(flatten(parse(readFileSync(new URL(`./words.${language}.yaml`, import.meta.url), 'utf8')), ''))
}

function flatten(node: unknown, key: string): [string, string][] {
  if (typeof node !== 'object' || node === null) return [[key, node === null ? '' : String(node)]]
  return Object.entries(node).flatMap(([name, value]) => flatten(value, key === '' ? name : `${key}.${name}`))
}
