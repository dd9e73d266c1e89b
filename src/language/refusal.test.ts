import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../engine/case/refusal.ts'
import { facts } from '../law/schema/acts.ts'
import { loadLanguages } from './load.ts'
import { languages } from './messages.ts'
import { refusalWords } from './refusal.ts'
import { createTranslator } from './translator.ts'

const loaded = loadLanguages(import.meta.dirname)

describe.each(languages)('refusals in %s', (language) => {
  const t = createTranslator(loaded[language], language)

  it('have words for every code, and for every fact that may be missing', () => {
    const lacking = refusalCodes.flatMap((code) =>
      ['title', 'says', 'remedy'].filter((part) => !t.has(`refusal.${code}.${part}`)).map((part) => `${code}.${part}`),
    )
    expect(lacking).toEqual([])
    expect(facts.filter((fact) => !t.has(`refusal.what.${fact}`))).toEqual([])
  })

  it('say what to do, which is not what is wrong, in whole sentences and without codes', () => {
    const wrong = refusalCodes.filter((code) => {
      const remedy = t(`refusal.${code}.remedy`)
      return remedy === t(`refusal.${code}.title`) || !/[.!]$/.test(remedy) || remedy.split(' ').length < 2 || /[{}_]/.test(remedy)
    })
    expect(wrong).toEqual([])
  })

  it('of the seal and of the hall have a way on too', () => {
    const of = (part: 'seal' | 'queue') => {
      const words = loaded[language][part]
      return typeof words === 'object' ? Object.keys(words).filter((code) => code !== 'priority') : []
    }
    expect(of('seal').length).toBeGreaterThan(10)
    expect(of('seal').filter((code) => !t.has(`remedies.seal.${code}`))).toEqual([])
    expect(of('queue').filter((code) => !t.has(`remedies.queue.${code}`))).toEqual([])
  })

  it('name what is missing and whose document it is in words, not codes', () => {
    const missing = refusalWords(t, { code: 'missing', params: { what: 'registration' } })
    expect(missing.says).toContain(t('refusal.what.registration'))
    const named = { document: 'Еңбек шарты' }
    const said = refusalWords(t, { code: 'unknownDocument', params: { document: 'contract' } }, named)
    expect(said.says).toContain('Еңбек шарты')
    expect(said.title).not.toMatch(/[{}]/)
  })

  it('say why a number is wrong where the caller knows', () => {
    const why = t('identifier.wrongCheckDigit')
    expect(refusalWords(t, { code: 'badIin', params: { iin: '1' } }, { why }).says).toContain(why)
    expect(refusalWords(t, { code: 'badIin', params: { iin: '1' } }).says).not.toMatch(/[{}]| $/)
  })
})
