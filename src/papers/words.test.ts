import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { missingWords, readWords } from './words.ts'

const folder = new URL('./templates/', import.meta.url)
const templates = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
/** Keys that a template puts together: `w("documents." + form)`; those of files that lie in a paper come with the file. */
const builtKeys =
  /^(months|monthsOn)\.\d+$|^documents\.(original|copy|shown|digital)$|^acceptanceRefusal\.(absent|expired)$|^signed\.(request|answer|authority|receipt)$|^algorithm\.|^mark\.(statement|personSignature|evidence)$/

function usedKeys(): Set<string> {
  return new Set(
    templates.flatMap((template) => [...template.matchAll(/"([a-zA-Z]+\.[a-zA-Z]+|date|moment)"/g)].map((match) => match[1] ?? '')),
  )
}

describe('words of the papers', () => {
  const words = readWords()

  it('are the same keys in Kazakh and Russian, none empty', () => {
    expect(missingWords(words)).toEqual([])
    expect(Object.keys(words.kk)).toEqual(Object.keys(words.ru))
  })

  it('tell which word is missing in which language', () => {
    const { 'result.kind': _, ...rest } = words.kk
    expect(missingWords({ kk: rest, ru: { ...words.ru, 'common.seal': ' ' } })).toEqual(['kk: result.kind', 'ru: common.seal'])
  })

  it('are there for every key that a template uses, and none stands unused', () => {
    const used = usedKeys()
    const files = new Set(['house.typ', 'type.typ', 'parts.typ', 'signed.typ', 'data.json', 'paper.json'])
    expect([...used].filter((key) => !files.has(key) && words.kk[key] === undefined)).toEqual([])
    expect(Object.keys(words.kk).filter((key) => !used.has(key) && !builtKeys.test(key))).toEqual([])
  })

  it('carry the same placeholders in both languages', () => {
    const placeholders = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    expect(Object.keys(words.kk).filter((key) => `${placeholders(words.kk[key])}` !== `${placeholders(words.ru[key])}`)).toEqual([])
  })

  it('keep Latin letters out of Kazakh and Russian words', () => {
    const mixed = (text: string) => /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u.test(text)
    expect([...Object.values(words.kk), ...Object.values(words.ru)].filter(mixed)).toEqual([])
  })

  it('are not written into templates: a template holds no letter of Kazakh or Russian', () => {
    expect(templates.filter((template) => /\p{Script=Cyrillic}/u.test(template))).toEqual([])
  })
})
