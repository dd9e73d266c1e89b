import { describe, expect, it } from 'vitest'
import type { HandedDocument } from '../../engine/case/events.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { open as openedCase, shippedLaw } from './case.testing.ts'
import { allConform, examinationForm, settled, standingOf, undoAll } from './examination.ts'
import { sectionsOf } from './sections.ts'
import { readStepForm } from './stepForm.ts'

const law = shippedLaw('almaty')
const now = '2019-10-14T10:00:00+06:00'
const ids = ['application', 'identityDocument', 'diploma', 'courses', 'workRecord']
const handed = (id: string): HandedDocument => ({ id, presented: 'copy', originalSeen: false, pages: 1, count: 1 })
const noSeal = law.standard.typicalFacts?.facts.find(({ id }) => id === 'noSeal')
if (noSeal?.remedy === undefined) throw new Error('the Standard has no typical fact noSeal')

function stateWith(documents: readonly HandedDocument[]): CaseState {
  return { ...openedCase(law, 'office', 'accept'), documents }
}
const whole = stateWith(ids.map(handed))
const sections = (state: CaseState, step = 'examine') => {
  const found = law.regulation.steps.find(({ id }) => id === step)
  if (found === undefined) throw new Error(step)
  return sectionsOf(law, state, found, now).filter(({ name }) => name !== 'taken')
}
const drawn = (state: CaseState, typed: Readonly<Record<string, string>> = {}) => {
  const form = examinationForm(law, state, sections(state), new URLSearchParams(typed), now)
  if (form === null) throw new Error('nothing is examined')
  return form
}
const read = (state: CaseState, typed: Readonly<Record<string, string>> | URLSearchParams) =>
  readStepForm({ law, state, sections: sections(state), now }, new URLSearchParams(typed))
const wrong = (state: CaseState, typed: Readonly<Record<string, string>>) => {
  const answer = read(state, typed)
  return answer.ok ? [] : answer.problems.map(({ field, code }) => `${field}: ${code}`)
}
const conforming = Object.fromEntries(ids.map((id) => [`findings.${id}.ok`, 'yes']))

