import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { comparedWithRegister, contradictions } from '../../../../desk/compared.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { History } from '../../../../desk/reading.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import { entryOf } from '../../../../engine/case/office.ts'
import { type Correctable, correctable } from '../../../../engine/case/state.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import { inventedOf } from '../../../../law/invented.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { type FieldProblem, FormReader } from '../../../forms/fields.ts'
import { missingScans, takeScans } from '../../../forms/scans.ts'
import { splitName } from '../../../forms/splitName.ts'
import { readStepForm } from '../../../forms/stepForm.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { casePath, intakePath } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { Changed } from '../parts/changed.tsx'
import { doSigned, wantsChange } from '../signing/phase.tsx'
import { MovedPage } from '../step/MovedPage.tsx'
import { linesOf, nowOf, redrawn, sectionsAsSeen, stateAt } from '../step/routes.tsx'
import { noticeOf } from '../work/onward.tsx'
import { intakeFrom, type ListPlace, readPlace } from '../work/place.ts'
import { type Drawn, drawIntake } from './draw.tsx'
import { type Earlier, earlierOf, typedFrom } from './earlier.ts'
import { allHere } from './everything.ts'
import { IntakePage } from './IntakePage.tsx'
import { isIntake, needsCheck } from './parts.ts'
import { taking } from './Register.tsx'

/** An application comes in on one screen: each step is still its own command with its own time; the screen only follows the case. */
export function intakeRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get('/cases/:number/intake', (c) => show(house, frameOf, c, c.req.param('number')))
  routes.post('/cases/:number/intake', (c) => receive(house, frameOf, c, c.req.param('number')))
  routes.post('/cases/:number/intake/earlier', (c) => tellEarlier(house, c, c.req.param('number')))
  return routes
}

async function historyOf(house: House, c: DoorContext, number: string): Promise<History> {
  const history = await house.reading.case(number, signedIn(c).who, 'step')
  if (history === null) throw new Refused('notFound')
  return history
}

const isMine = ({ file: { state } }: History, c: DoorContext): boolean => state.step !== null && isTheirs(state.step, signedIn(c).who.actor)

async function show(house: House, frameOf: FrameOf, c: DoorContext, number: string) {
  const history = await historyOf(house, c, number)
  const { file } = history
  // Somebody else's turn, before the desk is through: the case page tells whose.
  if (isIntake(file.bound.court, file.state) && !isMine(history, c)) return c.redirect(casePath(number), 303)
  const entry = correctable.find((one) => one === c.req.query('change'))
  const earlier = file.state.application ? null : await named(house, c, history, c.req.query('again'))
  const drawn: Drawn = {
    typed: null,
    place: readPlace(c.req.query('from')),
    change: entry === undefined ? null : changeOf(c, history, entry),
    again: earlier === null ? null : { earlier, taken: true },
  }
  const notice = await noticeOf(house, signedIn(c), c.req.query('told'))
  return draw(house, frameOf, c, history, drawn, { status: 200, notice })
}

interface Manner {
  readonly status: 200 | 409 | 422
  readonly notice?: unknown
}

async function draw(house: House, frameOf: FrameOf, c: DoorContext, history: History, drawn: Drawn, { status, notice }: Manner) {
  const frame = frameOf(c)
  const view = await drawIntake(house, frame.csrf ?? '', signedIn(c), history, drawn)
  return c.html(<IntakePage frame={frame} view={view} world={house.statutes.world} notice={notice as never} />, status) // an element or nothing
}

/** The entry as it stands, to be typed over. */
function changeOf(c: DoorContext, { file: { state } }: History, entry: Correctable, typed?: FormReader) {
  const { speech } = signedIn(c)
  const form = typed?.typed ?? new URLSearchParams({ value: entryOf(state, entry) ?? '' })
  return { entry, form: formView(speech, form, typed?.problems ?? []) }
}

async function receive(house: House, frameOf: FrameOf, c: DoorContext, number: string): Promise<Response> {
  const typed = splitName(splitName(await formOf(c), 'application'), 'application.representative')
  const history = await historyOf(house, c, number)
  const [seen, key, wish] = [Number(typed.get('_seen')), typed.get('_key') ?? '', typed.get('_do') ?? '']
  if (!Number.isInteger(seen) || seen < 1 || !/^[\w-]{20,60}$/.test(key)) throw new Refused('expired')
  const desk: Desk = { house, frameOf, c, number, history, typed, seen, key, place: readPlace(typed.get('_from')) }
  if (wish === 'correct') return correct(desk)
  const taken = correctable.filter((entry) => wish === taking.all || wish === taking.one(entry))
  if (taken.length > 0) return take(desk, taken)
  return doStep(desk, wish)
}

