import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import { toCaseEvent } from '../../../../desk/events.ts'
import { sinceLastLook } from '../../../../desk/lastLook.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { History } from '../../../../desk/reading.ts'
import { partyOf } from '../../../../engine/case/dues.ts'
import { replay } from '../../../../engine/case/evolve.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import { inventedOf } from '../../../../law/invented.ts'
import type { Staff } from '../../../../people/model.ts'
import { type Door, type DoorContext, formOf, type Signed, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { allConform, examinationForm, undoAll } from '../../../forms/examination.ts'
import type { FieldProblem } from '../../../forms/fields.ts'
import { prefill } from '../../../forms/prefill.ts'
import { missingScans, takeScans } from '../../../forms/scans.ts'
import { rowsOf, type Section, sectionsOf } from '../../../forms/sections.ts'
import { type ReadForm, readStepForm } from '../../../forms/stepForm.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { casePath, stepPath, tellingSince } from '../../../paths.ts'
import { holdersOf } from '../../../wording/holders.ts'
import { namingFor } from '../../../wording/naming.ts'
import { notInForceWords, refusalLine, unsignedWords } from '../../../wording/refusals.ts'
import { isIntake } from '../intake/parts.ts'
import { actionsOf } from '../office/actions.ts'
import { Changed } from '../parts/changed.tsx'
import { sinceOf } from '../parts/since.ts'
import { SinceYouLooked } from '../parts/sinceLook.tsx'
import { Told } from '../parts/telling.tsx'
import { doSigned, wantsChange, waysOf } from '../signing/phase.tsx'
import { afterStep, noticeOf } from '../work/onward.tsx'
import { intakeFrom, type ListPlace, readPlace, stepFrom } from '../work/place.ts'
import { MovedPage } from './MovedPage.tsx'
import { StepPage } from './StepPage.tsx'
import type { StepView } from './view.ts'
import { WaitingPage } from './WaitingPage.tsx'

export function stepRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()

  routes.get('/cases/:number/steps/:step', async (c) => {
    const signed = signedIn(c)
    const [number, step] = [c.req.param('number'), c.req.param('step')]
    const looks = await house.reading.looks(number, signed.who)
    const history = await house.reading.case(number, signed.who, 'step')
    if (history === null) throw new Refused('notFound')
    const { state } = history.file
    const since = sinceOf(c)
    const next = state.step !== null && isTheirs(state.step, signed.who.actor) ? stepPath(number, state.step.id) : casePath(number)
    const place = readPlace(c.req.query('from'))
    if (state.step?.id !== step || next === casePath(number)) {
      const onward = since !== null && place !== undefined
      if (onward) return c.redirect(afterStep(place, { number, since, state, law: history.file.bound.court }, signed.who.actor), 303)
      return c.redirect(since === null ? next : tellingSince(next, since), 303)
    }
    if (isIntake(history.file.bound.court, state)) {
      const told = c.req.query('told')
      return c.redirect(intakeFrom(number, place, told === undefined ? {} : { told }), 303)
    }
    const view = await viewOf(house, frameOf(c).csrf ?? '', signed, history, {
      sections: null,
      typed: await typedBefore(house, c, history),
      place,
    })
    const told =
      since === null ? (
        await noticeOf(house, signed, c.req.query('told'))
      ) : (
        <Told history={history} naming={view.naming} viewer={signed.who.actor} since={since} />
      )
    const look = sinceLastLook(history.events, looks, signed.who.actor.id, nowOf(house, history))
    const notice = (
      <>
        {told}
        {look === null ? null : <SinceYouLooked history={history} naming={view.naming} look={look} />}
      </>
    )
    const props = { frame: frameOf(c), view, world: house.statutes.world, notice }
    return c.html(state.step.awaiting === undefined ? <StepPage {...props} /> : <WaitingPage {...props} now={nowOf(house, history)} />)
  })

  // Says only whether something is still waited for: nobody's data, so no row in the journal.
  routes.get('/cases/:number/steps/:step/waiting', async (c) => {
    const { actor } = signedIn(c).who
    const number = c.req.param('number')
    const home = Number(number.split('-')[0])
    const items = Number.isInteger(home) ? await house.ledger.work.ofCase(home, number) : []
    const mine = items.find(
      (item) => item.step === c.req.param('step') && item.organisation === actor.organisation && item.role === actor.role,
    )
    return c.json({ waiting: mine?.doc.awaiting === true })
  })

  routes.post('/cases/:number/steps/:step', (c) => doStep(house, frameOf, c, c.req.param('number'), c.req.param('step')))
  return routes
}

