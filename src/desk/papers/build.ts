import { demanded } from '../../engine/acts/intake.ts'
import type { Actor, GroundOfRefusal } from '../../engine/case/events.ts'
import { forecast } from '../../engine/case/forecast.ts'
import { cite, within } from '../../engine/case/law.ts'
import { nameOf } from '../../engine/case/rows.ts'
import type { CaseState, IssuedPaper } from '../../engine/case/state.ts'
import { inventedOf } from '../../law/invented.ts'
import type { Text } from '../../law/schema/text.ts'
import { standardFact, standardRemedy } from '../../law/typicalFacts.ts'
import type { Paper, PaperOf, PaperText } from '../../papers/paper.ts'
import { fullName } from '../../people/model.ts'
import type { CaseFile } from '../outcome.ts'
import { maskIin } from '../reading.ts'
import { asWritten, both, type PaperSources } from './sources.ts'
import { actingPost, type PaperOnly } from './stated.ts'

export interface Draft {
  readonly file: CaseFile
  /** The case as it stood when the paper was issued. */
  readonly state: CaseState
  readonly issued: IssuedPaper
  readonly original: IssuedPaper
  readonly sources: PaperSources
}

type Common = Pick<
  PaperOf<'result'>,
  'title' | 'number' | 'issuedAt' | 'regulation' | 'provider' | 'issuedBy' | 'copyOf' | 'invented' | 'demonstration' | 'applicant'
>

/** A paper as data. Everything on it comes from the case, its law and the books of organisations and staff. */
export function paperOf(draft: Draft): Paper {
  const common = commonOf(draft)
  switch (draft.issued.kind) {
    case 'acceptanceReceipt':
      return receipt(draft, common)
    case 'acceptanceRefusal':
      return acceptanceRefusal(draft, common)
    case 'reasonedRefusal':
      return {
        kind: 'reasonedRefusal',
        ...common,
        ...submitted(draft),
        findings: findings(draft),
        complaint: complaint(draft),
        signedBy: signer(draft),
      }
    case 'refusalNotice':
      return {
        kind: 'refusalNotice',
        ...common,
        ...submitted(draft),
        workstation: draft.sources.say('desk.paper.reggWorkstation'),
        findings: findings(draft),
        complaint: complaint(draft),
      }
    case 'result':
      return {
        kind: 'result',
        ...common,
        ...submitted(draft),
        asks: asks(draft),
        documents: documents(draft),
        signedBy: signer(draft),
      }
    case 'courierReceipt':
      return courierReceipt(draft, common)
    case 'noDataNotice':
      return {
        kind: 'noDataNotice',
        ...common,
        register: draft.sources.say('desk.paper.personRegistry'),
        askedAt: draft.state.path.at(-1)?.at ?? draft.original.at,
        complaint: complaint(draft),
      }
    default:
      throw new Error(`no form is printed for papers of kind ${draft.issued.kind}`)
  }
}

function commonOf(draft: Draft): Common {
  const { file, state, original } = draft
  const { regulation } = file.bound.law
  const { provider, issuedAt, issuedBy, demonstration, copyOf } = frameOf(draft)
  const invented = inventedOf(file.bound.law)
  const title = regulation.papers.find(({ id }) => id === original.form)?.title
  if (title === undefined) throw new Error(`${regulation.id} has no paper ${original.form}`)
  return {
    title: both(title),
    number: file.number,
    issuedAt,
    regulation: { title: both(regulation.title), act: actOf(file), clause: original.clause ?? '' },
    provider,
    issuedBy,
    applicant: {
      name: state.application ? nameOf(state.application) : '—',
      iinMasked: state.application ? maskIin(state.application.iin) : '—',
      ...(state.applicant.phone === undefined ? {} : { contacts: state.applicant.phone }),
    },
    demonstration,
    ...(invented === undefined ? {} : { invented: both(invented) }),
    ...(copyOf === undefined ? {} : { copyOf }),
  }
}

/** What no signature covers: where and when the paper was issued and by whom. */
export function frameOf({ state, issued, original, sources }: Draft): PaperOnly & { readonly provider: Common['provider'] } {
  const provider = sources.organisation(state.provider.id)
  const by = sources.staff(issued.by.id)
  const organisation = sources.organisation(issued.by.organisation ?? state.provider.id) ?? provider
  if (provider === undefined || organisation === undefined) throw new Error(`organisation ${state.provider.id} is not known`)
  const post = postOf(sources, issued.by) ?? sources.say('desk.paper.system')
  return {
    id: original.id,
    issuedAt: issued.at,
    provider: { name: both(provider.name), address: both(provider.address), phone: provider.phone },
    issuedBy: {
      name: by === undefined ? sources.say('desk.paper.system').kk : fullName(by.name),
      post: both(post),
      organisation: both(organisation.name),
      address: both(organisation.address),
      phone: organisation.phone,
    },
    demonstration: sources.demonstration,
    ...(issued.copyOf === null ? {} : { copyOf: { reason: asWritten(issued.copyOf.reason), issuedAt: original.at } }),
  }
}