interface Desk {
  readonly house: House
  readonly frameOf: FrameOf
  readonly c: DoorContext
  readonly number: string
  readonly history: History
  readonly typed: URLSearchParams
  readonly seen: number
  readonly key: string
  readonly place: ListPlace | undefined
}

async function doStep(desk: Desk, wish: string): Promise<Response> {
  const { house, history, typed, seen, key, number, c } = desk
  const law = history.file.bound.court
  const step = stepOf(law, typed.get('_step') ?? '')
  if (step === undefined) throw new Refused('notFound')
  const sections = sectionsAsSeen(house, history, step.id, seen)
  const again = await againOf(desk, wish)
  if (wish === 'again' && again !== null) {
    for (const [name, value] of typedFrom(again.earlier)) typed.set(name, value)
    typed.set('again', again.earlier.number)
  }
  const form = { typed, sections, again }
  if (wish === 'iin' || wish === 'again' || wish === 'change' || wantsChange(typed)) return redraw(desk, form, 200)
  const [before, now] = [stateAt(history, seen), nowOf(house, history)]
  const other = redrawn(law, before, sections, typed, now)
  if (other !== null) return redraw(desk, { ...form, typed: other }, 200)
  if (wish === 'all') allHere(law, before, typed)
  // Where the same form goes on to an examination, the key only says what is here.
  if (wish === 'all' && sections.some(({ name }) => name === 'findings')) return redraw(desk, form, 200)
  const scans = await scansOf(desk)
  if (scans.problems.length > 0 || scans.redraw)
    return redraw(desk, { ...form, problems: scans.problems }, scans.problems.length > 0 ? 422 : 200)
  const read = readStepForm({ law, state: before, sections, now }, typed)
  const unseen = differencesUnseen(step.does, before, typed)
  const problems = [...(read.ok ? [] : read.problems), ...unseen]
  if (!read.ok || problems.length > 0) return redraw(desk, { ...form, problems }, 422)
  if (needsCheck(law, before, step, now) && typed.get('_checked') !== 'yes' && history.file.version === seen)
    return redraw(desk, { ...form, checking: read.input }, 200)
  const { frameOf } = desk
  const signing = { house, frameOf, c, number, step: step.id, input: read.input, typed, seen, key, action: intakePath(number) }
  const outcome = await doSigned(signing)
  if (outcome instanceof Response) return outcome
  if (outcome.kind === 'done') return c.redirect(intakeFrom(number, desk.place), 303)
  const field = outcome.kind === 'refused' && outcome.refusal.at !== undefined ? read.fieldAt(outcome.refusal.at) : undefined
  return refused(desk, form, step.id, outcome, field)
}

/** What came with the form is kept before the step names it. */
async function scansOf({ house, c, number, history, typed }: Desk) {
  const taken = await takeScans(house, c, signedIn(c), number, typed)
  const kept = await house.scans.list(history.file.home, number)
  return { redraw: taken.redraw, problems: [...taken.problems, ...missingScans(typed, kept, history)] }
}

/** A request is sealed over contradictions only by somebody who has said that they were looked at. */
function differencesUnseen(does: readonly { act: string }[], state: History['file']['state'], typed: URLSearchParams): FieldProblem[] {
  const seals = does.some(({ act }) => act === 'sealRequest')
  const isUnseen = seals && contradictions(comparedWithRegister(state)).length > 0 && !typed.get('differences')
  return isUnseen ? [{ field: 'differences', code: 'differences', params: {} }] : []
}

const redraw = (desk: Desk, drawn: Drawn, status: 200 | 422) =>
  draw(desk.house, desk.frameOf, desk.c, desk.history, { key: desk.key, place: desk.place, ...drawn }, { status })