/** What the reader typed into this step before; what was typed before the step was opened anew, after a return, is of another time. */
async function typedBefore(house: House, c: DoorContext, { events }: History): Promise<URLSearchParams | null> {
  const saved = c.get('saved')
  if (saved === null) return null
  const values = new URLSearchParams(saved.values)
  const opened = events.findLast(({ type }) => type === 'StepOpened')?.seq ?? 0
  if (Number(values.get('_seen')) >= opened) return values
  c.set('saved', null)
  await house.ledger.savedForms.forget(saved)
  return null
}

async function doStep(house: House, frameOf: FrameOf, c: DoorContext, number: string, step: string): Promise<Response> {
  const signed = signedIn(c)
  const typed = await formOf(c)
  const history = await house.reading.case(number, signed.who, 'step')
  if (history === null) throw new Refused('notFound')
  const seen = Number(typed.get('_seen'))
  const key = typed.get('_key') ?? ''
  if (!Number.isInteger(seen) || seen < 1 || !/^[\w-]{20,60}$/.test(key)) throw new Refused('expired')
  const sections = sectionsAsSeen(house, history, step, seen)
  const shown = (told: ShownForm) => showForm(house, frameOf, c, history, step, sections, told)
  const law = history.file.bound.court
  const [then, now] = [stateAt(history, seen), nowOf(house, history)]
  if (wantsChange(typed)) return shown({ typed, status: 200 })
  const again = redrawn(law, then, sections, typed, now)
  if (again !== null) return shown({ typed: again, status: 200 })
  const taken = await takeScans(house, c, signed, number, typed)
  const scans = await house.scans.list(history.file.home, number)
  const problems = [...taken.problems, ...missingScans(typed, scans, history)]
  if (problems.length > 0 || taken.redraw) return shown({ typed, problems, status: problems.length > 0 ? 422 : 200 })
  const read = readStepForm({ law, state: then, sections, now }, typed)
  if (!read.ok) return shown({ typed, problems: read.problems, status: 422 })
  const outcome = await doSigned({ house, frameOf, c, number, step, input: read.input, typed, seen, key, action: stepPath(number, step) })
  if (outcome instanceof Response) return outcome
  const place = readPlace(typed.get('_from'))
  if (outcome.kind === 'done') {
    const since = String(seen)
    return c.redirect(place ? stepFrom(number, step, place, { since }) : tellingSince(stepPath(number, step), seen), 303)
  }
  return shown({ typed, outcome, read, status: 422 })
}

/** A button that only draws the form anew: another ground, all conform or not, the paper as it would be. Null where the form is to be done. */
export function redrawn(
  law: CaseLaw,
  state: CaseState,
  sections: readonly Section[],
  typed: URLSearchParams,
  now: string,
): URLSearchParams | null {
  if (typed.get('_add') === 'refusal') {
    typed.set('refusal.rows', String(rowsOf(typed) + 1))
    return typed
  }
  if (typed.get('_all') === 'undo') return undoAll(typed)
  if (typed.get('_all') === 'conform') return allConform(typed, examinationForm(law, state, sections, typed, now)?.examined ?? [])
  return typed.has('_show') ? typed : null
}

interface ShownForm {
  readonly typed: URLSearchParams
  readonly status: 200 | 409 | 422
  readonly problems?: readonly FieldProblem[]
  readonly outcome?: Exclude<Outcome, { kind: 'done' }>
  readonly read?: Extract<ReadForm, { ok: true }>
}

/** The form again with everything that was typed, and why it was not taken. */
async function showForm(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  before: History,
  step: string,
  sections: readonly Section[],
  told: ShownForm,
): Promise<Response> {
  const signed = signedIn(c)
  const { outcome, typed } = told
  if (outcome?.kind === 'notFound') throw new Refused('notFound')
  const seen = Number(typed.get('_seen'))
  const history = outcome ? await house.reading.case(before.file.number, signed.who, 'step') : before
  if (history === null) throw new Refused('notFound')
  const frame = frameOf(c)
  const naming = namingFor(house.people, signed.speech)
  const moved =
    history.file.version !== seen ? <Changed history={history} naming={naming} since={seen} viewer={signed.who.actor} /> : undefined
  const { state } = history.file
  if (state.step?.id !== step || !isTheirs(state.step, signed.who.actor)) {
    return c.html(
      <MovedPage
        frame={frame}
        number={history.file.number}
        notice={moved}
        lines={linesOf(outcome, history, signed, house)}
        invented={inventedOf(history.file.bound.law)}
      />,
      409,
    )
  }
  const refusedAt = outcome?.kind === 'refused' ? outcome.refusal.at : undefined
  const field = refusedAt === undefined ? undefined : told.read?.fieldAt(refusedAt)
  const view = await viewOf(house, frame.csrf ?? '', signed, history, {
    sections,
    typed,
    problems: told.problems,
    lines: linesOf(outcome, history, signed, house),
    field,
    place: readPlace(typed.get('_from')),
    key: outcome?.kind === 'keyReused' || outcome?.kind === 'changed' ? randomUUID() : (typed.get('_key') ?? randomUUID()),
  })
  return c.html(<StepPage frame={frame} view={view} world={house.statutes.world} notice={moved} />, moved ? 409 : told.status)
}

