import type { Act } from '../../law/schema/acts.ts'
import type { Example } from '../../law/schema/examples.ts'
import { demanded } from '../acts/intake.ts'
import { tasksOf } from '../case/duties.ts'
import type { HandedDocument } from '../case/events.ts'
import type { StepInput } from '../case/input.ts'
import { type CaseLaw, stepOf } from '../case/law.ts'
import type { CaseState } from '../case/state.ts'
import { person, powerOfAttorney, representative } from './invented.ts'

/** What an example leaves out is the ordinary: an invented person with a whole package, everything found right, every hand-over confirmed. */
export function fill(law: CaseLaw, example: Example, state: CaseState, step: string, given: StepInput, now: string): StepInput {
  const found = stepOf(law, step)
  if (found === undefined) return given
  const filled: StepInput = { ...given }
  for (const { act } of tasksOf(law, state, found, now)) Object.assign(filled, { ...ordinary(law, example, state, act, filled), ...given })
  return filled
}

const signature = { signer: 'example', digest: '0'.repeat(64), algorithm: 'example' }
const identity = { kind: 'idCard' as const, number: '000000001' }

function ordinary(law: CaseLaw, example: Example, state: CaseState, act: Act, filled: StepInput): StepInput {
  switch (act.act) {
    case 'handIn':
      return state.documents.length > 0
        ? {}
        : { application: applicationOf(law, example), documents: documentsOf(law, example, state.channel) }
    case 'enterApplicant':
      return { applicant: { phone: '+7 700 000 00 00' } }
    case 'consent':
      return { consent: { given: true, form: 'written' } }
    case 'identify':
      return { identification: identity }
    case 'sealRequest':
    case 'sign':
      return { signature }
    case 'examine': {
      const documents = filled.documents ?? state.documents
      return { findings: documents.map((d) => ({ document: d.id, ok: true })) }
    }
    case 'refer':
      return { assignee: followerOf(law, state) }
    case 'takeOver':
      return { taken: true }
    case 'giveAnswer':
      return { receiver: { who: 'self', document: identity, receiptShown: true } }
    default:
      return {}
  }
}

/** Who does the step that follows: whoever refers gives the case to them. A role here; the house says who stands behind it. */
function followerOf(law: CaseLaw, state: CaseState): string {
  const outcome = Object.values(stepOf(law, state.step?.id ?? '')?.outcomes ?? {}).find((one) => 'next' in one)
  return (outcome && 'next' in outcome && stepOf(law, outcome.next)?.actor) || ''
}

function applicationOf(law: CaseLaw, example: Example): NonNullable<StepInput['application']> {
  const { iin, holder, applicant } = example.given
  const application = { iin, ...person, asks: law.standard.options[0]?.id ?? '', holds: holder, language: 'kk' as const }
  if (applicant === 'self') return application
  return { ...application, representative: { iin: iin, ...representative, powerOfAttorney } }
}

function documentsOf(law: CaseLaw, example: Example, channel: string): HandedDocument[] {
  const { documents, applicant, holder } = example.given
  const rules = law.standard.documents
  const all = demanded(rules, { channel, by: applicant, holds: holder }).map((d) => d.id)
  const wanted = documents === 'all' ? { all: true, without: [], also: [], expired: [] } : documents
  const base = wanted.all ? all : []
  const ids = [...base.filter((id) => !wanted.without.includes(id)), ...wanted.also.filter((id) => !base.includes(id))]
  return ids.map((id): HandedDocument => {
    const presented = rules.find((d) => d.id === id)?.presented ?? 'copy'
    const expired = wanted.expired.includes(id) ? { validUntil: '2016-01-01' } : {}
    return { id, presented, originalSeen: true, pages: 1, count: 1, ...expired }
  })
}

/** Findings of an example may name only what is wrong; the documents it does not name were right. */
export function completeFindings(state: CaseState, input: StepInput): StepInput {
  if (input.findings === undefined) return input
  const handed = input.documents ?? state.documents
  const others = handed.filter((d) => !input.findings?.some((f) => f.document === d.id)).map((d) => ({ document: d.id, ok: true }))
  return { ...input, findings: [...input.findings, ...others] }
}
