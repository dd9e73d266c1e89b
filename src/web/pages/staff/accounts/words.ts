import type { Speech } from '../../../../language/speech.ts'
import type { PeopleEvent } from '../../../../people/changes.ts'
import type { ChangedBy } from '../../../../people/model.ts'
import type { OpeningHours } from '../../../../time/hours.ts'
import type { Naming } from '../../../wording/naming.ts'

interface Telling {
  readonly speech: Speech
  readonly naming: Naming
  readonly titleOf: (role: string, organisation?: string) => string
}

export interface PeopleEventWords {
  readonly what: string
  readonly by: string
  readonly details: readonly string[]
}

type Values = Readonly<Record<string, unknown>>
const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const values = (value: unknown): Values => (isValues(value) ? value : {})

/** What was done to a record, by whom, with what it was before and after. */
export function peopleEventWords(event: PeopleEvent, telling: Telling): PeopleEventWords {
  return {
    what: telling.speech.t(`people.event.${event.kind}`),
    by: byWords(event.by, telling),
    details: detailsOf(event, telling).filter((detail) => detail !== ''),
  }
}

const byWords = (by: ChangedBy, { naming, speech: { t } }: Telling): string =>
  by.kind === 'staff' ? naming.person(by.id) : t(`admin.by.${by.kind}`)

function detailsOf({ kind, data }: PeopleEvent, telling: Telling): string[] {
  const { t, shortDate } = telling.speech
  switch (kind) {
    case 'grantGiven':
    case 'actingAppointed':
      return [grantWords(values(data.grant), telling)]
    case 'actingArranged':
      return [telling.naming.person(text(data.by)), grantWords(values(data.grant), telling)]
    case 'staffCreated':
      return Array.isArray(data.grants) ? data.grants.map((grant) => grantWords(values(grant), telling)) : []
    case 'grantEnded':
      return [
        roleWords(data, telling),
        data.at === undefined
          ? t('admin.lastDay', { date: text(data.until) === '' ? '' : shortDate(text(data.until)) })
          : t('admin.endedNow', { at: telling.speech.shortDateTime(text(data.at)) }),
        text(data.was) === '' ? '' : t('admin.wasUntil', { date: shortDate(text(data.was)) }),
      ]
    case 'workGivenOver':
      return [
        roleWords(data, telling),
        t('admin.givenTo', {
          to: data.to === null ? t('admin.everybody') : telling.naming.person(text(data.to)),
          count: Number(data.cases ?? 0),
        }),
      ]
    case 'secondFactorReset':
      return [text(data.reason)]
    case 'organisationClosed':
      return [t('admin.closedFrom', { date: shortDate(text(data.from)) })]
    case 'staffChanged':
      return changes(values(data.was), values(data.is), telling, 'name')
    case 'organisationChanged':
      return changes(values(data.was), values(data.is), telling, 'organisation')
    default:
      return []
  }
}

const roleWords = (data: Values, { titleOf, naming }: Telling): string =>
  text(data.role) === '' ? '' : `${titleOf(text(data.role), text(data.organisation))}, ${naming.organisation(text(data.organisation))}`

function grantWords(grant: Values, telling: Telling): string {
  const { t, shortDate } = telling.speech
  const order = values(grant.order)
  const until = text(grant.until)
  return [
    roleWords(grant, telling),
    text(grant.from) === '' ? '' : `${shortDate(text(grant.from))} – ${until === '' ? t('pages.staff.noEnd') : shortDate(until)}`,
    text(order.number) === '' ? '' : t('admin.orderOf', { number: text(order.number), date: shortDate(text(order.date)) }),
    isValues(grant.acting) ? `${t('admin.acting.for')}: ${telling.naming.person(text(grant.acting.for))}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** Field by field, before and after; what did not change is not said. */
function changes(was: Values, is: Values, telling: Telling, named: 'name' | 'organisation'): string[] {
  const { t } = telling.speech
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) =>
      t('admin.changed', {
        field: fieldWords(name === 'name' ? named : name, telling),
        was: valueWords(name, was[name], telling) || t('common.none'),
        is: valueWords(name, is[name], telling) || t('common.none'),
      }),
    )
}

const fieldWords = (name: string, { speech: { t } }: Telling): string => (t.has(`admin.field.${name}`) ? t(`admin.field.${name}`) : name)

function valueWords(name: string, value: unknown, telling: Telling): string {
  if (name === 'hours') return Array.isArray(value) ? value.map((one) => hoursWords(one, telling.speech)).join('; ') : ''
  if (name === 'units') return Array.isArray(value) ? value.map((one) => localWords(values(values(one).title), telling)).join(', ') : ''
  if (!isValues(value)) return value === undefined || value === null ? '' : String(value)
  if ('surname' in value) return [value.surname, value.name, value.patronymic].map(text).filter(Boolean).join(' ')
  return ['kk', 'ru', 'en']
    .map((language) => text(value[language]))
    .filter(Boolean)
    .join(' / ')
}

const localWords = (value: Values, { naming }: Telling): string => naming.text({ kk: text(value.kk), ru: text(value.ru) })

/** One line of an organisation's hours: from which day, on which days, from when to when. */
export function hoursWords(hours: OpeningHours, { t, shortDate }: Pick<Speech, 't' | 'shortDate'>): string {
  const days = (key: string) =>
    key
      .split('-')
      .map((day) => t(`public.weekday.${day}`))
      .join('–')
  const open = Object.entries(hours.open).map(([key, span]) => `${days(key)} ${span.replace('-', '–')}`)
  return [
    t('admin.hours.fromDay', { date: shortDate(hours.from) }),
    ...open,
    hours.lunch === undefined ? '' : t('public.lunch', { hours: hours.lunch.replace('-', '–') }),
    hours.intakeUntil === undefined ? '' : t('public.intakeUntil', { time: hours.intakeUntil }),
  ]
    .filter((part) => part !== '')
    .join(', ')
}
