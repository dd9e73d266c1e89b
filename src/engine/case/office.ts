import { mixedScript } from '../../language/fold.ts'
import type { Step } from '../../law/schema/step.ts'
import type { CommandOf, Decision } from './command.ts'
import { isAfter, partyOf } from './dues.ts'
import type { CaseEvent } from './events.ts'
import { type CaseLaw, cite, stepOf, within } from './law.ts'
import { isRunning } from './parts.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type CaseState, correctable } from './state.ts'
import { assigneeOf, givenBack, isTheirs, openStep } from './steps.ts'

/** Commands that every office needs beside the steps. None of them touches what was handed out. */

const head = (command: { actor: CaseEvent['actor'] }, clause: string | null, at: string) => ({
  schema: 1,
  at,
  actor: command.actor,
  clause,
})

/** An entry is corrected by another event; who, why, before and after stay readable. */
export function correct(law: CaseLaw, state: CaseState, command: CommandOf<'correct'>, now: string): Decision | Refusal {
  if (state.given !== null) return refuse('alreadyDecided', null, { what: command.entry })
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  if (!correctable.includes(command.entry)) return refuse('unknownEntry', null, { entry: command.entry })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  if (!isOfThisCase(law, state, command.actor)) return refuse('notYours', null, { role: state.step?.role ?? '' })
  const wrong = wrongValue(command)
  if (wrong) return wrong
  if (command.entry.startsWith('application.') && state.application === null) return refuse('missing', null, { what: 'application' })
  if (command.entry.startsWith('identification.') && state.identification === null)
    return refuse('missing', null, { what: 'identification' })
  const before = entryOf(state, command.entry) ?? null
  const { entry, reason, value } = command
  const event: CaseEvent = {
    type: 'EntryCorrected',
    ...head(command, null, now),
    data: { entry },
    personal: { before, after: value, reason },
  }
  return { events: [event], effects: [] }
}

/** An entry as it stands; undefined where nothing was entered. */
export function entryOf(state: CaseState, entry: string): string | undefined {
  const [part, field = ''] = entry.split('.')
  const parts: Record<string, object | null | undefined> = {
    application: state.application,
    applicant: state.applicant,
    identification: state.identification,
  }
  const found: unknown = Object.entries(parts[part ?? ''] ?? {}).find(([name]) => name === field)?.[1]
  return typeof found === 'string' ? found : undefined
}

/** A correction brings in nothing that intake would have refused. */
function wrongValue({ entry, value }: CommandOf<'correct'>): Refusal | null {
  const isName = ['application.surname', 'application.name', 'application.patronymic'].includes(entry)
  const [mixed] = isName ? mixedScript(value) : []
  if (mixed) return refuse('mixedScript', null, { word: mixed.word, letter: mixed.letters[0]?.typed ?? '' }, 'value')
  const needed = entry === 'application.surname' || entry === 'application.name' || entry === 'identification.number'
  return needed && value.trim() === '' ? refuse('missing', null, { what: 'application' }, 'value') : null
}

/**
 * Back to the previous performer, who does the step anew. What covers more than this step runs on: the law stops it for no return.
 * This step's own norm stops, since nobody has it any more, and runs anew when the step opens again.
 */
export function returnStep(law: CaseLaw, state: CaseState, command: CommandOf<'return'>, now: string): Decision | Refusal {
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  const open = state.step
  if (open === null) return refuse('nothingToReturn', null)
  const recalls = mayRecall(law, state, command.actor)
  if (!isTheirs(open, command.actor) && !recalls) return refuse('notYours', stepOf(law, open.id)?.clauses[0] ?? null, { role: open.role })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  if (open.awaiting !== undefined) return refuse('awaitingAnswer', null, { since: open.awaiting.since })
  const last = state.path.findLast((d) => (recalls ? refers(law, d.step) : d.by.kind === 'staff' && d.by.role !== open.role))
  const to = last === undefined ? undefined : stepOf(law, last.step)
  if (last === undefined || to === undefined) return refuse('nothingToReturn', null)
  const { reason } = command
  const returned: CaseEvent = {
    type: 'StepReturned',
    ...head(command, to.clauses[0] ?? null, now),
    data: {
      from: open.id,
      to: to.id,
      stopped: state.dues.filter((d) => d.until === open.id && d.step === open.id && isRunning(d)).map((d) => d.id),
    },
    personal: { reason },
  }
  const back = offeredBack(law, state, to, command, now)
  const opened = openStep(law, { ...state, step: null }, to, assigneeOf(state, to), command.actor, now)
  return { events: [returned, ...back, opened], effects: [] }
}

const refers = (law: CaseLaw, step: string): boolean => stepOf(law, step)?.does.some((act) => act.act === 'refer') ?? false

/**
 * Whoever gives applications to performers takes one back from a performer named by name: that performer may be ill, or of the staff
 * no longer, and nobody else may do the step.
 */
export function mayRecall(law: CaseLaw, state: CaseState, actor: CaseEvent['actor']): boolean {
  if (state.step === null || state.step.assignee === null || !isOfThisCase(law, state, actor) || isTheirs(state.step, actor)) return false
  return state.path.some((done) => refers(law, done.step) && stepOf(law, done.step)?.actor === actor.role)
}