/** `№ 34, 04.02.2016, in the edition of № 332, 20.07.2018`, in both languages. */
export function actOf({ bound }: Pick<CaseFile, 'bound'>): PaperText {
  const { act } = bound.law.regulation
  const day = (date: string) => date.split('-').reverse().join('.')
  const line = (language: 'kk' | 'ru') =>
    `${act.by[language]}, ${act.kind[language]} № ${act.number}, ${day(act.date)} (№ ${act.edition.number}, ${day(act.edition.date)})`
  return { kk: line('kk'), ru: line('ru') }
}

export const submitted = ({ state }: Pick<Draft, 'state'>) => ({
  submittedAt: state.registration?.at ?? state.facts.documents?.at ?? state.openedAt,
})

export function documents({ file, state }: Pick<Draft, 'file' | 'state'>): PaperOf<'result'>['documents'] {
  return state.documents.map((d) => {
    const rule = file.bound.court.standard.documents.find((r) => r.id === d.id)
    const form = rule?.returned ? 'shown' : d.presented === 'copyWithOriginal' ? 'copy' : d.presented
    return { title: both(rule?.title ?? { kk: d.id }), form, pages: d.pages, count: d.count }
  })
}

/** The Standard says what its options are called; the case, which one was asked for. */
export function asks({ file, state }: Pick<Draft, 'file' | 'state'>): PaperOf<'result'>['asks'] {
  const { standard, edition } = file.bound.law
  const option = edition.options.find((o) => o.id === state.asks)
  return { label: both(standard.asks), value: both(option?.title ?? { kk: state.asks ?? '—' }) }
}

/** The number of the Standard's annex that gives this form: forms there bear the names of the kinds of papers. */
function annexOf({ file, issued }: Draft): { annex?: string } {
  const clause = file.bound.law.edition.forms.find(({ id }) => id === issued.kind)?.clause
  const annex = /^annex (\S+)$/.exec(clause ?? '')?.[1]
  return annex === undefined ? {} : { annex }
}

function signer({ state, sources }: Draft): PaperOf<'result'>['signedBy'] {
  const staff = state.signature === null ? undefined : sources.staff(state.signature.by.id)
  if (staff === undefined) throw new Error('an answer that nobody signed is not printed')
  return { name: fullName(staff.name), post: both((state.signature && postOf(sources, state.signature.by)) ?? staff.post) }
}

/** The post of whoever did it; of somebody who acts for another, the other's post, said to be acting, with the order. */
function postOf(sources: PaperSources, { id, acting }: Actor): PaperText | undefined {
  if (acting === undefined) return sources.staff(id)?.post
  const post = sources.staff(acting.for)?.post ?? sources.staff(id)?.post
  return post === undefined ? undefined : actingPost(both(post), acting.order, sources.say)
}

const complaint = ({ file, original }: Draft) => complaintOn(file, original.at)

/** The way of complaint that is in force at the moment. */
export function complaintOn(file: Pick<CaseFile, 'bound'>, at: string): PaperOf<'reasonedRefusal'>['complaint'] {
  const found = complaintIn(file, at)
  if (found === null) throw new Error('no way of complaint is in force on the day of the paper')
  return found
}

export function complaintIn({ bound }: Pick<CaseFile, 'bound'>, at: string): PaperOf<'reasonedRefusal'>['complaint'] | null {
  const found = bound.law.general.flatMap((law) => law.complaints.filter((c) => within(c, at)))[0]
  return found === undefined ? null : { body: both(found.to), term: both(found.term), order: both(found.order) }
}

const findings = ({ file, state }: Draft) => (state.answer?.grounds ?? []).map((given) => findingOn(file, given))

/** One ground of a refusal as papers say it. What the Standard worded stands in both languages, whichever of them was chosen. */
export function findingOn(file: Pick<CaseFile, 'bound'>, given: GroundOfRefusal): Finding {
  const { court } = file.bound
  const ground = court.standard.grounds.find((g) => g.id === given.ground)
  if (ground === undefined) throw new Error(`ground ${given.ground} is not of the Standard`)
  const document = court.standard.documents.find((d) => d.id === given.document)
  return {
    ground: both(ground.title),
    clause: lawOf(file, ground.clause),
    ...(document === undefined ? {} : { document: both(document.title) }),
    fact: factOf(file, given),
    remedy: remedyOf(file, given),
  }
}

/** The Standard's act with a clause of it. */
export function lawOf({ bound }: Pick<CaseFile, 'bound'>, clause: string): PaperText {
  const { act } = bound.law.standard
  const line = (language: 'kk' | 'ru') => `${act.kind[language]} № ${act.number}, ${clause}`
  return { kk: line('kk'), ru: line('ru') }
}