/** What somebody else did meanwhile, or what stands in the way: told on the page of the case as it is now, with everything that was typed. */
async function refused(desk: Desk, form: Drawn, step: string, outcome: Exclude<Outcome, { kind: 'done' }>, field?: string) {
  const { house, frameOf, c, seen, number } = desk
  if (outcome.kind === 'notFound') throw new Refused('notFound')
  const signed = signedIn(c)
  const history = await historyOf(house, c, number)
  const naming = namingFor(house.people, signed.speech)
  const isOld = history.file.version !== seen
  const notice = isOld ? <Changed history={history} naming={naming} since={seen} viewer={signed.who.actor} /> : undefined
  const lines = linesOf(outcome, history, signed, house)
  if (history.file.state.step?.id !== step || !isMine(history, c)) {
    const invented = inventedOf(history.file.bound.law)
    return c.html(<MovedPage frame={frameOf(c)} number={number} notice={notice} lines={lines} invented={invented} />, 409)
  }
  const key = outcome.kind === 'keyReused' || outcome.kind === 'changed' ? randomUUID() : desk.key
  return draw(house, frameOf, c, history, { ...form, lines, field, key, place: desk.place }, { status: isOld ? 409 : 422, notice })
}

async function correct(desk: Desk): Promise<Response> {
  const form = new FormReader(desk.typed)
  const entry = form.choice('entry', 'entry', correctable)
  if (entry === undefined) throw new Refused('expired')
  const value = form.required('value', 'after')
  const reason = form.required('reason', 'reason', 2000)
  form.oneScript('value', entry.split('.')[1] ?? '', value)
  if (form.problems.length > 0) return redraw(desk, { typed: null, change: changeOf(desk.c, desk.history, entry, form) }, 422)
  return office(desk, entry, value, reason)
}

/** The register's spelling in place of what was typed, each by a correction of its own; the reason says so by itself. */
async function take(desk: Desk, entries: readonly Correctable[]): Promise<Response> {
  const reason = signedIn(desk.c).speech.t('intake.differences.reason')
  const found = comparedWithRegister(desk.history.file.state)?.filter(({ entry }) => entry !== undefined && entries.includes(entry)) ?? []
  for (const [at, { entry, register }] of found.entries()) {
    if (entry === undefined) continue
    const turn = { ...desk, key: at === 0 ? desk.key : `${desk.key}-${at}`, seen: desk.seen + at }
    const answer = await office(turn, entry, register, reason)
    if (answer.status !== 303) return answer
  }
  // Nothing found: taken already, by a second press of the key.
  return desk.c.redirect(intakeFrom(desk.number, desk.place), 303)
}

async function office(desk: Desk, entry: Correctable, value: string, reason: string): Promise<Response> {
  const { house, c, number, key, seen } = desk
  const outcome = await house.desk.office(number, { do: 'correct', entry, value, reason }, signedIn(c).who, { key, seen })
  if (outcome.kind === 'done') return c.redirect(intakeFrom(number, desk.place), 303)
  return refused(
    desk,
    { typed: null, change: changeOf(c, desk.history, entry, new FormReader(desk.typed)) },
    desk.history.file.state.step?.id ?? '',
    outcome,
  )
}

/** The earlier application that the form speaks of: named in it, or found by the number that was typed. */
async function againOf({ house, c, history, typed }: Desk, wish: string): Promise<{ earlier: Earlier; taken: boolean } | null> {
  if (history.file.state.application) return null
  const iin = typed.get('application.iin') ?? ''
  const told = await named(house, c, history, typed.get('again') ?? undefined)
  if (told !== null) return { earlier: told, taken: true }
  const earlier = await earlierOf(house, signedIn(c).who, iin, history.file.bound.law.regulation.service)
  return earlier === null ? null : { earlier, taken: wish === 'again' }
}

async function named(house: House, c: DoorContext, history: History, number: string | undefined): Promise<Earlier | null> {
  if (!number) return null
  const found = await house.reading.case(number, signedIn(c).who, 'step')
  const isSame = found?.file.bound.law.regulation.service === history.file.bound.law.regulation.service
  return found && isSame && found.file.state.ended !== null ? { number, state: found.file.state } : null
}

async function tellEarlier(house: House, c: DoorContext, number: string) {
  const { who, speech } = signedIn(c)
  const history = await historyOf(house, c, number)
  const iin = (await formOf(c)).get('iin') ?? ''
  const earlier = await earlierOf(house, who, iin, history.file.bound.law.regulation.service)
  if (earlier === null) return c.json({})
  const day = speech.date(earlier.state.ended?.at ?? earlier.state.openedAt)
  return c.json({ words: speech.t('intake.again.found', { number: earlier.number, day }) })
}
