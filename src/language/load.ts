import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { type Language, languages, type Messages } from './messages.ts'

export type Languages = Readonly<Record<Language, Messages>>

const read = (path: string): Messages => {
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true })
  const [first] = document.errors
  if (first) throw new Error(`${path}: ${first.message}`, { cause: first })
  return document.toJS() ?? {}
}

/**
 * Reads `<dir>/<language>/<part>.yaml`; the file's name is the first segment of its keys (`common.yaml` → `common.yes`). Where the build
 * has laid `<dir>/<language>.json` beside, which holds the same, that is read: it costs nothing.
 */
export const loadLanguages = (dir: string): Languages => {
  const load = (language: Language): Messages => {
    const built = join(dir, `${language}.json`)
    if (existsSync(built)) return JSON.parse(readFileSync(built, 'utf8'))
    const parts = readdirSync(join(dir, language)).filter((file) => file.endsWith('.yaml'))
    return Object.fromEntries(parts.sort().map((file) => [file.slice(0, -'.yaml'.length), read(join(dir, language, file))]))
  }
  return Object.fromEntries(languages.map((language) => [language, load(language)])) as Languages // every language of the list was just loaded
}
