import { expect, it } from 'vitest'
import type { CaseState } from '../../engine/case/state.ts'
import { loadLanguages } from '../../language/load.ts'
import { createSpeech } from '../../language/speech.ts'
import { open, shippedLaw } from '../forms/case.testing.ts'
import { differencesOf } from './differences.ts'
import { namingFor } from './naming.ts'

const law = shippedLaw('almaty')
const speech = createSpeech(loadLanguages(`${import.meta.dirname}/../../language`).ru, 'ru', 'Asia/Almaty')
const naming = namingFor({ organisation: () => undefined, staffById: () => undefined }, speech)
const telling = { law, naming, speech }
const application = { iin: '850615400016', surname: 'Сынақова', name: 'Айсұлу', asks: 'expert', holds: false, language: 'kk' as const }
const document = { id: 'diploma', presented: 'copy' as const, originalSeen: false, pages: 1, count: 1 }
const before: CaseState = { ...open(law, 'office', 'accept'), application, asks: 'expert', documents: [document] }

it('tells values that changed, appeared or went away, and no others', () => {
  expect(differencesOf(before, before, telling)).toEqual([])
  const after: CaseState = {
    ...before,
    application: { ...application, surname: 'Сынақ' },
    applicant: { phone: '+7 700 000 00 00' },
    documents: [],
    examination: { conforming: false, findings: [{ document: 'courses', ok: false, fact: 'Не сдан' }] },
  }
  const title = (id: string) => law.standard.documents.find((rule) => rule.id === id)?.title.ru
  expect(differencesOf(before, after, telling)).toEqual([
    { what: speech.t('steps.field.surname'), before: 'Сынақова', after: 'Сынақ' },
    { what: title('diploma'), before: expect.stringContaining('1'), after: undefined },
    { what: speech.t('steps.field.phone'), before: undefined, after: '+7 700 000 00 00' },
    { what: title('courses'), before: undefined, after: 'Не сдан' },
  ])
})
