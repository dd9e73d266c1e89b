import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldForSearch, mixedScript, repairScript } from './fold.ts'

describe('foldForSearch', () => {
  it('meets the same word typed with look-alikes, in any case, with any spaces', () => {
    expect(foldForSearch('Бiлiм  БӨЛІМІ ')).toBe(foldForSearch('білім бөлімі'))
    expect(foldForSearch('Əсел')).toBe(foldForSearch('ӘСЕЛ'))
    expect(foldForSearch('MAPAT')).toBe(foldForSearch('Марат'))
    expect(foldForSearch('Hұрлан')).toBe(foldForSearch('нұрлан'))
    expect(foldForSearch('АҚ–2019/000017')).toBe(foldForSearch('ақ-2019/000017'))
  })

  it('keeps different letters apart', () => {
    expect(foldForSearch('қала')).not.toBe(foldForSearch('кала'))
    expect(foldForSearch('ұл')).not.toBe(foldForSearch('үл'))
  })

  it('is stable: folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldForSearch(foldForSearch(text)) === foldForSearch(text)))
  })
})

describe('mixedScript', () => {
  it('finds Latin i inside Kazakh words with its place and the word meant', () => {
    expect(mixedScript('Мемлекеттiк қызмет')).toEqual([
      { start: 0, word: 'Мемлекеттiк', letters: [{ at: 9, typed: 'i', meant: 'і' }], normalised: 'Мемлекеттік' },
    ])
    expect(mixedScript('ол бiлiм').map(({ start, letters }) => [start, letters.map(({ at }) => at)])).toEqual([[3, [4, 6]]])
  })

  it('finds ə U+0259 for ә U+04D9', () => {
    expect(mixedScript('кəсіп')[0]?.normalised).toBe('кәсіп')
  })

  it('says when nothing looks like the foreign letter', () => {
    expect(mixedScript('қыzмет')[0]?.letters).toEqual([{ at: 2, typed: 'z', meant: undefined }])
  })

  it('leaves whole Latin words and right Kazakh alone', () => {
    expect(mixedScript('Office 365, PDF, Әліппе, І-тоқсан')).toEqual([])
  })

  it('repairs only mixed words', () => {
    expect(repairScript('Мемлекеттiк Internet бiлiм')).toBe('Мемлекеттік Internet білім')
  })
})
