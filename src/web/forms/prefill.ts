import type { StepInput } from '../../engine/case/input.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { shownDay } from './fields.ts'
import type { Section } from './sections.ts'

type Fields = [string, string | undefined][]

/** What the case knows already: a step done anew after a return is not typed anew. */
export function prefill(state: CaseState, sections: readonly Section[]): URLSearchParams {
  const fields: Fields = sections.flatMap(({ name }): Fields => {
    switch (name) {
      case 'application':
        return ofApplication(state.application ?? null)
      case 'documents':
        return [
          ...state.documents.flatMap(ofDocument),
          ...(state.inStateSystems ?? []).map((id): [string, string] => [`documents.${id}.held`, 'yes']),
        ]
      case 'applicant':
        return Object.entries(state.applicant).map(([field, value]) => [`applicant.${field}`, value])
      case 'consent':
        return [['consent.form', 'written']]
      default:
        return []
    }
  })
  return new URLSearchParams(fields.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])))
}

function ofApplication(application: StepInput['application'] | null): Fields {
  if (!application)
    return [
      ['application.language', 'kk'],
      ['application.by', 'self'],
    ]
  const { representative, holds, ...own } = application
  return [
    ...Object.entries(own).map(([field, value]): [string, string | undefined] => [`application.${field}`, value]),
    ['application.holds', holds ? 'yes' : undefined],
    ['application.by', representative ? 'representative' : 'self'],
    ...(representative ? ofRepresentative(representative) : []),
  ]
}

function ofRepresentative({ powerOfAttorney, ...person }: NonNullable<NonNullable<StepInput['application']>['representative']>): Fields {
  const of = 'application.representative'
  const { number, date, notary, validUntil } = powerOfAttorney
  return [
    ...Object.entries(person).map(([field, value]): [string, string | undefined] => [`${of}.${field}`, value]),
    [`${of}.powerOfAttorney.number`, number],
    [`${of}.powerOfAttorney.date`, shownDay(date)],
    [`${of}.powerOfAttorney.notary`, notary],
    [`${of}.powerOfAttorney.validUntil`, shownDay(validUntil)],
  ]
}

function ofDocument(document: CaseState['documents'][number]): Fields {
  const { id, presented, originalSeen, copyTaken, returned, kind, number, pages, count, validUntil, file } = document
  const of = `documents.${id}`
  return [
    [`${of}.in`, 'yes'],
    [`${of}.presented`, presented],
    [`${of}.originalSeen`, originalSeen ? 'yes' : undefined],
    [`${of}.copyTaken`, copyTaken ? 'yes' : undefined],
    [`${of}.returned`, returned ? 'yes' : undefined],
    [`${of}.kind`, kind],
    [`${of}.number`, number],
    [`${of}.pages`, String(pages)],
    [`${of}.count`, String(count)],
    [`${of}.validUntil`, shownDay(validUntil)],
    [`${of}.file`, file],
  ]
}
