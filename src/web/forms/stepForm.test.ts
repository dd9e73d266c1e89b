import { describe, expect, it } from 'vitest'
import { readBy } from '../../engine/acts/index.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { open as openedCase, shippedLaw } from './case.testing.ts'
import { sectionsOf } from './sections.ts'
import { type ReadForm, readStepForm } from './stepForm.ts'

const law: CaseLaw = shippedLaw('almaty')
const now = '2019-10-14T10:00:00+06:00'

const right: Readonly<Record<string, string>> = {
  'application.iin': '850612 450125',
  'application.surname': ' Сәтбаева ',
  'application.name': 'Іңкәр',
  'application.asks': 'expert',
  'application.language': 'kk',
  'application.by': 'self',
  'documents.application.in': 'yes',
  'documents.diploma.in': 'yes',
  'documents.diploma.originalSeen': 'yes',
  'documents.diploma.pages': '3',
  'documents.identityDocument.in': 'yes',
  'documents.identityDocument.validUntil': '1.2.2024',
}

const power = 'application.representative'
const representative: Readonly<Record<string, string>> = {
  'application.by': 'representative',
  [`${power}.iin`]: '850612450125',
  [`${power}.surname`]: 'Өтегенов',
  [`${power}.name`]: 'Һәкім',
  [`${power}.powerOfAttorney.number`]: '12',
  [`${power}.powerOfAttorney.date`]: '31.01.2019',
  [`${power}.powerOfAttorney.notary`]: 'Мысалов',
}

function read(step: string, typed: Readonly<Record<string, string>>): ReadForm {
  const state = openedCase(law, 'office', 'accept')
  const found = law.regulation.steps.find(({ id }) => id === step)
  if (found === undefined) throw new Error(step)
  return readStepForm({ law, state, sections: sectionsOf(law, state, found, now), now }, new URLSearchParams(typed))
}

/** What is wrong with the first step's form when these fields are typed over a right one: `field: code`. */
function wrong(typed: Readonly<Record<string, string>>, step = 'accept'): string[] {
  const answer = read(step, step === 'accept' ? { ...right, ...typed } : typed)
  return answer.ok ? [] : answer.problems.map(({ field, code }) => `${field}: ${code}`)
}

describe('the form of a step', () => {
  it('asks for what the acts of the step read, in their order', () => {
    const state = openedCase(law, 'office', 'accept')
    const accept = law.regulation.steps.find(({ id }) => id === 'accept')
    if (accept === undefined) throw new Error('accept')
    expect(sectionsOf(law, state, accept, now).map(({ name }) => name)).toEqual(['application', 'documents', 'applicant'])
    expect(accept.does.flatMap(readBy)).toContain('documents')
  })

  it('reads what was typed: spaces in a number, days as the office writes them, only documents that were handed in', () => {
    const answer = read('accept', right)
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    expect(answer.input.application).toMatchObject({
      iin: '850612450125',
      surname: 'Сәтбаева',
      asks: 'expert',
      holds: false,
      language: 'kk',
    })
    expect(answer.input.documents?.map(({ id, pages, validUntil }) => [id, pages, validUntil])).toEqual([
      ['application', 1, undefined],
      ['identityDocument', 1, '2024-02-01'],
      ['diploma', 3, undefined],
    ])
    expect(answer.input).not.toHaveProperty('signature')
  })

  it('tells the field of a refusal by the path that the engine gives', () => {
    const answer = read('accept', right)
    if (!answer.ok) throw new Error('refused')
    expect(answer.fieldAt('documents.1.validUntil')).toBe('documents.identityDocument.validUntil')
    expect(answer.fieldAt('application.representative.iin')).toBe('application.representative.iin')
    expect(answer.fieldAt('documents')).toBe('documents.application.in')
    expect(answer.fieldAt('elsewhere')).toBeUndefined()
  })

  it('names every field that is empty, all at once', () => {
    const answer = read('accept', {})
    expect(answer.ok ? [] : answer.problems.map(({ field }) => field)).toEqual([
      'application.iin',
      'application.surname',
      'application.name',
      'application.asks',
      'application.language',
      'application.by',
      'documents.application.in',
    ])
  })

  it('knows that there is no 31 February, and which February has 29 days', () => {
    const field = 'documents.identityDocument.validUntil'
    expect(wrong({ [field]: '31.02.2024' })).toEqual([`${field}: dayNone`])
    expect(wrong({ [field]: '29.02.2023' })).toEqual([`${field}: dayNone`])
    expect(wrong({ [field]: '29.02.2024' })).toEqual([])
    expect(wrong({ [field]: '2024-13-01' })).toEqual([`${field}: dayNone`])
    expect(wrong({ [field]: 'ертең' })).toEqual([`${field}: dayForm`])
  })

  it('says why an IIN is wrong', () => {
    expect(wrong({ 'application.iin': '850612450126' })).toEqual(['application.iin: iin.wrongCheckDigit'])
    expect(wrong({ 'application.iin': '85061245012' })).toEqual(['application.iin: iin.wrongLength'])
    expect(wrong({ 'application.iin': '85О612450125' })).toEqual(['application.iin: iin.letters'])
    expect(wrong({ 'application.iin': '853112450125' })).toEqual(['application.iin: iin.wrongDate'])
  })

  it('finds a Latin i in a Kazakh name, and says the right word', () => {
    const answer = read('accept', { ...right, 'application.name': 'Іңкәрбiке' })
    expect(answer.ok ? [] : answer.problems).toEqual([
      {
        field: 'application.name',
        code: 'mixedScript',
        label: 'name',
        params: { word: 'Іңкәрбiке', letter: 'i', meant: 'і', right: 'Іңкәрбіке' },
      },
    ])
    expect(wrong({ 'application.position': 'мұғaлiм' })).toEqual(['application.position: mixedScript'])
    expect(wrong({ 'application.surname': 'Petrov' })).toEqual([])
  })

  it('takes an option and an amount only from what there is', () => {
    expect(wrong({ 'application.asks': 'genius' })).toEqual(['application.asks: choose'])
    expect(wrong({ 'documents.diploma.pages': '0' })).toEqual(['documents.diploma.pages: count'])
    expect(wrong({ 'documents.diploma.count': '1000' })).toEqual(['documents.diploma.count: count'])
    expect(wrong({ 'application.surname': 'Ә'.repeat(201) })).toEqual(['application.surname: tooLong'])
    expect(wrong({ 'applicant.email': 'name@host' })).toEqual(['applicant.email: email'])
  })

  it('asks for the power of attorney of a representative, and of nobody else', () => {
    expect(wrong(representative)).toEqual([])
    expect(wrong({ ...representative, [`${power}.powerOfAttorney.date`]: '30.02.2019' })).toEqual([
      `${power}.powerOfAttorney.date: dayNone`,
    ])
    expect(wrong({ 'application.by': 'representative' })).toEqual([
      `${power}.iin: iin.empty`,
      `${power}.surname: required`,
      `${power}.name: required`,
      `${power}.powerOfAttorney.number: required`,
      `${power}.powerOfAttorney.date: required`,
      `${power}.powerOfAttorney.notary: required`,
    ])
    const answer = read('accept', { ...right, [`${power}.surname`]: 'forgotten' })
    expect(answer.ok && answer.input.application?.representative).toBeUndefined()
  })
})

