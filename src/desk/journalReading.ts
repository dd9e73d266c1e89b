import type { JournalQuery, JournalRow, Ledger } from '../ledger/ledger.ts'
import { type LawClock, momentIn } from './clock.ts'
import { homeOf } from './numbers.ts'
import type { Statutes } from './statutes.ts'
import type { Who } from './who.ts'

/** Whose readings, and of which days (`yyyy-mm-dd`, both included, in the reader's region). */
export interface JournalQuestion {
  /** Absent: of everybody. */
  readonly reader?: string
  /** Absent: of every case. */
  readonly number?: string
  readonly from: string
  readonly until: string
  readonly after?: JournalQuery['after']
  readonly limit: number
}

/** What a page shows of one row's cases; all of them would be a hundred numbers where somebody looked at a long list. */
export const casesShown = 3

export interface JournalReading {
  /**
   * Rows of the journal, newest first. `mayAsk` is asked of each reader: whose readings are this person's business is told by the book of people.
   * That the journal was read is written into it before the answer: about whom or what, and the cases whose numbers were shown.
   */
  list(question: JournalQuestion, who: Who, scope: JournalScope): Promise<JournalRow[]>
}

export interface JournalScope {
  /** Ids of the readers that may be asked about; `all`: everybody of the region. */
  readonly readers: readonly string[] | 'all'
  /** How many numbers of each row are shown. */
  readonly shown: number
}

export function createJournalReading({
  ledger,
  statutes,
  clock,
}: {
  readonly ledger: Pick<Ledger, 'journal'>
  readonly statutes: Pick<Statutes, 'homeOf' | 'zoneOf'>
  readonly clock: LawClock
}): JournalReading {
  return {
    async list(question, who, scope) {
      const home = statutes.homeOf(who.region)
      const zone = statutes.zoneOf(who.region)
      const rows = await find(ledger, question, scope, home, zone)
      const cases = new Map(rows.flatMap((row) => row.cases.slice(0, scope.shown)).map((one) => [`${one.home}/${one.case}`, one]))
      await ledger.journal.record({
        home,
        at: momentIn(zone, clock.now()),
        who: who.actor.id,
        role: who.actor.role ?? '',
        purpose: 'journal',
        cases: [...cases.values()],
        about: aboutOf(question),
      })
      return rows
    },
  }
}

const aboutOf = ({ reader, number, from, until }: JournalQuestion): string =>
  [
    reader === undefined ? [] : [`who:${reader}`],
    number === undefined ? [] : [`case:${number}`],
    [from === until ? `day:${from}` : `day:${from}/${until}`],
  ]
    .flat()
    .join(' ')

async function find(
  ledger: Pick<Ledger, 'journal'>,
  { reader, number, from, until, after, limit }: JournalQuestion,
  { readers }: JournalScope,
  home: number,
  zone: string,
): Promise<JournalRow[]> {
  const begins = startOf(from, zone)
  const ends = startOf(Temporal.PlainDate.from(until).add({ days: 1 }).toString(), zone)
  const isAsked = (id: string) => (reader === undefined || id === reader) && (readers === 'all' || readers.includes(id))
  if (number !== undefined) {
    const where = homeOf(number)
    if (where === null || (readers === 'all' && where !== home)) return []
    const rows = await ledger.journal.ofCase(where, number, limit)
    const at = (row: JournalRow) => Date.parse(row.at)
    return rows.filter((row) => isAsked(row.who) && at(row) >= Date.parse(begins) && at(row) < Date.parse(ends))
  }
  const who = reader === undefined ? (readers === 'all' ? undefined : readers) : [reader].filter(isAsked)
  return ledger.journal.list({ home, from: begins, until: ends, limit, ...(who === undefined ? {} : { who }), ...(after ? { after } : {}) })
}

const startOf = (day: string, zone: string): string => Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString()
