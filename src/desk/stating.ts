import type { CaseEvent, GroundOfRefusal } from '../engine/case/events.ts'
import { stepOf } from '../engine/case/law.ts'
import type { CaseState } from '../engine/case/state.ts'
import { inventedOf } from '../law/invented.ts'
import { fullName, type Organisation, type Staff } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { CaseFile } from './outcome.ts'
import { actOf, asks, complaintIn, documents, factOf, lawOf, remedyOf, submitted } from './papers/build.ts'
import type { StatementOfPapers } from './statement.ts'
import type { Who } from './who.ts'

export interface Signatory {
  readonly staff: Staff & { readonly iin: string }
  readonly organisation: Organisation
  readonly who: Who
}

export interface Stating {
  readonly file: CaseFile
  readonly step: string
  /** The case as the step would leave it: what the signature is put to. */
  readonly after: CaseState
  /** What would happen, the papers that would be issued among it. */
  readonly events: readonly CaseEvent[]
  readonly by: Signatory
  readonly people: Pick<People, 'staffById' | 'organisation'>
  /** RFC 3339 by the law's clock: which way of complaint is in force. */
  readonly at: string
}

export function statementOf(stating: Stating): StatementOfPapers {
  const { file, step, after, events, by, people, at } = stating
  const { number, bound, state } = file
  const { id, edition, title } = bound.law.regulation
  const { options } = bound.court.standard
  const found = stepOf(bound.court, step)
  const invented = inventedOf(bound.law)
  const provider = people.organisation(after.provider.id)
  const contacts = after.applicant.phone
  return {
    format: 'qyzmet.statement/3',
    case: number,
    step,
    title: found?.title ?? { kk: step },
    clause: found?.clauses[0] ?? '',
    opened: state.step?.since ?? '',
    signs: found?.does.some(({ act }) => act === 'sealRequest') ? 'request' : 'answer',
    regulation: {
      ...{ id, edition, sha256: bound.law.sha256.regulation, title, act: actOf(file) },
      ...(invented === undefined ? {} : { invented }),
    },
    provider: { id: after.provider.id, name: provider?.name ?? { kk: after.provider.id } },
    signer: signerOf(by, people),
    // Of before the step: one that itself receives the documents would say the moment of signing here, and no signature would fit.
    submitted: submitted({ state }).submittedAt,
    applicant: after.application ?? null,
    ...(contacts === undefined ? {} : { contacts }),
    asked: asks({ file, state: after }).label,
    asks: options.find((option) => option.id === after.asks)?.title ?? null,
    documents: statedDocuments(file, after),
    findings: (after.examination?.findings ?? []).map(({ document, ok, fact }) => ({
      ...{ document, title: titleOf(file, document), ok },
      ...(fact === undefined ? {} : { fact }),
    })),
    answer: after.answer?.kind ?? null,
    grounds: (after.answer?.grounds ?? []).map((one) => statedGround(file, one)),
    complaint: after.answer?.kind === 'refusal' ? complaintIn(file, at) : null,
    papers: events.flatMap((event) => {
      if (event.type !== 'PaperIssued') return []
      const { paper, form, kind } = event.data
      const named = bound.law.regulation.papers.find((one) => one.id === form)?.title ?? { kk: form }
      return [{ id: paper, form, kind, title: named, clause: event.clause ?? '' }]
    }),
  }
}

const titleOf = ({ bound }: CaseFile, document: string) =>
  bound.court.standard.documents.find((rule) => rule.id === document)?.title ?? { kk: document }

function statedDocuments(file: CaseFile, after: CaseState): StatementOfPapers['documents'] {
  const printed = documents({ file, state: after })
  return after.documents.map(({ id, presented, pages, count, validUntil, file: scan }, n) => ({
    ...{ id, title: titleOf(file, id), presented, form: printed[n]?.form ?? 'original', pages, count },
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(scan === undefined ? {} : { file: scan }),
  }))
}

function statedGround(file: CaseFile, given: GroundOfRefusal): StatementOfPapers['grounds'][number] {
  const { ground, document } = given
  const rule = file.bound.court.standard.grounds.find((one) => one.id === ground)
  const clause = rule?.clause ?? ''
  const of = document === undefined ? {} : { document, of: titleOf(file, document) }
  return {
    ground,
    title: rule?.title ?? { kk: ground },
    clause,
    act: lawOf(file, clause),
    ...of,
    fact: factOf(file, given),
    remedy: remedyOf(file, given),
  }
}

function signerOf({ staff, organisation, who: { actor } }: Signatory, people: Stating['people']): StatementOfPapers['signer'] {
  const { id, bin, name } = organisation
  const { acting } = actor
  const post = (acting === undefined ? undefined : people.staffById(acting.for)?.post) ?? staff.post
  return {
    ...{ id: staff.id, name: fullName(staff.name), iin: staff.iin, role: actor.role ?? '', post, organisation: { id, bin, name } },
    ...(acting === undefined ? {} : { acting }),
  }
}