describe('further grounds', () => {
  const handed = law.standard.documents
    .filter(({ requirement, applicants }) => requirement === 'required' && applicants === undefined)
    .map(({ id }) => ({ id, presented: 'copy' as const, originalSeen: false, pages: 1, count: 1 }))
  const conform = Object.fromEntries(handed.map(({ id }) => [`findings.${id}.ok`, 'yes']))
  const readExamination = (typed: Readonly<Record<string, string>>): ReadForm => {
    const state = { ...openedCase(law, 'office', 'accept'), documents: handed }
    const step = law.regulation.steps.find(({ id }) => id === 'examine')
    if (step === undefined) throw new Error('examine')
    const sections = sectionsOf(law, state, step, now).filter(({ name }) => name !== 'taken')
    return readStepForm({ law, state, sections, now }, new URLSearchParams({ ...conform, ...typed }))
  }
  const codes = (answer: ReadForm) => (answer.ok ? [] : answer.problems.map(({ field, code }) => `${field}: ${code}`))

  it('leave out rows in which nothing was typed, and still know the place of the others', () => {
    const answer = readExamination({
      'refusal.rows': '3',
      'refusal.2.ground': 'notMeeting',
      'refusal.2.fact': 'көшірме анық емес',
      'refusal.2.remedy': 'анық көшірме әкелу',
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    expect(answer.input.refusal?.grounds).toHaveLength(1)
    expect(answer.fieldAt('refusal.grounds.0.fact')).toBe('refusal.2.fact')
  })

  it('want a fact, and have the remedy of their ground where none is typed', () => {
    expect(codes(readExamination({ 'refusal.rows': '1', 'refusal.0.ground': 'notMeeting' }))).toEqual(['refusal.0.fact: required'])
    const answer = readExamination({ 'refusal.rows': '1', 'refusal.0.ground': 'notMeeting', 'refusal.0.fact': 'сәйкес емес' })
    const general = law.standard.grounds.find(({ id }) => id === 'notMeeting')?.remedy.kk
    expect(answer.ok && answer.input.refusal?.grounds[0]?.remedy).toBe(general)
  })

  it('are never more than a form has', () => {
    expect(codes(readExamination({ 'refusal.rows': '1', 'refusal.1.ground': 'notMeeting' }))).toEqual([])
    expect(codes(readExamination({ 'refusal.rows': '99999999' }))).toEqual([])
  })
})
