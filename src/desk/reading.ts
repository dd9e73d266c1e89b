import type { CustodyRow, DueRow, JournalEntry, LaneCount, Ledger, ListedItem, StillThere, StoredEvent } from '../ledger/ledger.ts'
import type { WorkItem, Place as WorkPlace, WorkPosition } from '../ledger/views/work/work.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import { type Found, find, type SearchPosition } from './finding.ts'
import { type Lying, liesWith, type Place } from './handOver.ts'
import { boundsOf, stepsIn, type WorkFilter } from './lists/workFilter.ts'
import { homeOf, readSecret } from './numbers.ts'
import type { CaseFile } from './outcome.ts'
import { soughtBy } from './search.ts'
import type { Statutes } from './statutes.ts'
import { receiptDigest } from './views.ts'
import { mayRead, type Who } from './who.ts'

/** Why somebody reads: goes into the journal with every reading of personal data. */
export type Purpose =
  | 'case'
  | 'work'
  | 'search'
  | 'paper'
  | 'scan'
  | 'step'
  | 'export'
  | 'api'
  | 'track'
  | 'handOver'
  | 'hours'
  | 'journal'
  | 'destroy'
  /** What an order would take was counted. */
  | 'beforeDestroy'
  /** A register was asked about the person, and answered. */
  | 'register'
  | 'exchange'

/** Whoever holds the receipt: no person is known, so the journal names the paper. */
export const receiptHolder = { who: 'receipt', role: 'applicant' } as const

export interface History {
  readonly file: CaseFile
  readonly events: readonly StoredEvent[]
}

/**
 * Everything that shows personal data goes through here: what the reader may not see does not exist for them,
 * and each request leaves one row in the journal, committed before the answer.
 */
export interface Reading {
  case(number: string, who: Who, purpose: Purpose): Promise<History | null>
  /** Several at once, in the order asked for; what the reader may not see is left out. One row in the journal names them all. */
  cases(numbers: readonly string[], who: Who, purpose: Purpose): Promise<History[]>
  /** Whether the reader may see the case: tells nothing of it, so it leaves no row. */
  maySee(number: string, who: Who): Promise<boolean>
  /** What waits for the reader, by due time: what nobody has taken, and what they have. */
  work(who: Who, limit: number, after?: WorkPosition, filter?: WorkFilter): Promise<ListedItem[]>
  /** Which of `<number>~<step>` are in the reader's list, and by when: nothing that names anybody, so it leaves no row. */
  still(who: Who, rows: readonly string[]): Promise<StillThere[]>
  /** What lies at the reader's desk and is offered to somebody who has not taken it yet. */
  offered(who: Who, limit: number): Promise<CustodyRow[]>
  /** How much waits at the reader's place, and how much of it is late. Counts are nobody's personal data. */
  count(who: Who): Promise<{ items: number; overdue: number }>
  /** The same lane by lane, for the numbers of tabs. */
  lanes(who: Who): Promise<LaneCount[]>
  /** By number or its end, IIN, or name as it sounds, page by page. */
  search(text: string, who: Who, organisations: readonly string[], after?: SearchPosition): Promise<Found>
  /** The number of the one case that a search finds; null where it finds none or several. */
  only(text: string, who: Who, organisations: readonly string[]): Promise<string | null>
  /** Whether number and secret belong together; shows nothing, so the journal has no row of it. Gives the number. */
  opens(number: string, secret: string): Promise<string | null>
  /** By what the receipt says. The same answer for an unknown number and a wrong secret. What was shown is in the journal too: its subject sees when. */
  track(number: string, secret: string, purpose?: 'track' | 'paper'): Promise<History | null>
  /** For whoever holds a paper of the case: shown only if `holds` finds that what they have is of it. In the journal as the receipt's holder is. */
  byPaper(number: string, holds: (history: History) => Promise<boolean>): Promise<History | null>
  /** What lies with a person by name: for whoever gives it to others. Numbers and terms, no names. */
  lying(person: string, places: readonly Place[], who: Who): Promise<Lying[]>
  /** Everything that waits at the given desks, whoever has it by name. */
  desks(places: readonly WorkPlace[], who: Who, limit: number, after?: WorkPosition): Promise<WorkItem[]>
  /** Terms that run at an organisation and end on or after a moment (RFC 3339). */
  running(organisation: { readonly home: number; readonly id: string }, from: string, who: Who, limit: number): Promise<DueRow[]>
  /** When this person last had the case before them, newest first. Asked before the case is read again; their own readings are no news to them. */
  looks(number: string, who: Who): Promise<string[]>
  /** Who read this case: for its subject and for supervision. */
  readers(number: string): Promise<JournalEntry[]>
}

