import { demanded } from '../../engine/acts/intake.ts'
import { tasksOf } from '../../engine/case/duties.ts'
import type { HandedDocument } from '../../engine/case/events.ts'
import type { Answer, StepInput } from '../../engine/case/input.ts'
import { type CaseLaw, stepOf } from '../../engine/case/law.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { technicalFailure } from '../../gateway/failures.ts'
import { invent } from '../../gateway/register/simulator/invent.ts'
import type { Act } from '../../law/schema/acts.ts'
import type { Applicant, Story } from './stories.ts'

/** What one story gives at its steps. `draw` gives a number from 0 to 1, the same for the same name. */
export interface Part {
  readonly law: CaseLaw
  readonly story: Story
  readonly applicant: Applicant
  readonly assignee: (role: string) => string
  readonly draw: (name: string) => number
}

/** What the performer types at a step: what each of its acts reads, and nothing else. */
export function inputOf(part: Part, state: CaseState, step: string, now: string): StepInput {
  const found = stepOf(part.law, step)
  if (found === undefined) throw new Error(`${part.story.id} comes to ${step}, which is no step`)
  const input: StepInput = {}
  for (const { act } of tasksOf(part.law, state, found, now)) Object.assign(input, given(part, state, step, act))
  return input
}

function given(part: Part, state: CaseState, step: string, act: Act): StepInput {
  const { story, applicant } = part
  switch (act.act) {
    case 'handIn':
      return { application: applicationOf(part), documents: documentsOf(part, state.channel) }
    case 'enterApplicant':
      return { applicant: { phone: applicant.phone, address: applicant.address } }
    case 'consent':
      return { consent: { given: story.consent, form: 'written' } }
    case 'identify':
      return { identification: identityOf(part) }
    case 'examine':
      return { findings: findingsOf(part, state) }
    case 'prepareAnswer':
      return story.defects.length === 0 ? {} : { refusal: { grounds: story.defects } }
    case 'refer':
      return { assignee: part.assignee(followerOf(part.law, step)) }
    case 'takeOver':
      return { taken: true }
    case 'giveAnswer':
      return { receiver: receiverOf(part) }
    default:
      return {}
  }
}

function applicationOf({ story, applicant }: Part): NonNullable<StepInput['application']> {
  const { iin, surname, name, patronymic, position, workplace, language } = applicant
  const { asks, holds, representative } = story
  const own = { iin, surname, name, patronymic, position, workplace, language, asks, holds }
  return representative === undefined ? own : { ...own, representative }
}

function documentsOf({ law, story, draw }: Part, channel: string): HandedDocument[] {
  const by = story.representative === undefined ? 'self' : 'representative'
  const rules = demanded(law.standard.documents, { channel, by, holds: story.holds })
  const extra = law.standard.documents.filter((d) => d.requirement === 'ifAny' && draw(`hands/${d.id}`) < 0.5)
  const all = [...rules, ...extra].filter((d) => !story.without.includes(d.id))
  return all.map(({ id, presented, expires }) => ({
    id,
    presented,
    originalSeen: presented === 'copyWithOriginal' || presented === 'original',
    pages: 1 + Math.floor(draw(`pages/${id}`) * 3),
    count: 1,
    ...(expires ? { validUntil: `${2020 + Math.floor(draw(`until/${id}`) * 6)}-0${1 + Math.floor(draw(`month/${id}`) * 9)}-15` } : {}),
  }))
}

/** Where one step takes the documents in and examines them, they are not in the case yet. */
function findingsOf(part: Part, state: CaseState): NonNullable<StepInput['findings']> {
  const handed = state.documents.length > 0 ? state.documents : documentsOf(part, state.channel)
  return handed.map(({ id: document }) => {
    const defect = part.story.defects.find((d) => d.document === document)
    return defect === undefined ? { document, ok: true } : { document, ok: false, fact: defect.fact }
  })
}

/** Real cards have numbers from 010000000 on. */
const identityOf = ({ draw }: Part) => ({
  kind: 'idCard' as const,
  number: `000${String(Math.floor(draw('card') * 1_000_000)).padStart(6, '0')}`,
})

function receiverOf(part: Part): NonNullable<StepInput['receiver']> {
  const { representative } = part.story
  const receiver = { document: identityOf(part), receiptShown: true }
  if (representative === undefined) return { who: 'self', ...receiver }
  const { iin: _iin, ...bearer } = representative
  return { who: 'representative', ...receiver, representative: bearer }
}

function followerOf(law: CaseLaw, step: string): string {
  const follows = stepOf(law, step)?.outcomes.done
  return (follows && 'next' in follows ? stepOf(law, follows.next)?.actor : undefined) ?? ''
}

/** What the outside system that a step waits for answers, the first time and the second. */
export function answerOf({ story, applicant }: Part, state: CaseState, exchange: string, at: string, retryAt: string): Answer {
  const awaiting = state.step?.awaiting
  if (awaiting?.task === 'RequestSent') return { kind: 'delivered', exchange, receivedAt: at }
  if (story.register === 'outage' && awaiting?.failures === 0) {
    const { code, text } = technicalFailure('govtech-transport-error')
    return { kind: 'technicalFailure', code, text: `${text.kk} / ${text.ru}`, retryAt }
  }
  const { surname, name, patronymic } = applicant
  const found = story.register === 'notFound' ? null : invent(applicant.iin, story.id)
  if (found === null) return { kind: 'notFound', text: '', exchange }
  return { kind: 'found', person: { ...found, surname, name, patronymic }, exchange }
}
