import type { Speech } from '../../language/speech.ts'
import type { Left } from '../../time/left.ts'

/** How a list says what is left of a term; `unit` is that of the norm: working days and calendar days are never converted into one another. */
export function leftWords(left: Left, unit: string | undefined, dueAt: string, speech: Speech): string {
  const { t } = speech
  if (left.late) return lateWords(left, unit, speech)
  if (left.calendarDays === 0) {
    return left.minutes === 0 ? t('lists.left.lastMinute') : t('lists.left.today', { left: lengthOf(left.minutes, speech) })
  }
  if (left.workingDays <= 1) {
    const at = speech.time(dueAt)
    return left.calendarDays === 1
      ? t('lists.left.tomorrow', { at })
      : t('lists.left.nextDay', { at, day: speech.shortDate(left.dueDate).slice(0, 5) })
  }
  return unit === 'cd'
    ? t('lists.left.calendarDays', { count: left.calendarDays })
    : t('lists.left.workingDays', { count: left.workingDays })
}

/** Late by days as soon as a day of the performer's has passed, before that by their open time. */
function lateWords({ workingDays, calendarDays, minutes }: Left, unit: string | undefined, speech: Speech): string {
  const { t } = speech
  if (unit === 'cd' && calendarDays > 0) return t('lists.left.lateCalendarDays', { count: calendarDays })
  if (workingDays > 0) return t('lists.left.lateWorkingDays', { count: workingDays })
  return minutes === 0 ? t('lists.left.justLate') : t('lists.left.lateBy', { late: lengthOf(minutes, speech) })
}

const lengthOf = (minutes: number, { length }: Speech) => length({ hours: Math.floor(minutes / 60), minutes: minutes % 60 })