describe('an examination', () => {
  it('builds the refusal from what was found: nothing is typed twice', () => {
    const answer = read(whole, { ...conforming, 'findings.diploma.ok': 'no', 'findings.diploma.reason': 'fact.noSeal' })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    expect(answer.input.findings?.find(({ document }) => document === 'diploma')).toEqual({
      document: 'diploma',
      ok: false,
      fact: noSeal.fact.kk,
    })
    expect(answer.input.refusal?.grounds).toEqual([
      { ground: noSeal.ground, document: 'diploma', fact: noSeal.fact.kk, remedy: noSeal.remedy?.kk },
    ])
    expect(answer.fieldAt('refusal.grounds.0.fact')).toBe('findings.diploma.fact')
    expect(answer.fieldAt('refusal.grounds.0.ground')).toBe('findings.diploma.reason')
  })

  it('refuses nothing where everything conforms', () => {
    const answer = read(whole, conforming)
    expect(answer.ok && answer.input.refusal).toBeUndefined()
    expect(standingOf(drawn(whole, { ...conforming, _key: 'sent' }), law.standard).kind).toBe('result')
  })

  it('asks for a finding of each document, a reason of each defect, and words where the reason has none', () => {
    expect(wrong(whole, {})).toEqual(ids.map((id) => `findings.${id}.ok: finding`))
    expect(wrong(whole, { ...conforming, 'findings.courses.ok': 'no' })).toEqual([
      'findings.courses.reason: reason',
      'findings.courses.fact: fact',
    ])
    const own = { 'findings.courses.ok': 'no', 'findings.courses.reason': 'own.unreliable' }
    expect(wrong(whole, { ...conforming, ...own })).toEqual(['findings.courses.fact: fact'])
    expect(wrong(whole, { ...conforming, ...own, 'findings.courses.fact': 'жалған' })).toEqual([])
  })

  it('never offers a reason of another document', () => {
    expect(wrong(whole, { ...conforming, 'findings.diploma.ok': 'no', 'findings.diploma.reason': 'fact.oldCourses' })).toContain(
      'findings.diploma.reason: reason',
    )
  })

  it('finds by itself what is absent or has expired, and lets nobody call it right', () => {
    const lacking = stateWith([
      ...ids
        .slice(0, 4)
        .map(handed)
        .map((d) => (d.id === 'identityDocument' ? { ...d, validUntil: '2019-10-13' } : d)),
    ])
    const form = drawn(lacking)
    expect(form.examined.map(({ rule, presence }) => `${rule.id} ${presence}`)).toEqual([
      'application present',
      'identityDocument expired',
      'diploma present',
      'courses present',
      'workRecord absent',
    ])
    expect(form.typed.get('findings.workRecord.reason')).toBe('fact.absent')
    expect(form.typed.get('findings.identityDocument.reason')).toBe('fact.expired')
    expect(standingOf(form, law.standard)).toMatchObject({ kind: 'refusal', unreasoned: [], open: [{}, {}, {}] })
    expect(wrong(lacking, conforming)).toContain('findings.identityDocument.ok: expired')
    expect(wrong(lacking, conforming)).toContain('findings.workRecord.reason: absent')
  })

  it('on the day until which a document is valid, it is valid', () => {
    const last = stateWith(ids.map((id) => ({ ...handed(id), validUntil: '2019-10-14' })))
    expect(drawn(last).examined.every(({ presence }) => presence === 'present')).toBe(true)
  })

  it('keeps what somebody typed, and changes words that only a reason brought', () => {
    const { examined } = drawn(whole)
    const typed = { 'findings.diploma.reason': 'fact.noSeal', 'findings.diploma.fact': 'Мөрі бұлдыр' }
    expect(settled(new URLSearchParams(typed), examined, 'kk').get('findings.diploma.fact')).toBe('Мөрі бұлдыр')
    const other = { 'findings.diploma.reason': 'fact.illegible', 'findings.diploma.fact': noSeal.fact.ru }
    expect(settled(new URLSearchParams(other), examined, 'ru').get('findings.diploma.fact')).toBe(
      law.standard.typicalFacts?.facts.find(({ id }) => id === 'illegible')?.fact.ru,
    )
  })

  it('sets all that is open at once, leaves defects alone, and takes exactly that back', () => {
    const before = new URLSearchParams({ 'findings.diploma.ok': 'no', 'findings.courses.ok': 'yes' })
    const set = allConform(before, drawn(whole).examined)
    expect(ids.map((id) => set.get(`findings.${id}.ok`))).toEqual(['yes', 'yes', 'no', 'yes', 'yes'])
    const back = undoAll(set)
    expect(ids.map((id) => back.get(`findings.${id}.ok`))).toEqual([null, null, 'no', 'yes', null])
  })

  it('done anew after a return shows what was found before', () => {
    const grounds = [{ ground: noSeal.ground, document: 'diploma', fact: noSeal.fact.kk, remedy: 'Мөр бастыру' }]
    const findings = ids.map((document) =>
      document === 'diploma' ? { document, ok: false, fact: noSeal.fact.kk } : { document, ok: true },
    )
    const returned: CaseState = {
      ...whole,
      examination: { conforming: false, findings },
      answer: { kind: 'refusal', by: { kind: 'staff', id: 'somebody' }, at: now, grounds },
    }
    const { typed } = drawn(returned)
    expect(typed.get('findings.diploma.reason')).toBe('fact.noSeal')
    expect(typed.get('findings.diploma.remedy')).toBe('Мөр бастыру')
    expect(typed.get('findings.courses.ok')).toBe('yes')
    expect(read(returned, typed).ok).toBe(true)
  })
})

describe('documents taken in and examined by one form', () => {
  const aktobe = shippedLaw('aktobe')
  const state = openedCase(aktobe, 'office', 'accept')
  const step = aktobe.regulation.steps.find(({ id }) => id === 'accept')
  if (step === undefined) throw new Error('accept')
  const parts = sectionsOf(aktobe, state, step, now)
  const sent = (typed: Readonly<Record<string, string>>) => new URLSearchParams({ _key: 'sent', 'application.by': 'self', ...typed })

  it('are a defect where they are demanded and were not ticked: said before it is written', () => {
    const typed = sent({ 'documents.application.in': 'yes', 'findings.application.ok': 'yes' })
    const answer = readStepForm({ law: aktobe, state, sections: parts, now }, typed)
    const codes = answer.ok ? [] : answer.problems.map(({ field, code }) => `${field}: ${code}`)
    expect(codes).toContain('findings.diploma.reason: absent')
    const form = examinationForm(aktobe, state, parts, typed, now)
    expect(form?.typed.get('findings.diploma.reason')).toBe('fact.absent')
    // Demanded of holders only, who said that they are none.
    expect(form?.typed.get('findings.categoryCertificate.reason')).toBeNull()
  })

  it('are all listed, and none is judged, before anything is ticked', () => {
    const form = examinationForm(aktobe, state, parts, new URLSearchParams(), now)
    expect(form?.examined.length).toBe(aktobe.standard.documents.filter(({ channels }) => channels?.includes('office') ?? true).length)
    expect([...(form?.typed.keys() ?? [])].filter((name) => name.startsWith('findings.'))).toEqual([])
  })
})
