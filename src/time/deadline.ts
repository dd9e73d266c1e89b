import type { Words } from './calendarFile.ts'
import { type Counted, calendarDays, type DayProof, type DayZero, dayZeroOf, minutes, workingDays } from './count.ts'
import { type DateText, formatDay } from './dates.ts'
import { calendarOf, type Warning, warningsOf } from './doubts.ts'
import { formatMoment, type Instant, parseMoment, type Zone, zoneOf } from './moments.ts'
import { type Applies, type Rule, ruleOn } from './reckoning.ts'
import { type Missing, type Party, scheduleOf, type World } from './schedule.ts'

export type Unit = 'min' | 'wd' | 'cd'
export interface TermNorm {
  readonly value: number
  readonly unit: Unit
  /** Clause of the regulation; null where the norm stands alone. */
  readonly clause: string | null
}

/** A moment: RFC 3339 with offset, milliseconds since the epoch, or a `Temporal.Instant`. */
export type Moment = string | number | { readonly epochMilliseconds: number }

export interface DeadlineInput {
  readonly id: string | number | null
  readonly norm: TermNorm
  readonly receivedAt: Moment
  /** Name in tzdata. */
  readonly zone: string
  /** Who received the documents: decides day zero. */
  readonly receiver: Party
  /** Whose calendar counts and whose hours end the last day; the provider for the service's own term. */
  readonly performer: Party
}

export interface RuleProof {
  readonly id: string
  readonly applies: Applies
  readonly source: string
  readonly confirmed: boolean
}

/** A due date with its proof: plain data, fit for the ledger. Times are RFC 3339 with the zone's offset. */
export interface Deadline {
  readonly id: string | number | null
  readonly norm: TermNorm
  readonly zone: string
  readonly receiver: Party
  readonly performer: Party
  readonly receivedAt: string
  /** Receipt or, after hours, the opening from which minutes may run. */
  readonly startsAt: string
  readonly dayZero: DateText
  /** Dates between receipt and day zero; empty unless received after hours or on a day off. */
  readonly skipped: readonly DayProof[]
  /** From day zero to the due date, every date once. */
  readonly days: readonly DayProof[]
  readonly rules: readonly RuleProof[]
  readonly calendar: { readonly id: string; readonly act: string | null; readonly confirmed: boolean }
  readonly dueDate: DateText
  readonly dueAt: string
  readonly warnings: readonly Warning[]
}

export interface TermError {
  readonly code:
    | Missing['code']
    | 'ruleMissing'
    | 'momentWrong'
    | 'zoneUnknown'
    | 'unitUnknown'
    | 'valueWrong'
    | 'partyUnknown'
    | 'notObject'
    | 'normUnknown'
  readonly params: Readonly<Record<string, string | number>>
  readonly reason?: Words
}
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: TermError }

export const no = (code: TermError['code'], params: TermError['params'] = {}): { ok: false; error: TermError } => {
  return { ok: false, error: { code, params } }
}

export const instant = (moment: Moment): Instant | undefined => {
  if (typeof moment === 'string') return parseMoment(moment)
  const at = typeof moment === 'number' ? moment : moment.epochMilliseconds
  return Number.isFinite(at) ? at : undefined
}

/** Day zero alone: the date by which the receiver's hours and calendar register what came at that moment. */
export function dayZero(receivedAt: Moment, receiver: Party, zoneId: string, world: World): Answer<DateText> {
  const at = instant(receivedAt)
  if (at === undefined) return no('momentWrong', { value: String(receivedAt) })
  const zone = zoneOf(zoneId)
  if (!zone) return no('zoneUnknown', { value: zoneId })
  const zero = dayZeroOf(scheduleOf(world, receiver), zone, at)
  return 'code' in zero ? no(zero.code, zero.params) : { ok: true, value: formatDay(zero.day) }
}

