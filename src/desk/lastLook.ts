import type { CaseEvent } from '../engine/case/events.ts'
import type { StoredEvent } from '../ledger/ledger.ts'

/** What came between two looks of one person at one case. */
export interface SinceLook {
  /** The look before, RFC 3339. */
  readonly since: string
  /** Version of the case as they saw it then. */
  readonly version: number
  /** What others did since, oldest first. */
  readonly events: readonly StoredEvent[]
}

/** What nobody needs to be told: it follows from what they are told. */
const silent: ReadonlySet<string> = new Set<CaseEvent['type']>(['StepOpened', 'DueWarned', 'MessageSent', 'MessageDelivered'])

/**
 * How long news stay news: whoever opened the case, its step and its papers one after another is still on the same visit, and must not
 * lose what changed by a second click.
 */
const visitMilliseconds = 15 * 60 * 1000

/**
 * What others did since somebody last had the case before them; null where they never had, or have seen it all. `looks` are their own
 * readings before this one, in any order; `now` is the law's time, as all of these are.
 */
export function sinceLastLook(events: readonly StoredEvent[], looks: readonly string[], viewer: string, now: string): SinceLook | null {
  const foreign = events.filter(({ actor, type }) => actor.id !== viewer && !silent.has(type))
  const last = foreign.at(-1)
  if (last === undefined) return null
  const moments = looks.map((at) => Date.parse(at)).sort((a, b) => a - b)
  const [news, present] = [Date.parse(last.at), Date.parse(now)]
  const before = moments.findLast((at) => at < news)
  const firstAfter = moments.find((at) => at >= news)
  if (before === undefined || (firstAfter !== undefined && present - firstAfter > visitMilliseconds)) return null
  const version = events.filter(({ at }) => Date.parse(at) <= before).length
  const since = looks.find((at) => Date.parse(at) === before) ?? now
  return { since, version, events: foreign.filter(({ seq }) => seq > version) }
}
