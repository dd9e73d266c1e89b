import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventTypes } from '../../engine/case/events.ts'
import { stepInput } from '../../engine/case/input.ts'
import { correctable } from '../../engine/case/state.ts'
import { loadLanguages } from '../../language/load.ts'
import { createTranslator } from '../../language/translator.ts'
import { consentForms, identityKinds, waysPresented } from '../forms/sections.ts'

const { kk } = loadLanguages(resolve(join(import.meta.dirname, '../../language')))
const t = createTranslator(kk, 'kk')
const without = (keys: readonly string[]) => keys.filter((key) => !t.has(key))

/** Keys that pages put together from data: the scan of literal keys does not see them. Kazakh speaks for all: its keys are everybody's. */
describe('words put together from data', () => {
  it('tell every event', () => expect(without(eventTypes.map((type) => `steps.events.${type}`))).toEqual([]))

  it('head every part of the input but what has no part of a form: signature, answer of a system, what stands in the line of a document', () => {
    const parts = Object.keys(stepInput.shape).filter((name) => !['signature', 'answer', 'inStateSystems'].includes(name))
    expect(without(parts.map((name) => `steps.section.${name}`))).toEqual([])
  })

  it('name every entry that may be corrected', () =>
    expect(without(correctable.map((entry) => `steps.field.${entry.split('.')[1]}`))).toEqual([]))

  it('name every choice of the forms', () => {
    expect(without(identityKinds.map((kind) => `steps.identity.${kind}`))).toEqual([])
    expect(without(waysPresented.map((way) => `steps.presented.${way}`))).toEqual([])
    expect(without(consentForms.map((form) => `steps.consentForm.${form}`))).toEqual([])
  })

  it('would see what is missing', () => expect(without(['steps.events.NeverHappens'])).toEqual(['steps.events.NeverHappens']))
})
