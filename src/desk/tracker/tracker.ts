import { demanded } from '../../engine/acts/intake.ts'
import { type Forecast, forecast, way } from '../../engine/case/forecast.ts'
import { cite, stepOf, within } from '../../engine/case/law.ts'
import { outagesDuring } from '../../engine/case/outages.ts'
import { isRunning } from '../../engine/case/parts.ts'
import { isAccepted, type Stage, stageOf } from '../../engine/case/stage.ts'
import type { CaseState, Due, IssuedPaper } from '../../engine/case/state.ts'
import type { LocalText } from '../../language/translator.ts'
import type { Step } from '../../law/schema/step.ts'
import type { Organisation } from '../../people/model.ts'
import type { Deadline } from '../../time/deadline.ts'
import { remaining } from '../../time/meter.ts'
import { hoursOf, type World } from '../../time/schedule.ts'
import { explain } from '../../time/words.ts'
import type { CaseFile } from '../outcome.ts'
import { consentOf } from './consent.ts'
import type { Ahead, Cause, Latest, Place, Received, TermState, Todo, Tracker, Visit } from './seen.ts'

export interface TrackerSources {
  readonly world: World
  readonly organisation: (id: string) => Organisation | undefined
}

/** What the applicant is told of a case at a moment (RFC 3339, the region's offset). A pure function of what happened. */
export function trackerOf(file: CaseFile, now: string, sources: TrackerSources): Tracker {
  const { court } = file.bound
  const { state } = file
  const open = state.step
  const step = open === null ? undefined : stepOf(court, open.id)
  const stage = stageOf(court, state)
  const receiver = court.regulation.channels[state.channel]?.receiver === 'corporation' ? state.branch : state.provider.id
  const here: Place = {
    organisation: nameOf(sources, open?.organisation ?? receiver),
    role: court.regulation.roles[open?.role ?? '']?.title ?? null,
  }
  return {
    number: file.number,
    stage,
    since: state.ended?.at ?? open?.since ?? state.openedAt,
    ending: court.regulation.endings[state.ended?.ending ?? '']?.title ?? null,
    here,
    doing: step?.title ?? null,
    clause: state.ended?.clause ?? step?.clauses[0] ?? null,
    papersAt: papersAt(file, sources),
    // Minutes that begin when the applicant comes are no date to wait for.
    latest: stage === 'ready' && !state.dues.some((d) => d.kind === 'term') ? null : latestOf(file, now, sources),
    late: lateOf(file),
    todo: todoOf(file, stage, step, now, sources),
    asks: court.standard.options.find((o) => o.id === state.asks)?.title ?? null,
    documents: documentsOf(file),
    ahead: state.ended === null ? aheadOf(file, sources) : [],
    papers: papersOf(file),
    outages: outagesOf(state),
    outage: outageOf(state),
    complaints: court.general.flatMap((law) =>
      law.complaints.filter((c) => within(c, now)).map((c) => ({ ...c, cited: cite(law, c.clause) })),
    ),
    mayWithdraw: withdrawalOf(file, now),
  }
}

const nameOf = (sources: TrackerSources, id: string | null | undefined) => (id ? (sources.organisation(id)?.name ?? null) : null)

function papersAt({ bound, state }: CaseFile, sources: TrackerSources): Place | null {
  const holder = (state.custody.answer ?? state.custody.package)?.holder
  if (holder === undefined || holder.role === 'applicant') return null
  if (holder.role === state.step?.role && holder.organisation === state.step.organisation) return null
  return { organisation: nameOf(sources, holder.organisation), role: bound.court.regulation.roles[holder.role]?.title ?? null }
}

