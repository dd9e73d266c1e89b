import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../language/load.ts'
import { languages } from '../language/messages.ts'
import { createTranslator } from '../language/translator.ts'
import { ownRoles } from './model.ts'

const loaded = loadLanguages(join(import.meta.dirname, '..', 'language'))
const source = readdirSync(import.meta.dirname)
  .filter((file) => /(?<!\.test)\.ts$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

/** `no('code'`, `new Undone('code'`, `code: 'code'`, and the values of the table of unique indexes. */
const codes = [...source.matchAll(/(?:\bno\(|new Undone\(|\bcode: |_(?:key|pkey): )'([a-zA-Z]+)'/g)].map(([, code]) => code ?? '')
const kinds = [...(/PeopleEventKind =([^\n]*(?:\n {2}\|[^\n]*)+)/.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
  ([, kind]) => kind ?? '',
)

describe('words for people', () => {
  it('were looked for where they are', () => {
    expect(codes).toEqual(expect.arrayContaining(['wrongSignIn', 'loginTaken', 'unitInUse', 'binWrong']))
    expect(kinds).toContain('deactivated')
  })

  it.each(languages)('exist in %s for every refusal, role and event', (language) => {
    const t = createTranslator(loaded[language], language)
    const keys = [
      ...codes.map((code) => `people.refusal.${code}`),
      ...ownRoles.map((role) => `people.role.${role}`),
      ...kinds.map((kind) => `people.event.${kind}`),
    ]
    expect(keys.filter((key) => !t.has(key))).toEqual([])
  })
})