export const factOf = ({ bound: { court } }: Pick<CaseFile, 'bound'>, { fact }: GroundOfRefusal): PaperText =>
  inBoth(standardFact(court.standard, fact), fact)
export const remedyOf = ({ bound: { court } }: Pick<CaseFile, 'bound'>, { remedy }: GroundOfRefusal): PaperText =>
  inBoth(standardRemedy(court.standard, remedy), remedy)

type Finding = PaperOf<'reasonedRefusal'>['findings'][number]
const inBoth = (words: Text | undefined, given: string) => (words === undefined ? asWritten(given) : both(words))

function receipt(draft: Draft, common: Common): Paper {
  const { file, state, sources, original } = draft
  const channel = file.bound.law.regulation.channels[state.channel]
  const latest = forecast(file.bound.court, state, original.at)
  if (latest === null) throw new Error(`${file.bound.law.regulation.id} gives no norm from which a latest date follows`)
  const place = sources.organisation(state.branch ?? state.provider.id)
  const secret = state.secret ?? ''
  const { without } = latest
  const notes = without.length === 0 ? [] : [sources.say('desk.paper.stepsWithoutNorm', { count: without.length })]
  return {
    kind: 'acceptanceReceipt',
    ...common,
    channel: both(channel?.title ?? { kk: state.channel }),
    documents: documents(draft),
    tracker: { link: `${sources.publicUrl}/t/${file.number}/${secret}`, address: `${sources.publicUrl}/track`, secret: grouped(secret) },
    latest: { at: latest.at, proof: [...sources.explain(file, latest.proof), ...notes] },
    collect: {
      place: both({ kk: `${place?.name.kk}, ${place?.address.kk}`, ru: `${place?.name.ru}, ${place?.address.ru}` }),
      time: sources.hours(state.branch ?? state.provider.id, original.at.slice(0, 10)),
    },
    complaint: complaint(draft),
  }
}

/** In fives, as people read letters aloud. */
const grouped = (secret: string) => secret.replace(/(.{5})(?=.)/g, '$1-')

function acceptanceRefusal(draft: Draft, common: Common): Paper {
  const { file, state, sources, issued, original } = draft
  const rules = file.bound.court.standard.documents
  const titleOf = (id: string) => both(rules.find((r) => r.id === id)?.title ?? { kk: id })
  const checked = state.completeness
  const lines = [
    ...(checked?.missing ?? []).map((id) => ({ title: titleOf(id), why: 'absent' as const })),
    ...(checked?.expired ?? []).map((id) => ({ title: titleOf(id), why: 'expired' as const })),
    ...(checked?.wronglyFilled ?? []).map((what) => ({
      title: sources.say('desk.paper.wronglyFilled'),
      why: 'absent' as const,
      note: asWritten(what),
    })),
  ]
  const basis = [
    { kk: `${actOf(file).kk}, ${original.clause}`, ru: `${actOf(file).ru}, ${original.clause}` },
    ...file.bound.law.general.flatMap((law) =>
      law.rights
        .filter((r) => r.id === 'refusalToAccept' && within(r, original.at))
        .map((r) => both({ kk: `${law.title.kk}, ${cite(law, r.clause)}`, ru: `${law.title.ru}, ${cite(law, r.clause)}` })),
    ),
  ]
  const address = state.applicant.address
  return {
    kind: 'acceptanceRefusal',
    ...common,
    ...(address === undefined ? {} : { applicantAddress: address }),
    ...annexOf(draft),
    basis,
    missing: lines.length > 0 ? lines : demanded(rules, state).map((r) => ({ title: both(r.title), why: 'absent' as const })),
    executor: { name: common.issuedBy.name, phone: sources.organisation(issued.by.organisation ?? '')?.phone ?? common.provider.phone },
    complaint: complaint(draft),
  }
}

function courierReceipt({ file, state, sources, original }: Draft, common: Common): Paper {
  const { steps } = file.bound.law.regulation
  const brings = (step: string) =>
    steps.find(({ id }) => id === step)?.does.some((d) => d.act === 'handOver' && d.what === 'package' && d.to === original.by.role)
  const courier = state.path.findLast((d) => brings(d.step))
  const staff = courier === undefined ? undefined : sources.staff(courier.by.id)
  const organisation = sources.organisation(courier?.by.organisation ?? state.branch ?? '')
  const { applicant: _notOnThisPaper, ...rest } = common
  return {
    kind: 'courierReceipt',
    ...rest,
    acceptedAt: original.at,
    from: { name: staff === undefined ? '—' : fullName(staff.name), organisation: both(organisation?.name ?? { kk: '—' }) },
    packages: [
      {
        number: file.number,
        documents: state.documents.length,
        sheets: state.documents.reduce((sum, d) => sum + d.pages * d.count, 0),
      },
    ],
  }
}