function latestOf({ bound, state }: CaseFile, now: string, { world }: TrackerSources): Latest | null {
  const term = state.dues.find((d) => d.kind === 'term')
  if (term?.state === 'stopped') return null
  const found = state.ended !== null && term === undefined ? null : forecast(bound.court, state, now)
  if (found === null || !isAccepted(state)) return null
  const proof = found.proof as unknown as Deadline // made by the time floor (engine/case/counting.ts), carried by the engine as it was
  return {
    date: found.date,
    at: found.at,
    clause: found.clause,
    norm: proof.norm,
    proof,
    state: term === undefined ? forecastState(found, now) : termState(term, now),
    lines: explain(proof, world),
    warnings: proof.warnings,
    left: term === undefined || term.endedAt !== null ? null : leftOf(proof, now, world),
    summed: term === undefined,
    without: found.without.flatMap((id) => stepOf(bound.court, id)?.title ?? []),
  }
}

const isPast = (moment: string, now: string) => Date.parse(now) > Date.parse(moment)

function termState(term: Due, now: string): TermState {
  if (term.state === 'met') return 'done'
  if (term.state === 'metLate') return 'doneLate'
  if (isPast(term.dueAt, now)) return 'overdue'
  return isPast(term.warnAt, now) ? 'soon' : 'running'
}

const forecastState = (found: Forecast, now: string): TermState => (isPast(found.at, now) ? 'overdue' : 'running')

