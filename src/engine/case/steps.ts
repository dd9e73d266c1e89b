import { deciding } from '../../law/schema/acts.ts'
import type { Step } from '../../law/schema/step.ts'
import type { Deed, Scene } from '../acts/act.ts'
import { perform } from '../acts/index.ts'
import type { CommandOf, Decision } from './command.ts'
import { metBy, metByEnd, normsOf, partyOf, termsOf } from './dues.ts'
import { type Task, tasksOf } from './duties.ts'
import type { Actor, CaseEvent, Effect } from './events.ts'
import { evolve } from './evolve.ts'
import type { StepInput } from './input.ts'
import { type CaseLaw, stepOf } from './law.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { CaseState, OpenStep } from './state.ts'

const engine: Actor = { kind: 'system', id: 'engine' }

interface Course {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly effects: readonly Effect[]
}

/** A person does the step that is open. */
export function doStep(law: CaseLaw, state: CaseState, command: CommandOf<'step'>, now: string): Decision | Refusal {
  const open = state.step
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  const step = stepOf(law, command.step)
  if (step === undefined) return refuse('unknownStep', null, { step: command.step })
  const clause = step.clauses[0] ?? null
  if (open === null || open.id !== step.id) return refuse('notNow', clause, { step: step.id, open: open?.id ?? '' })
  if (!isTheirs(open, command.actor)) return refuse('notYours', clause, { role: step.actor })
  // A failure that nobody repeats by itself is repeated by the worker, who does the step anew.
  const stuck = open.awaiting !== undefined && open.awaiting.failures > 0 && open.awaiting.retryAt === null
  if (open.awaiting !== undefined && !stuck) return refuse('awaitingAnswer', clause, { since: open.awaiting.since })
  return go(law, { state, events: [], effects: [] }, step, command, now)
}

/** An outside system answered what a step was waiting for. A failure is no answer: the step stays open and the term goes on. */
export function answered(law: CaseLaw, state: CaseState, command: CommandOf<'answer'>, now: string): Decision | Refusal {
  const { answer, actor } = command
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  const step = stepOf(law, command.step)
  if (step === undefined) return refuse('unknownStep', null, { step: command.step })
  const clause = step.clauses[0] ?? ''
  if (state.step?.id !== step.id || state.step.awaiting === undefined)
    return refuse('notNow', clause, { step: step.id, open: state.step?.id ?? '' })
  const head = { schema: 1, at: now, actor, clause }
  if (answer.kind === 'technicalFailure') {
    const { code, text, retryAt } = answer
    return { events: [{ type: 'OutsideFailed', ...head, data: { step: step.id, code, text, retryAt: retryAt ?? null } }], effects: [] }
  }
  const event: CaseEvent =
    answer.kind === 'delivered'
      ? deliveredAs(head, answer)
      : {
          type: 'RegisterAnswered',
          ...head,
          data: { found: answer.kind === 'found', text: answer.kind === 'found' ? null : answer.text, exchange: answer.exchange },
          // What the register says against a person is theirs as much as their name: never plain in the chain.
          personal: {
            person: answer.kind === 'found' ? answer.person : null,
            ...(answer.kind === 'found' && answer.marks?.length ? { marks: answer.marks } : {}),
          },
        }
  const course = after({ state, events: [], effects: [] }, [event])
  // What was sent is acted upon by two workstations: both count from the moment at which it was sent, however long it was on its way.
  const from = answer.kind === 'delivered' ? state.step.awaiting.since : now
  return finish(law, course, step, 'done', { actor, number: command.number, now, from })
}

function deliveredAs(
  head: Pick<CaseEvent, 'at' | 'actor' | 'clause'>,
  { exchange, receivedAt, correlation, digest }: Delivered,
): CaseEvent {
  const known = correlation === undefined || digest === undefined ? undefined : { correlation, digest }
  return { type: 'RequestDelivered', ...head, schema: known ? 2 : 1, data: { exchange, receivedAt, ...known } }
}
type Delivered = Extract<CommandOf<'answer'>['answer'], { kind: 'delivered' }>

/** The event that opens a step, with the norms that begin to run. */
export function openStep(
  law: CaseLaw,
  state: CaseState,
  step: Step,
  assignee: string | null,
  actor: Actor,
  now: string,
  from = now,
): CaseEvent {
  const organisation = step.actor === 'system' ? null : partyOf(law, state, step.actor).organisation
  return {
    type: 'StepOpened',
    schema: 1,
    at: now,
    actor,
    clause: step.clauses[0] ?? null,
    data: { step: step.id, role: step.actor, organisation, assignee, dues: normsOf(law, state, step, from) },
  }
}

/** A step is theirs by role, organisation and, where the head named a performer, by name: their own, or that of whom they act for. */
export function isTheirs(open: OpenStep, actor: Actor): boolean {
  return (
    actor.kind === 'staff' &&
    actor.role === open.role &&
    actor.organisation === open.organisation &&
    (open.assignee === null || open.assignee === actor.id || open.assignee === actor.acting?.for)
  )
}

interface Doing {
  readonly actor: Actor
  readonly number: string
  readonly input: StepInput
}

