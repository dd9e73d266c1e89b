import { type OpeningHours, openingHours } from '../../../../time/hours.ts'
import type { FormReader } from '../../../forms/fields.ts'

const clock = /^(\d{1,2})[:.](\d{2})$/

/** `9:00`, `9.00` → `09:00`; undefined where nothing is typed. */
function time(reader: FormReader, name: string, required: boolean): string | undefined {
  const typed = reader.text(name)
  const label = `admin.field.${name}`
  if (typed === '') {
    if (required) reader.problem(name, 'required', { label })
    return undefined
  }
  const [, hour = '', minute = ''] = clock.exec(typed) ?? []
  const right = clock.test(typed) && Number(hour) <= 24 && Number(minute) <= 59 && Number(hour) * 60 + Number(minute) <= 1440
  if (right) return `${hour.padStart(2, '0')}:${minute}`
  reader.problem(name, 'wrong', { label })
  return undefined
}

/** `from-until`, where both are said; the second must come after the first. */
function span(reader: FormReader, from: string, until: string, required: boolean): string | undefined {
  const [begins, ends] = [time(reader, from, required), time(reader, until, required)]
  if (begins === undefined && ends === undefined) return undefined
  if (begins === undefined) reader.problem(from, 'required', { label: `admin.field.${from}` })
  else if (ends === undefined) reader.problem(until, 'required', { label: `admin.field.${until}` })
  else if (ends <= begins) reader.problem(until, 'wrong', { label: `admin.field.${until}` })
  else return `${begins}-${ends}`
  return undefined
}

/** Opening hours as a form gives them: Monday to Friday, Saturday where it is open, lunch, until when documents are taken in. */
export function readHours(reader: FormReader, today: string): OpeningHours | null {
  const from = reader.day('from', 'admin.field.from', true)
  if (from !== undefined && from < today) reader.problem('from', 'wrong', { label: 'admin.field.from' })
  const week = span(reader, 'openFrom', 'openUntil', true)
  const saturday = span(reader, 'saturdayFrom', 'saturdayUntil', false)
  const lunch = span(reader, 'lunchFrom', 'lunchUntil', false)
  const intakeUntil = time(reader, 'intakeUntil', false)
  const source = reader.required('source', 'admin.field.source', 300)
  if (reader.problems.length > 0) return null
  const parsed = openingHours.safeParse({
    from,
    week: saturday === undefined ? 'five' : 'six',
    open: { 'mon-fri': week, ...(saturday === undefined ? {} : { sat: saturday }) },
    ...(lunch === undefined ? {} : { lunch }),
    ...(intakeUntil === undefined ? {} : { intakeUntil }),
    confirmed: true,
    source,
  })
  if (parsed.success) return parsed.data
  reader.problem('openFrom', 'wrong', { label: 'admin.field.openFrom' })
  return null
}

/** What the form shows first: the hours that hold on the day, from the day on. */
export function typedHours(hours: OpeningHours | undefined, shownFrom: string): URLSearchParams {
  const [openFrom = '', openUntil = ''] = spanOn(hours, 'mon')
  const [saturdayFrom = '', saturdayUntil = ''] = spanOn(hours, 'sat')
  const [lunchFrom = '', lunchUntil = ''] = (hours?.lunch ?? '').split('-')
  const intakeUntil = hours?.intakeUntil ?? ''
  return new URLSearchParams({ from: shownFrom, openFrom, openUntil, saturdayFrom, saturdayUntil, lunchFrom, lunchUntil, intakeUntil })
}

const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function spanOn(hours: OpeningHours | undefined, day: string): string[] {
  const found = Object.entries(hours?.open ?? {}).find(([key]) => {
    const [first = '', last = first] = key.split('-')
    return order.indexOf(first) <= order.indexOf(day) && order.indexOf(day) <= order.indexOf(last)
  })
  return found?.[1].split('-') ?? []
}
