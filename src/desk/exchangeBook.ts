import { containerOf, type NamingEvent } from '../gateway/journal/container.ts'
import type { ExchangeJournal, ExchangeQuery, ExchangeRow } from '../gateway/journal/journal.ts'
import { type MessageRecord, readRecord } from '../gateway/journal/record.ts'
import type { ServiceOutage, Services } from '../gateway/journal/services.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import type { History } from './reading.ts'
import type { Statutes } from './statutes.ts'
import { mayRead, type Who } from './who.ts'

/** Of which organisations' cases; `all`: of every one. */
export type ExchangeScope = readonly string[] | 'all'

export interface ExchangeQuestion extends Pick<ExchangeQuery, 'case' | 'service' | 'direction' | 'outcome' | 'after' | 'limit'> {
  /** Days `yyyy-mm-dd` of the reader's region, both included. */
  readonly from: string
  readonly until: string
}

/** One attempt with its messages; null where nothing was told, or the case was destroyed. */
export interface OpenedExchange {
  readonly row: ExchangeRow
  readonly request: MessageRecord | null
  readonly response: MessageRecord | null
  readonly events: readonly NamingEvent[]
}

export interface MonthOutage extends ServiceOutage {
  /** How many cases of the region it kept waiting. */
  readonly cases: number
}

/**
 * The journal of exchanges for people. A list says nothing of a person but the numbers of cases; a message does: both leave a row in the journal of
 * readings before they are shown. What the reader may not see does not exist.
 */
export interface ExchangeBook {
  list(question: ExchangeQuestion, who: Who, scope: ExchangeScope): Promise<ExchangeRow[]>
  /** `scope` null: only whoever may see the case itself. */
  open(home: number, id: string, who: Who, scope: ExchangeScope | null): Promise<OpenedExchange | null>
  /** The same as a file that proves itself. */
  container(home: number, id: string, who: Who, scope: ExchangeScope | null): Promise<Uint8Array | null>
  /** For the page of a case, whose reading is written down already. */
  ofCase(home: number, caseNumber: string): Promise<ExchangeRow[]>
  /** Outages of services in days of the reader's region, both included. */
  outages(from: string, until: string, who: Who): Promise<MonthOutage[]>
}

interface Parts {
  readonly journal: ExchangeJournal
  readonly services: Pick<Services, 'outages'>
  readonly ledger: Pick<Ledger, 'files' | 'journal'>
  readonly shelf: Pick<CaseShelf, 'history'>
  readonly statutes: Pick<Statutes, 'homeOf' | 'zoneOf'>
  readonly clock: LawClock
}

export function exchangeBook(parts: Parts): ExchangeBook {
  const { journal, statutes, services } = parts
  const open: ExchangeBook['open'] = async (home, id, who, scope) => {
    const row = await journal.find(home, id)
    if (row === null) return null
    const history = row.case === '' ? null : await parts.shelf.history(row.case)
    if (!maySee(row, history, who, scope)) return null
    await note(parts, who, [{ home: row.home, case: row.case }])
    const [request, response] = await Promise.all([row.request, row.response].map((sha256) => record(parts, row, sha256)))
    return { row, request: request ?? null, response: response ?? null, events: eventsNaming(row, history) }
  }
  return {
    open,
    async list({ from, until, ...rest }, who, scope) {
      const span = spanOf(statutes.zoneOf(who.region), from, until)
      const home = statutes.homeOf(who.region)
      const rows = await journal.list({ ...rest, ...span, home, ...(scope === 'all' ? {} : { organisations: scope }) })
      await note(
        parts,
        who,
        rows.map((row) => ({ home: row.home, case: row.case })),
        `day:${from === until ? from : `${from}/${until}`}`,
      )
      return rows
    },
    async container(home, id, who, scope) {
      const found = await open(home, id, who, scope)
      return found && containerOf({ ...found, madeAt: momentIn(statutes.zoneOf(who.region), parts.clock.now()) })
    },
    ofCase: (home, number) => journal.ofCase(home, number),
    async outages(from, until, who) {
      const span = spanOf(statutes.zoneOf(who.region), from, until)
      return services.outages(statutes.homeOf(who.region), span.from, span.until)
    },
  }
}

function maySee(row: ExchangeRow, history: History | null, who: Who, scope: ExchangeScope | null): boolean {
  if (scope === 'all') return true
  if (history === null) return false
  const { state, bound } = history.file
  const places = [state.provider.id, ...(state.branch === null ? [] : [state.branch])]
  if (scope !== null && places.some((place) => scope.includes(place))) return true
  return row.case !== '' && mayRead(who, bound.court, state)
}

async function record({ ledger }: Parts, row: ExchangeRow, sha256: string | null): Promise<MessageRecord | null> {
  const bytes = sha256 === null ? null : await ledger.files.get(row.home, row.case, sha256)
  return bytes && readRecord(bytes)
}

/** Events that were decided on what this exchange brought: they name it by the id of its question or of its answer. */
function eventsNaming(row: ExchangeRow, history: History | null): NamingEvent[] {
  const ids = new Set([row.messageId, row.answerId, row.key].filter((id) => id !== null && id !== ''))
  return (history?.events ?? []).flatMap(({ seq, type, hash, data }) =>
    ['exchange', 'query', 'message'].some((name) => typeof data[name] === 'string' && ids.has(data[name])) ? [{ seq, type, hash }] : [],
  )
}

async function note(parts: Parts, who: Who, cases: readonly { home: number; case: string }[], about?: string): Promise<void> {
  const { statutes, clock, ledger } = parts
  const each = new Map(cases.filter((one) => one.case !== '').map((one) => [`${one.home}/${one.case}`, one]))
  await ledger.journal.record({
    home: statutes.homeOf(who.region),
    at: momentIn(statutes.zoneOf(who.region), clock.now()),
    who: who.actor.id,
    role: who.actor.role ?? '',
    purpose: 'exchange',
    cases: [...each.values()],
    ...(about === undefined ? {} : { about }),
  })
}

function spanOf(zone: string, from: string, until: string): { from: string; until: string } {
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString()
  return { from: start(Temporal.PlainDate.from(from)), until: start(Temporal.PlainDate.from(until).add({ days: 1 })) }
}