/** Paper follows the step that is given back, wherever it lies: offered here, taken by whoever does that step anew. */
function offeredBack(law: CaseLaw, state: CaseState, to: Step, command: CommandOf<'return'>, now: string): CaseEvent[] {
  const taker = { role: to.actor, organisation: partyOf(law, state, to.actor).organisation ?? '' }
  return (['package', 'answer'] as const).flatMap((what): CaseEvent[] => {
    const custody = state.custody[what]
    const isNeeded = to.does.some((act) => ('what' in act && act.what === what) || (act.act === 'handIn' && what === 'package'))
    if (custody === undefined || !isNeeded || (custody.holder.role === taker.role && custody.holder.organisation === taker.organisation))
      return []
    return [{ type: 'CustodyOffered', ...head(command, to.clauses[0] ?? null, now), data: { what, from: custody.holder, to: taker } }]
  })
}

/** The applicant takes the application back before it is decided; the worker at whose desk they say so records it. */
export function withdraw(law: CaseLaw, state: CaseState, command: CommandOf<'withdraw'>, now: string): Decision | Refusal {
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  const right = law.general.flatMap((g) => g.rights.filter((r) => r.id === 'withdrawal' && within(r, now)).map((r) => cite(g, r.clause)))[0]
  if (state.signature !== null) return refuse('alreadyDecided', right ?? null, { what: 'answer' })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  if (!isOfThisCase(law, state, command.actor)) return refuse('notYours', null, { role: state.step?.role ?? '' })
  const clause = right ?? null
  const met = state.dues.filter((d) => d.binding && isRunning(d) && isAfter(now, d.dueAt)).map((d) => ({ id: d.id, late: true }))
  const ended: CaseEvent = { type: 'CaseEnded', ...head(command, clause, now), data: { ending: 'withdrawn', kind: 'withdrawn', met } }
  return { events: [...givenBack(state, command.actor, clause, now), ended], effects: [] }
}

/** A second print of a paper, marked as a copy; the first stays what it was. */
export function reissue(law: CaseLaw, state: CaseState, command: CommandOf<'reissue'>, now: string): Decision | Refusal {
  const first = state.papers.find((p) => p.id === command.paper)
  if (first === undefined || first.copyOf !== null) return refuse('unknownPaper', null, { paper: command.paper })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  if (!isOfThisCase(law, state, command.actor)) return refuse('notYours', first.clause, { role: first.by.role ?? '' })
  const copies = state.papers.filter((p) => p.copyOf?.id === first.id).length
  const { reason } = command
  const data = { paper: `${first.id}-copy-${copies + 1}`, of: first.id }
  return { events: [{ type: 'PaperReissued', ...head(command, first.clause, now), data, personal: { reason } }], effects: [] }
}

/**
 * A wrong answer that was handed out: whoever may sign answers opens the examination again, with the reason. The old papers stay,
 * marked as replaced. Only for what was decided; what was not accepted is submitted anew.
 */
export function replaceAnswer(law: CaseLaw, state: CaseState, command: CommandOf<'replace'>, now: string): Decision | Refusal {
  const by = state.signature?.by
  if (state.ended === null || state.given === null || by === undefined)
    return refuse('notNow', null, { step: 'replace', open: state.step?.id ?? '' })
  if (command.actor.kind !== 'staff' || command.actor.role !== by.role || command.actor.organisation !== by.organisation)
    return refuse('notYours', state.ended.clause, { role: by.role ?? '' })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  const to = law.regulation.steps.find((s) => s.channel === state.channel && s.does.some((act) => act.act === 'examine'))
  if (to === undefined) return refuse('nothingToReturn', null)
  const clause = to.clauses[0] ?? null
  const replaced: CaseEvent = {
    type: 'AnswerReplaced',
    ...head(command, clause, now),
    data: { to: to.id },
    personal: { reason: command.reason },
  }
  const opened = openStep(law, { ...state, step: null, ended: null }, to, assigneeOf(state, to), command.actor, now)
  return { events: [replaced, opened], effects: [] }
}

/** The lawyer who recorded a correction decides case by case whether it applies; what was decided before stays decided under the old text. */
export function adoptLaw(state: CaseState, command: CommandOf<'adoptLaw'>, now: string): Decision | Refusal {
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  if (command.actor.role !== 'administrator') return refuse('notYours', null, { role: 'administrator' })
  if (command.reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  const from = state.files[command.file]
  if (from === undefined || from === command.to) return refuse('unknownEntry', null, { entry: command.file })
  const { file, to, reason } = command
  return { events: [{ type: 'LawCorrected', ...head(command, null, now), data: { file, from, to, reason } }], effects: [] }
}

/** The clock's own command: which running dues have come near or gone by. Asked twice it answers once. */
export function markDues(state: CaseState, command: CommandOf<'mark'>, now: string): Decision {
  const events = state.dues
    .filter((d) => command.dues.includes(d.id) && d.binding && isRunning(d))
    .flatMap((d): CaseEvent[] => {
      const data = { id: d.id, dueAt: d.dueAt }
      if (d.state !== 'missed' && isAfter(now, d.dueAt)) return [{ type: 'DueMissed', ...head(command, d.clause, now), data }]
      if (d.state === 'running' && !isAfter(d.warnAt, now)) return [{ type: 'DueWarned', ...head(command, d.clause, now), data }]
      return []
    })
  return { events, effects: [] }
}

/** Anyone who has a step in this case: a role of its regulation at one of its two organisations. */
export function isOfThisCase(law: CaseLaw, state: CaseState, actor: CaseEvent['actor']): boolean {
  const role = actor.role === undefined ? undefined : law.regulation.roles[actor.role]
  if (actor.kind !== 'staff' || role === undefined) return false
  return actor.organisation === (role.at === 'provider' ? state.provider.id : state.branch)
}
