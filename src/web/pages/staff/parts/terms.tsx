import { isRunning } from '../../../../engine/case/parts.ts'
import type { Due } from '../../../../engine/case/state.ts'
import type { Length, Speech } from '../../../../language/speech.ts'
import type { Deadline as Reckoned } from '../../../../time/deadline.ts'
import { openSpans, openTime } from '../../../../time/left.ts'
import { isLate, remaining } from '../../../../time/meter.ts'
import { parseMoment, zoneOf } from '../../../../time/moments.ts'
import { openAt, type World } from '../../../../time/schedule.ts'
import { explain, renderLine, renderWarning } from '../../../../time/words.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { Deadline, type DeadlineProof, type DeadlineState } from '../../../components/deadline/deadline.tsx'
import { NormMeter } from '../../../components/norm-meter/norm-meter.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { whyPath } from '../../public/why/link.ts'

interface DueProps {
  due: Due
  world: World
  /** The law's time. */
  now: string
}

/** The engine carries the proof without looking inside; the time floor made it. */
const proofOf = (due: Due): Reckoned => due.proof as unknown as Reckoned // made by counting(): a Deadline and the moment of delivery

export function stateOf(due: Due, now: string): DeadlineState | undefined {
  if (due.state === 'met') return 'done'
  if (due.state === 'metLate') return 'doneLate'
  if (due.state === 'stopped') return undefined
  if (due.state === 'missed' || isLate(proofOf(due), now)) return 'overdue'
  return due.state === 'warned' || Date.parse(due.warnAt) <= Date.parse(now) ? 'soon' : 'running'
}

/** Time left as the norm counts it: days until the last one, on it hours and minutes of opening time. */
function leftOf(due: Due, world: World, now: string): Length | undefined {
  const left = remaining(proofOf(due), now, world)
  if (!left.ok || left.value.late) return undefined
  const { days, minutes } = left.value
  if (due.unit !== 'min' && days > 0) return due.unit === 'wd' ? { workingDays: days } : { calendarDays: days }
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

const spansAhead = 10

/** A norm in minutes as its meter counts it: open seconds spent, also beyond the limit, and the spans by which the page goes on counting. */
function metered(due: Due, world: World, now: string) {
  const { zone: name, performer } = proofOf(due)
  const [zone, at, dueAt] = [zoneOf(name), parseMoment(now), Date.parse(due.dueAt)]
  if (zone === undefined || at === undefined) return undefined
  const left = at > dueAt ? -openTime(performer, zone, dueAt, at, world) : openTime(performer, zone, at, dueAt, world)
  return { spentSeconds: due.value * 60 - left / 1000, by: { now: at, spans: openSpans(performer, zone, at, spansAhead, world) } }
}

function isOpenNow(due: Due, world: World, now: string): boolean {
  const proof = proofOf(due)
  const [zone, at] = [zoneOf(proof.zone), parseMoment(now)]
  return zone !== undefined && at !== undefined && openAt(world, proof.performer, zone, at).open
}

/** The proof in the reader's words, for `<Deadline>`: dates before day zero are part of it. */
export function proofShown(due: Due, world: World, { t }: Speech): DeadlineProof {
  const proof = proofOf(due)
  const rules = explain(proof, world).filter(({ code }) => code === 'rule')
  return {
    norm: { value: proof.norm.value, unit: proof.norm.unit, ...(proof.norm.clause === null ? {} : { clause: proof.norm.clause }) },
    receivedAt: proof.receivedAt,
    dayZero: proof.dayZero,
    days: [...proof.skipped, ...proof.days].map(({ date, counts, reason, act }) => ({ date, counts, reason, ...(act ? { act } : {}) })),
    rules: proof.rules.map(({ id }, index) => ({ id, source: rules[index] === undefined ? id : renderLine(t, rules[index]) })),
    calendar: {
      id: proof.calendar.id,
      confirmed: proof.calendar.confirmed,
      ...(proof.calendar.act === null ? {} : { act: proof.calendar.act }),
    },
    warnings: proof.warnings.map((warning) => ({ code: warning.code, text: renderWarning(t, warning) })),
  }
}

/** One running or ended term: a meter where minutes run, a date with its proof elsewhere. */
export const Term = ({ due, world, now }: DueProps) => {
  const speech = useSpeech()
  const state = stateOf(due, now)
  if (!due.binding) return <TermBeside due={due} />
  const meter = due.unit === 'min' && isRunning(due) ? metered(due, world, now) : undefined
  return (
    <div class="q-term">
      <p>
        <strong>{speech.norm(due)}</strong> <Clause number={due.clause} />
      </p>
      {meter === undefined ? null : <NormMeter {...meter} limitSeconds={due.value * 60} running={isOpenNow(due, world, now)} />}
      <Deadline
        dueDate={due.proof.dueDate}
        dueAt={due.dueAt}
        state={state}
        left={meter === undefined && isRunning(due) ? leftOf(due, world, now) : undefined}
        proof={proofShown(due, world, speech)}
        whyHref={whyPath(proofOf(due))}
      />
    </div>
  )
}

/** A norm that the text gives beside the one that binds: told, and nobody is late by it. */
const TermBeside = ({ due }: { due: Due }) => {
  const { t, norm } = useSpeech()
  return (
    <p class="q-term q-term--beside">
      {norm(due)} <Clause number={due.clause} /> {t('steps.notBinding')}
    </p>
  )
}