export interface ReadingParts {
  readonly ledger: Ledger
  readonly shelf: CaseShelf
  readonly statutes: Statutes
  readonly clock: LawClock
}

export function createReading({ ledger, shelf, statutes, clock }: ReadingParts): Reading {
  const place = ({ region, actor: { organisation = '', role = '', unit = '' } }: Who) => ({
    home: statutes.homeOf(region),
    organisation,
    role,
    unit,
  })
  const now = (region: string) => momentIn(statutes.zoneOf(region), clock.now())
  const note = async (who: Who, purpose: Purpose, cases: readonly { home: number; case: string }[]) => {
    if (cases.length === 0) return
    const { region, actor } = who
    await ledger.journal.record({
      home: statutes.homeOf(region),
      at: now(region),
      who: actor.id,
      role: actor.role ?? '',
      purpose,
      cases: [...cases],
    })
  }
  /** The view that a receipt is looked up in went with the case's data: its holder is still told so. */
  const destroyedUnder = async (number: string, digest: string) =>
    (await shelf.find(number, true))?.state.destroyed?.receipt === digest ? number : null
  const opens: Reading['opens'] = async (number, secret) => {
    const home = homeOf(number.trim())
    if (home === null) return null
    const digest = receiptDigest(home, number.trim(), readSecret(secret))
    const row = await ledger.cases.byReceipt(home, digest)
    return row?.case ?? (await destroyedUnder(number.trim(), digest))
  }
  /** When the law's day ends in the region. */
  const dayEnd = (region: string) => {
    const zone = statutes.zoneOf(region)
    return Temporal.Instant.fromEpochMilliseconds(clock.now())
      .toZonedDateTimeISO(zone)
      .startOfDay()
      .add({ days: 1 })
      .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 })
  }
  const lanesOf = (who: Who) => ledger.lanes.counts(place(who), selves(who), now(who.region), dayEnd(who.region))
  return {
    async case(number, who, purpose) {
      const found = await shelf.history(number)
      if (found === null || !mayRead(who, found.file.bound.court, found.file.state)) return null
      await note(who, purpose, [{ home: found.file.home, case: number }])
      return found
    },
    async cases(numbers, who, purpose) {
      const found = await Promise.all([...new Set(numbers)].map((number) => shelf.history(number)))
      const seen = found.filter((one) => one !== null).filter(({ file }) => mayRead(who, file.bound.court, file.state))
      await note(
        who,
        purpose,
        seen.map(({ file }) => ({ home: file.home, case: file.number })),
      )
      return seen
    },
    async maySee(number, who) {
      const file = homeOf(number) === null ? null : await shelf.find(number, false)
      return file !== null && mayRead(who, file.bound.court, file.state)
    },
    async work(who, limit, after, filter = {}) {
      const steps = stepsIn(filter, statutes.library, who.actor.role ?? '')
      const items = await ledger.lanes.list({
        place: place(who),
        persons: selves(who),
        limit,
        ...(after ? { after } : {}),
        ...(steps ? { steps } : {}),
        ...(filter.whose ? { whose: filter.whose } : {}),
        ...(filter.awaiting ? { awaiting: filter.awaiting === 'yes' } : {}),
        ...boundsOf(filter.due, now(who.region), dayEnd(who.region)),
      })
      await note(
        who,
        'work',
        items.map(({ home, case: number }) => ({ home, case: number })),
      )
      return items
    },
    async offered(who, limit) {
      const { organisation, unit, role } = place(who)
      const held = await ledger.custody.offeredBy(organisation, unit, role, limit)
      await note(
        who,
        'work',
        held.map(({ home, case: number }) => ({ home, case: number })),
      )
      return held
    },
    still: (who, rows) => {
      const items = rows.flatMap((row) => {
        const [number = '', step = ''] = row.split('~')
        const home = homeOf(number)
        return home === null || !/^\w{1,60}$/.test(step) ? [] : [{ home, case: number, step }]
      })
      return ledger.lanes.still(place(who), selves(who), items)
    },
    async count(who) {
      const lanes = await lanesOf(who)
      return {
        items: lanes.reduce((sum, { late, today, later, untimed }) => sum + late + today + later + untimed, 0),
        overdue: lanes.reduce((sum, { late }) => sum + late, 0),
      }
    },
    lanes: (who) => lanesOf(who),
    async search(text, who, organisations, after) {
      const found = await find(ledger, soughtBy(text), statutes.homeOf(who.region), [...organisations], after)
      await note(
        who,
        'search',
        found.rows.map(({ home, case: number }) => ({ home, case: number })),
      )
      return found
    },
    async only(text, who, organisations) {
      const { rows, next } = await find(ledger, soughtBy(text), statutes.homeOf(who.region), [...organisations], undefined)
      const [row] = rows
      if (row === undefined || rows.length > 1 || next !== null) return null
      await note(who, 'search', [{ home: row.home, case: row.case }])
      return row.case
    },
    async lying(person, places, who) {
      const found = await liesWith(ledger, person, places)
      await note(who, 'handOver', placesOf(found.flatMap(({ items, papers }) => [...items, ...papers])))
      return found
    },
    async desks(places, who, limit, after) {
      const items = await ledger.work.list({ places: [...places], limit, ...(after ? { after } : {}) })
      await note(who, 'handOver', placesOf(items))
      return items
    },
    async running({ home, id }, from, who, limit) {
      const rows = await ledger.due.runningAt(home, id, from, limit)
      await note(who, 'hours', placesOf(rows))
      return rows
    },
    opens,
    async track(number, secret, purpose = 'track') {
      const opened = await opens(number, secret)
      const found = opened === null ? null : await shelf.history(opened)
      if (found === null) return null
      const { home } = found.file
      const { region } = found.file.bound.law.regulation
      await ledger.journal.record({ home, at: now(region), ...receiptHolder, purpose, cases: [{ home, case: found.file.number }] })
      return found
    },
    async byPaper(number, holds) {
      const found = homeOf(number) === null ? null : await shelf.history(number)
      if (found === null || !(await holds(found))) return null
      const { home } = found.file
      const { region } = found.file.bound.law.regulation
      await ledger.journal.record({ home, at: now(region), ...receiptHolder, purpose: 'paper', cases: [{ home, case: number }] })
      return found
    },
    async looks(number, { actor }) {
      const home = homeOf(number)
      return home === null ? [] : ledger.journal.readingsBy(actor.id, home, number, ['case', 'step'], 100)
    },
    async readers(number) {
      const home = homeOf(number)
      return home === null ? [] : ledger.journal.ofCase(home, number, mostReadings, { role: receiptHolder.role, limit: fewOwn })
    },
  }
}

/** Each case once. */
const placesOf = (rows: readonly { home: number; case: string }[]) => [
  ...new Map(rows.map(({ home, case: number }) => [`${home}/${number}`, { home, case: number }])).values(),
]

const mostReadings = 1000
/** A receipt may be looked at a thousand times: that must not push the staff's readings out of sight. */
const fewOwn = 100

/** The reader, and whoever the reader acts for: what lies with either is theirs to do. */
const selves = ({ actor }: Who): string[] => [actor.id, ...(actor.acting ? [actor.acting.for] : [])]

/** An IIN as lists show it: the day of birth and the rest hidden but for the last two digits. */
export const maskIin = (iin: string) => `${iin.slice(0, 2)}••••••••${iin.slice(-2)}`
