import { filterQuery, readFilter, type WorkFilter } from '../../../../desk/lists/workFilter.ts'
import { intakePath, type Path, paths, stepPath, workPath } from '../../../paths.ts'

/** Which list a page was opened from, and where in it: travels with the page as `from`, so that the next case and the way back need no script. */
export interface ListPlace {
  /** `round` is the courier's list by place. */
  readonly list: 'work' | 'round'
  readonly filter: WorkFilter
  /** When the case that was opened is due, as the list has it; '' for a case without a term. Absent: the list's beginning. */
  readonly at?: string
}

const moment = /^(?:|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z)$/

export function writePlace({ list, filter, at }: ListPlace): string {
  const query = new URLSearchParams(filterQuery(filter))
  query.set('list', list)
  if (at !== undefined) query.set('at', at)
  return query.toString()
}

/** Undefined where the page was opened from no list, or from an address that is not ours. */
export function readPlace(given: string | null | undefined): ListPlace | undefined {
  if (!given || given.length > 500) return undefined
  const query = new URLSearchParams(given)
  const list = (['work', 'round'] as const).find((one) => one === query.get('list'))
  if (list === undefined) return undefined
  const at = query.get('at')
  return { list, filter: readFilter((name) => query.get(name)), ...(at !== null && moment.test(at) ? { at } : {}) }
}

export const listPath = ({ list, filter }: ListPlace): Path => (list === 'round' ? paths.round : workPath(filterQuery(filter)))

const withQuery = (path: Path, given: Readonly<Record<string, string | undefined>>): Path => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? path : `${path}?${query}`
}

/** A step opened from a list. */
export const stepFrom = (number: string, step: string, place: ListPlace, more: { since?: string; told?: string } = {}): Path =>
  withQuery(stepPath(number, step), { from: writePlace(place), ...more })

/** The screen of an intake, with the list that it was opened from, if any. */
export const intakeFrom = (number: string, place: ListPlace | undefined, more: { told?: string; change?: string } = {}): Path =>
  withQuery(intakePath(number), { ...more, from: place === undefined ? undefined : writePlace(place) })

/** Leads to what follows a case in the list; `told` is what was done there: `<number>~<version before>`. */
export const nextPath = (place: ListPlace, after: string, told?: string): Path =>
  withQuery(paths.workNext, { from: writePlace(place), after, told })

/** The list again, with word of the last case done. */
export const listTelling = (place: ListPlace, told: string | undefined): Path => {
  const path = listPath(place)
  if (told === undefined) return path
  return path.includes('?') ? `${path}&told=${encodeURIComponent(told)}` : `${path}?told=${encodeURIComponent(told)}`
}

/** `<number>~<version>`: a case and how it stood before a command. */
export const toldOf = (number: string, version: number) => `${number}~${version}`

export function readTold(given: string | undefined): { readonly number: string; readonly since: number } | undefined {
  const parts = /^([\d-]{12,40})~(\d{1,6})$/.exec(given ?? '')
  return parts === null ? undefined : { number: parts[1] ?? '', since: Number(parts[2]) }
}