function go(law: CaseLaw, course: Course, step: Step, doing: Doing, now: string): Decision | Refusal {
  const lacking = step.needs.find((fact) => course.state.facts[fact] === undefined)
  if (lacking !== undefined) return refuse('missing', step.clauses[0] ?? null, { what: lacking })
  let decided: string | null = null
  let awaits = false
  for (const task of tasksOf(law, course.state, step, now)) {
    const deed: Deed | Refusal = perform(sceneOf(law, course.state, step, task, doing, decided, now), task.act)
    if (isRefusal(deed)) return deed
    if (task.duty !== null && deed.decided === 'refused') return refuse('consentRequired', task.clause, {}, 'consent')
    if (task.duty === null) decided = deed.decided ?? decided
    awaits ||= deed.awaits === true
    course = after(course, deed.events, deed.effects)
  }
  if (awaits) return course
  return finish(law, course, step, outcomeOf(course.state, step, decided), { actor: doing.actor, number: doing.number, now, from: now })
}

function sceneOf(law: CaseLaw, state: CaseState, step: Step, task: Task, doing: Doing, decided: string | null, now: string): Scene {
  return { law, state, step, input: doing.input, actor: doing.actor, now, number: doing.number, clause: task.clause, decided }
}

function outcomeOf(state: CaseState, step: Step, decided: string | null): string {
  if (decided !== null) return decided
  switch (step.comesOutAs) {
    case undefined:
      return 'done'
    case 'examine':
      return deciding.examine[state.examination?.conforming ? 0 : 1]
    case 'checkCompleteness':
      return deciding.checkCompleteness[state.completeness?.complete ? 0 : 1]
    case 'judgeAnswer':
      return deciding.judgeAnswer[state.registerAnswer?.found ? 0 : 1]
    case 'consent':
      return deciding.consent[state.consent?.given ? 0 : 1]
  }
}

interface Finish {
  readonly actor: Actor
  readonly number: string
  readonly now: string
  /** From when the norms of the step that follows are counted. */
  readonly from: string
}

/** Ends a step: what it came out as, what that means for terms, and what follows; a system's step that follows is done at once. */
function finish(law: CaseLaw, course: Course, step: Step, outcome: string, { actor, number, now, from }: Finish): Decision | Refusal {
  const follows = step.outcomes[outcome]
  if (follows === undefined) throw new Error(`step ${step.id} of ${law.regulation.id} has no outcome ${outcome}: the file was not checked`)
  const clause = follows.clause ?? step.clauses[0] ?? null
  const next = 'next' in follows ? follows.next : null
  course = after(course, [
    { type: 'StepDone', schema: 1, at: now, actor, clause, data: { step: step.id, outcome, next, met: metBy(course.state, step.id, now) } },
  ])
  course = start(law, course, step, actor, now)
  if ('end' in follows) return end(law, course, follows.end, clause, actor, now)
  const following = stepOf(law, follows.next)
  if (following === undefined) throw new Error(`step ${follows.next} of ${law.regulation.id} does not exist: the file was not checked`)
  course = after(course, [openStep(law, course.state, following, assigneeOf(course.state, following), actor, now, from)])
  if (following.actor !== 'system') return course
  return go(law, course, following, { actor: engine, number, input: {} }, now)
}

function start(law: CaseLaw, course: Course, step: Step, actor: Actor, now: string): Course {
  const channel = law.regulation.channels[course.state.channel]
  if (channel === undefined || channel.start.at !== step.id || course.state.startedAt !== null) return course
  const dues = termsOf(law, course.state, now)
  return after(course, [
    { type: 'ServiceStarted', schema: 1, at: now, actor, clause: channel.start.clause, data: { channel: course.state.channel, dues } },
  ])
}

function end(law: CaseLaw, course: Course, ending: string, clause: string | null, actor: Actor, now: string): Decision {
  const kind = law.regulation.endings[ending]?.kind
  if (kind === undefined) throw new Error(`ending ${ending} of ${law.regulation.id} does not exist: the file was not checked`)
  const back = kind === 'notAccepted' || kind === 'impossible' ? givenBack(course.state, actor, clause, now) : []
  course = after(course, back)
  return after(course, [{ type: 'CaseEnded', schema: 1, at: now, actor, clause, data: { ending, kind, met: metByEnd(course.state, now) } }])
}

/** Documents that were not accepted are not ours to keep: they go back to the one who brought them. */
export function givenBack(state: CaseState, actor: Actor, clause: string | null, now: string): CaseEvent[] {
  const custody = state.custody.package
  if (custody === undefined) return []
  const to = { role: 'applicant', organisation: '' }
  return [{ type: 'CustodyTaken', schema: 1, at: now, actor, clause, data: { what: 'package', from: custody.holder, to } }]
}

/** The performer whom the head named has every later step of that role. */
export const assigneeOf = (state: CaseState, step: Step) => (state.assignee?.role === step.actor ? state.assignee.id : null)

function after(course: Course, events: readonly CaseEvent[], effects: readonly Effect[] = []): Course {
  let { state } = course
  for (const event of events) state = evolve(state, event)
  return { state, events: [...course.events, ...events], effects: [...course.effects, ...effects] }
}
