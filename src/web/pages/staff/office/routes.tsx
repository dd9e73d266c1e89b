import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { OfficeCommand } from '../../../../desk/desk.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { History } from '../../../../desk/reading.ts'
import { correctable } from '../../../../engine/case/state.ts'
import type { Translator } from '../../../../language/translator.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { type FieldProblem, FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { casePath, tellingSince } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { readReason } from '../../../wording/reasons.ts'
import { notInForceWords, refusalLine, unsignedWords } from '../../../wording/refusals.ts'
import { Changed } from '../parts/changed.tsx'
import { OfficePage } from './OfficePage.tsx'

export type Wanted = 'correct' | 'return' | 'withdraw' | 'replace' | 'reissue'
const wanted = ['correct', 'return', 'withdraw', 'replace'] as const

/** Correct an entry, return with a reason, withdraw, replace an answer, print a paper again: each its own page with its reason. */
export function officeRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  const page = (pattern: string, what: Wanted) => {
    routes.get(pattern, (c) => show(house, frameOf, c, what, { typed: new URLSearchParams({ _key: randomUUID() }) }))
    routes.post(pattern, (c) => perform(house, frameOf, c, what))
  }
  for (const what of wanted) page(`/cases/:number/${what}`, what)
  page('/cases/:number/papers/:paper/reissue', 'reissue')
  return routes
}

interface Shown {
  readonly typed: URLSearchParams
  readonly problems?: readonly FieldProblem[]
  readonly outcome?: Exclude<Outcome, { kind: 'done' }>
}

const numberOf = (c: DoorContext): string => c.req.param('number') ?? ''
const paperOf = (c: DoorContext): string => c.req.param('paper') ?? ''

async function show(house: House, frameOf: FrameOf, c: DoorContext, what: Wanted, { typed, problems, outcome }: Shown) {
  const { who, speech } = signedIn(c)
  const history = await house.reading.case(numberOf(c), who, 'case')
  if (history === null) throw new Refused('notFound')
  const { version, state } = history.file
  if (what === 'reissue' && !state.papers.some((paper) => paper.id === paperOf(c) && paper.copyOf === null)) throw new Refused('notFound')
  const naming = namingFor(house.people, speech)
  const seen = Number(typed.get('_seen') ?? version)
  const moved = seen === version ? undefined : <Changed history={history} naming={naming} since={seen} viewer={who.actor} />
  const lines = linesOf(house, c, history, outcome)
  const form = formView(speech, typed, problems, undefined, lines)
  const key = outcome?.kind === 'keyReused' || outcome?.kind === 'changed' ? randomUUID() : (typed.get('_key') ?? randomUUID())
  return c.html(
    <OfficePage
      frame={frameOf(c)}
      what={what}
      history={history}
      form={form}
      naming={naming}
      requestKey={key}
      paper={paperOf(c)}
      notice={moved}
    />,
    moved ? 409 : form.errors.length > 0 ? 422 : 200,
  )
}

function linesOf(house: House, c: DoorContext, history: History, outcome: Shown['outcome']): string[] {
  const { speech } = signedIn(c)
  const naming = namingFor(house.people, speech)
  switch (outcome?.kind) {
    case undefined:
      return []
    case 'refused':
      return [refusalLine(outcome.refusal, history.file.bound.court, naming, speech)]
    case 'keyReused':
      return [speech.t('refusal.keyReused')]
    case 'notInForce':
      return [notInForceWords(outcome.answer, naming, speech)]
    case 'unsigned':
      return [unsignedWords(outcome.reasons, speech)]
    default:
      return [speech.t('refusal.changed')]
  }
}

async function perform(house: House, frameOf: FrameOf, c: DoorContext, what: Wanted) {
  const { who, speech } = signedIn(c)
  const typed = await formOf(c)
  const [key, seen] = [typed.get('_key') ?? '', Number(typed.get('_seen'))]
  if (!/^[\w-]{20,60}$/.test(key) || !Number.isInteger(seen) || seen < 1) throw new Refused('expired')
  const form = new FormReader(typed)
  const command = commandOf(form, what, paperOf(c), speech.t)
  if (command === null || form.problems.length > 0) return show(house, frameOf, c, what, { typed, problems: form.problems })
  const outcome = await house.desk.office(numberOf(c), command, who, { key, seen })
  if (outcome.kind === 'notFound') throw new Refused('notFound')
  if (outcome.kind !== 'done') return show(house, frameOf, c, what, { typed, outcome })
  return c.redirect(tellingSince(casePath(outcome.number), seen), 303)
}

function commandOf(form: FormReader, what: Wanted, paper: string, t: Translator): OfficeCommand | null {
  const reason = readReason(form, t, what)
  if (what === 'reissue') return { do: 'reissue', paper, reason }
  if (what !== 'correct') return { do: what, reason }
  const entry = form.choice('entry', 'entry', correctable)
  const value = form.required('value', 'after')
  if (entry === undefined) return null
  const field = entry.split('.')[1] ?? ''
  form.oneScript('value', field, value)
  if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value)) form.problem('value', 'email', { label: 'email' })
  return { do: 'correct', entry, value, reason }
}
