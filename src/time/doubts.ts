import type { Words } from './calendarFile.ts'
import { type Day, formatDay, parseDay, yearOf } from './dates.ts'
import type { Rule } from './reckoning.ts'
import { isMissing, type Schedule, type World } from './schedule.ts'

/** What a reader of the date must know. Words: `time.warning.<code>`; `reason` fills `{reason}`. */
export interface Warning {
  readonly code: 'calendarUnconfirmed' | 'calendarGap' | 'dayUnconfirmed' | 'swapOnSixDayWeek' | 'hoursUnconfirmed' | 'ruleUnconfirmed'
  readonly params: Readonly<Record<string, string | number>>
  readonly reason?: Words
}

/** The dates a proof looks at: receipt, day zero, due date. */
export interface ProofSpan {
  readonly from: Day
  readonly zero: Day
  readonly until: Day
}

/** The calendar cited by a proof: name of the performer's week on the due date, acts of the years crossed, whether all are confirmed. */
export function calendarOf(world: World, performer: Schedule, span: ProofSpan): { id: string; act: string | null; confirmed: boolean } {
  const { base, years } = world.calendars
  const last = performer.at(span.until)
  const acts = new Set<string>()
  let confirmed = true
  for (let year = yearOf(span.from); year <= yearOf(span.until); year++) {
    const file = years.get(year)
    if (!file?.confirmed) confirmed = false
    if (file?.act) acts.add(file.act)
  }
  const week = isMissing(last) ? 'five' : last.hours.week
  return { id: base.weeks[week].id, act: acts.size > 0 ? [...acts].join(', ') : null, confirmed }
}

/** Everything unconfirmed under the date: years, gaps, single days, hours, rules; each said once. */
export function warningsOf(world: World, receiver: Schedule, performer: Schedule, span: ProofSpan, rules: readonly Rule[]): Warning[] {
  const days = [...ofDays(receiver, span.from, span.zero), ...ofDays(performer, span.zero, span.until)]
  return [
    ...ofYears(world, span),
    ...new Map(days.map((warning) => [`${warning.code} ${warning.params.date}`, warning])).values(),
    ...ofHours(receiver, performer, span),
    ...rules
      .filter((rule) => !rule.confirmed)
      .map((rule): Warning => ({ code: 'ruleUnconfirmed', params: { rule: rule.id }, reason: rule.says })),
  ]
}

function ofYears(world: World, span: ProofSpan): Warning[] {
  const warnings: Warning[] = []
  for (let year = yearOf(span.from); year <= yearOf(span.until); year++) {
    const file = world.calendars.years.get(year)
    if (!file) continue
    if (!file.confirmed) warnings.push({ code: 'calendarUnconfirmed', params: { year }, ...(file.reason ? { reason: file.reason } : {}) })
    for (const gap of file.gaps)
      if ((parseDay(gap.from) ?? 0) <= span.until && span.from <= (parseDay(gap.until) ?? 0))
        warnings.push({ code: 'calendarGap', params: { from: gap.from, until: gap.until }, reason: gap.reason })
  }
  return warnings
}

function ofDays(schedule: Schedule, from: Day, until: Day): Warning[] {
  const warnings: Warning[] = []
  for (let day = from; day <= until; day++) {
    const open = schedule.at(day)
    if (!isMissing(open) && open.status.doubt) warnings.push({ code: open.status.doubt, params: { date: formatDay(day) } })
  }
  return warnings
}

/** The receiver's hours decide day zero, the performer's the end. */
function ofHours(receiver: Schedule, performer: Schedule, span: ProofSpan): Warning[] {
  const asked =
    receiver === performer
      ? [{ schedule: performer, day: span.until }]
      : [
          { schedule: receiver, day: span.zero },
          { schedule: performer, day: span.until },
        ]
  return asked.flatMap(({ schedule, day }) => {
    const open = schedule.at(day)
    if (isMissing(open) || open.hours.confirmed) return []
    const { from, reason } = open.hours
    return [{ code: 'hoursUnconfirmed' as const, params: { kind: schedule.kind, date: from }, ...(reason ? { reason } : {}) }]
  })
}