/**
 * The due date of a norm, with its proof. A year without a confirmed calendar is used and warned of; a year that the data lacks
 * is refused (`calendarMissing`): weekends and fixed holidays alone would be a date that looks proven and is not.
 */
export function deadline(input: DeadlineInput, world: World): Answer<Deadline> {
  const at = instant(input.receivedAt)
  if (at === undefined) return no('momentWrong', { value: String(input.receivedAt) })
  const zone = zoneOf(input.zone)
  if (!zone) return no('zoneUnknown', { value: input.zone })
  const { value, unit } = input.norm
  if (!Number.isSafeInteger(value) || value < 1) return no('valueWrong', { value: String(value) })
  const zero = dayZeroOf(scheduleOf(world, input.receiver), zone, at)
  if ('code' in zero) return no(zero.code, zero.params)
  const date = formatDay(zero.receivedDay)
  const start = ruleOn(world.calendars.reckoning, unit === 'min' ? 'minutes' : 'start', date, input.receiver.kind)
  if (!start) return no('ruleMissing', { date, value: unit === 'min' ? 'minutes' : 'start' })
  const counted = count(input, world, zone, zero, start)
  if ('code' in counted) return no(counted.code, counted.params)
  const rules = rulesOf(input, world, zero, counted, start)
  return Array.isArray(rules) ? { ok: true, value: assemble(input, world, zone, at, zero, counted, rules) } : rules
}

function count(input: DeadlineInput, world: World, zone: Zone, zero: DayZero, start: Rule): Counted | Missing {
  const performer = scheduleOf(world, input.performer)
  const first: DayProof = { act: start.source, counts: false, date: formatDay(zero.day), reason: 'dayZero' }
  const { value, unit } = input.norm
  if (unit === 'min') return minutes(performer, zone, zero.startsAt, first, zero.day, value)
  return (unit === 'wd' ? workingDays : calendarDays)(performer, zone, zero.day, first, value)
}

/** The rules that this date rests on, each as in force on the day of receipt. */
function rulesOf(
  input: DeadlineInput,
  world: World,
  zero: DayZero,
  counted: Counted,
  start: Rule,
): Rule[] | { ok: false; error: TermError } {
  const date = formatDay(zero.receivedDay)
  const needed: Applies[] = []
  if (zero.moved) needed.push('afterHours')
  if (counted.moved) needed.push('endMoves')
  if (input.norm.unit !== 'min') needed.push('close')
  const rules = [start]
  for (const applies of needed) {
    const rule = ruleOn(world.calendars.reckoning, applies, date, input.receiver.kind)
    if (!rule) return no('ruleMissing', { date, value: applies })
    rules.push(rule)
  }
  return rules
}

/** Without keys that say nothing: canonical JSON knows no `undefined`. */
function plain({ kind, region, hours }: Party): Party {
  return { ...(hours === undefined ? {} : { hours }), kind, ...(region === undefined ? {} : { region }) }
}

function assemble(input: DeadlineInput, world: World, zone: Zone, at: Instant, zero: DayZero, counted: Counted, rules: Rule[]): Deadline {
  const { id, norm, receiver, performer } = input
  const span = { from: zero.receivedDay, zero: zero.day, until: counted.dueDay }
  // In the order of canonical JSON: a proof is the longest part of an event, and need not be put in order there.
  return {
    calendar: calendarOf(world, scheduleOf(world, performer), span),
    dayZero: formatDay(zero.day),
    days: counted.days,
    dueAt: formatMoment(zone, counted.dueAt),
    dueDate: formatDay(counted.dueDay),
    id,
    norm,
    performer: plain(performer),
    receivedAt: formatMoment(zone, at),
    receiver: plain(receiver),
    rules: rules.map(({ applies, confirmed, id, source }) => ({ applies, confirmed, id, source })),
    skipped: zero.skipped,
    startsAt: formatMoment(zone, zero.startsAt),
    warnings: warningsOf(world, scheduleOf(world, receiver), scheduleOf(world, performer), span, rules),
    zone: zone.id,
  }
}