/** The words of a "no" that is not about one field. */
export function linesOf(outcome: ShownForm['outcome'], history: History, { speech }: Signed, house: House): string[] {
  const naming = namingFor(house.people, speech)
  switch (outcome?.kind) {
    case 'refused':
      return [refusalLine(outcome.refusal, history.file.bound.court, naming, speech)]
    case 'changed':
      return [speech.t('refusal.changed')]
    case 'keyReused':
      return [speech.t('refusal.keyReused')]
    case 'notInForce':
      return [notInForceWords(outcome.answer, naming, speech)]
    case 'unsigned':
      return [unsignedWords(outcome.reasons, speech)]
    default:
      return []
  }
}

/** The case as the sender of a form saw it: what was asked then is what the form answers, also when it is sent twice. */
export const stateAt = (history: History, seen: number): CaseState =>
  replay(history.events.slice(0, seen).map(toCaseEvent)) ?? history.file.state

export function sectionsAsSeen(house: House, history: History, step: string, seen: number): readonly Section[] {
  const { court } = history.file.bound
  const found = stepOf(court, step)
  if (found === undefined) throw new Refused('notFound')
  return sectionsOf(court, stateAt(history, seen), found, nowOf(house, history))
}

export const nowOf = (house: House, { file }: History): string =>
  momentIn(house.statutes.zoneOf(file.bound.law.regulation.region), house.clock.now())

export interface Drawn {
  readonly sections: readonly Section[] | null
  readonly typed: URLSearchParams | null
  readonly problems?: readonly FieldProblem[] | undefined
  readonly lines?: readonly string[]
  /** The field that the first of `lines` is about. */
  readonly field?: string | undefined
  readonly key?: string
  /** The list from which the step was opened. */
  readonly place?: ListPlace | undefined
}

export async function viewOf(house: House, csrf: string, { speech, who }: Signed, history: History, drawn: Drawn): Promise<StepView> {
  const { number, home, version, state, bound } = history.file
  const law = bound.court
  const step = stepOf(law, state.step?.id ?? '')
  if (step === undefined) throw new Error(`case ${number} has no open step to draw`)
  const now = nowOf(house, history)
  const naming = namingFor(house.people, speech)
  const sections = drawn.sections ?? sectionsOf(law, state, step, now)
  const title = (id: string) => naming.text(law.standard.documents.find((rule) => rule.id === id)?.title) || id
  const given = drawn.typed ?? prefill(state, sections)
  const examination = examinationForm(law, state, sections, given, now)
  const form = formView(speech, examination?.typed ?? given, drawn.problems, title, drawn.lines, drawn.field)
  const performers = performersOf(house, history)
  const asks = naming.text(bound.law.standard.asks)
  const holders = holdersOf(bound.law, naming, speech.t)
  return {
    number,
    version,
    law,
    state,
    invented: inventedOf(bound.law),
    asks,
    holders,
    step,
    sections,
    mayReturn: actionsOf(history.file, who.actor).return,
    examination,
    file: history.file,
    form,
    naming,
    scans: await house.scans.list(home, number),
    now,
    performers,
    key: drawn.key ?? randomUUID(),
    ways: waysOf(house),
    csrf,
    place: drawn.place,
  }
}

/** Whom the head may name: those who hold the next step's role at its organisation. */
function performersOf(house: House, { file }: History): readonly Staff[] {
  const law = file.bound.court
  const follows = stepOf(law, file.state.step?.id ?? '')?.outcomes.done
  const next = follows !== undefined && 'next' in follows ? stepOf(law, follows.next) : undefined
  const role = next?.actor
  const organisation = role === undefined ? null : partyOf(law, file.state, role).organisation
  return role === undefined || organisation === null ? [] : house.people.staffOf(organisation, role)
}