function leftOf(proof: Deadline, now: string, world: World): Latest['left'] {
  const answer = remaining(proof, now, world)
  if (!answer.ok || answer.value.late) return null
  const { days, minutes } = answer.value
  if (days > 0) return proof.norm.unit === 'cd' ? { calendarDays: days } : { workingDays: days }
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

function lateOf({ bound, state }: CaseFile): Tracker['late'] {
  return state.dues
    .filter((d) => d.binding && (d.state === 'metLate' || (d.state === 'missed' && isRunning(d))))
    .map((d) => ({ clause: d.clause, title: d.step === null ? null : (stepOf(bound.court, d.step)?.title ?? null) }))
}

function todoOf(file: CaseFile, stage: Stage, step: Step | undefined, now: string, sources: TrackerSources): Todo {
  const { state, bound } = file
  const { channels } = bound.court.regulation
  const intake = channels[state.channel]?.receiver === 'corporation' ? state.branch : state.provider.id
  switch (stage) {
    case 'ready': {
      const receipt = step?.does.some((act) => act.act === 'giveAnswer' && act.against === 'receiptAndIdentity') ?? false
      const asked =
        receipt ||
        way(bound.court, step?.id ?? null).some((s) => s.does.some((a) => a.act === 'giveAnswer' && a.against === 'receiptAndIdentity'))
      const visit = visitTo(state.step?.organisation ?? intake, now, sources)
      return { kind: 'collect', receipt: asked, representative: state.by === 'representative', visit }
    }
    case 'incomplete':
    case 'notAccepted':
      return { kind: 'bringMissing', ...missingOf(file), visit: visitTo(intake, now, sources) }
    case 'impossible':
      return { kind: 'clarify', documents: [], notes: [], visit: visitTo(intake, now, sources) }
    case 'refused':
      return { kind: 'removeCauses', causes: causesOf(file) }
    case 'served':
      return { kind: 'done' }
    case 'withdrawn':
      return { kind: 'withdrawn' }
    case 'begun':
      return { kind: 'toldLater' }
    case 'inWork':
    case 'waiting':
      return { kind: 'nothing' }
  }
}

function missingOf({ bound, state }: CaseFile): { documents: LocalText[]; notes: readonly string[] } {
  const rules = bound.court.standard.documents
  const { missing = [], expired = [], wronglyFilled = [] } = state.completeness ?? {}
  const named = [...missing, ...expired].flatMap((id) => rules.find((r) => r.id === id)?.title ?? [])
  const whole = named.length > 0 || wronglyFilled.length > 0 ? named : demanded(rules, state).map((r) => r.title)
  return { documents: whole, notes: wronglyFilled }
}

function causesOf({ bound, state }: CaseFile): Cause[] {
  return (state.answer?.grounds ?? []).flatMap(({ ground, fact, remedy }) => {
    const known = bound.court.standard.grounds.find((g) => g.id === ground)
    return known === undefined ? [] : [{ ground: known.title, clause: known.clause, fact, remedy }]
  })
}

function visitTo(id: string | null | undefined, now: string, { organisation, world }: TrackerSources): Visit {
  const place = id ? organisation(id) : undefined
  if (place === undefined) return { organisation: null, address: null, phone: null, hours: null }
  const day = now.slice(0, 10)
  const timeline = hoursOf(world, { kind: place.at, region: place.region, hours: place.hours })
  const hours = timeline.findLast((h) => h.from <= day && (h.until === undefined || day <= h.until)) ?? null
  return { organisation: place.name, address: place.address, phone: place.phone, hours }
}

function documentsOf({ bound, state }: CaseFile): Received[] {
  const back = state.custody.package?.holder.role === 'applicant'
  return state.documents.map((d) => {
    const rule = bound.court.standard.documents.find((r) => r.id === d.id) ?? null
    return {
      id: d.id,
      rule,
      original: d.originalSeen || d.presented === 'original',
      copy: d.presented === 'copy' || d.presented === 'copyWithOriginal',
      returned: back || (rule?.returned ?? false),
      pages: d.pages * d.count,
      ...(d.validUntil === undefined ? {} : { validUntil: d.validUntil }),
    }
  })
}

function aheadOf({ bound, state }: CaseFile, sources: TrackerSources): Ahead[] {
  const { court } = bound
  return way(court, state.step?.id ?? null)
    .slice(1)
    .map((step) => {
      const at = court.regulation.roles[step.actor]?.at
      return {
        title: step.title,
        clause: step.clauses[0] ?? '',
        norm: step.norms.find((n) => n.binding) ?? null,
        role: court.regulation.roles[step.actor]?.title ?? null,
        organisation: at === undefined ? null : nameOf(sources, at === 'provider' ? state.provider.id : state.branch),
      }
    })
}

/** Papers for the applicant; the answer only after it was handed over against proof of identity. */
const givenAtOnce = new Set(['acceptanceReceipt', 'acceptanceRefusal', 'noDataNotice'])
const givenAtHandOver = new Set(['result', 'reasonedRefusal', 'refusalNotice'])

/** A replaced answer had been handed over: it stays readable beside the one that took its place. */
export const isForApplicant = (
  state: CaseState,
  { kind, replacedAt, neverGiven }: Pick<IssuedPaper, 'kind' | 'replacedAt' | 'neverGiven'>,
) => givenAtOnce.has(kind) || (givenAtHandOver.has(kind) && neverGiven === undefined && (state.given !== null || replacedAt !== null))

function papersOf({ bound, state }: CaseFile): Tracker['papers'] {
  return state.papers
    .filter((p) => isForApplicant(state, p))
    .flatMap((p) => {
      const form = bound.court.regulation.papers.find((f) => f.id === p.form)
      return form === undefined ? [] : [{ id: p.id, title: form.title, at: p.at, copy: p.copyOf !== null, replacedAt: p.replacedAt }]
    })
}

/** Those that lay in the life of what is late. */
function outagesOf(state: CaseState): Tracker['outages'] {
  const late = state.dues.filter((d) => d.binding && (d.state === 'metLate' || (d.state === 'missed' && isRunning(d))))
  const causes = new Set(late.flatMap((due) => outagesDuring(state.outages, due)))
  return state.outages.filter((one) => causes.has(one)).map(({ from, until }) => ({ from, until }))
}

function outageOf(state: CaseState): Tracker['outage'] {
  const down = state.outages.find((o) => o.until === null)
  if (down === undefined || state.ended !== null) return null
  const { retryAt = null, lastFailure = null } = state.step?.awaiting ?? {}
  return { since: down.from, retryAt, consent: consentOf(lastFailure) }
}

/** The clause under which the applicant may still take the application back. */
function withdrawalOf({ bound, state }: CaseFile, now: string): string | null {
  if (state.ended !== null || state.signature !== null) return null
  return (
    bound.court.general.flatMap((g) => g.rights.filter((r) => r.id === 'withdrawal' && within(r, now)).map((r) => cite(g, r.clause)))[0] ??
    null
  )
}
