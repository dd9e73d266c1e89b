import { randomUUID } from 'node:crypto'
import type { Attempt } from '../../src/gateway/journal/journal.ts'
import { exchangesInPostgres } from '../../src/gateway/journal/postgres/journal.ts'
import { keepingInPostgres } from '../../src/gateway/journal/postgres/keeping.ts'
import { seenInPostgres } from '../../src/gateway/journal/postgres/seen.ts'
import { servicesInPostgres } from '../../src/gateway/journal/postgres/services.ts'
import { tokensInPostgres } from '../../src/gateway/journal/postgres/tokens.ts'
import { evidenceBook } from '../../src/ledger/evidence/evidence.ts'
import { evidenceWatched } from '../../src/ledger/evidence/watched.ts'
import { fileStore } from '../../src/ledger/files/fileStore.ts'
import { readJournal } from '../../src/ledger/journal.ts'
import type { CaseHeads } from '../../src/ledger/keys/caseHeads.ts'
import type { Database, Statement } from '../../src/ledger/postgres/database.ts'
import { caseVersions, loadCase, lookUpCommand } from '../../src/ledger/read.ts'
import { savedForms } from '../../src/ledger/savedForms.ts'
import { caseReads } from '../../src/ledger/views/cases/cases.ts'
import { custodyReads } from '../../src/ledger/views/custody/custody.ts'
import { dueReads } from '../../src/ledger/views/due/due.ts'
import { dueTotals } from '../../src/ledger/views/due/totals.ts'
import { watchReads } from '../../src/ledger/views/due/watch.ts'
import { laneReads } from '../../src/ledger/views/work/lanes.ts'
import { workReads } from '../../src/ledger/views/work/work.ts'
import type { NoticeLine } from '../../src/notices/log.ts'
import { noticeLogInPostgres } from '../../src/notices/postgres/log.ts'
import { logInPostgres } from '../../src/queue/postgres/log.ts'
import type { LogLine } from '../../src/queue/queue.ts'
import { testKeyRing } from '../ledger/database.ts'

/** The home that every question of the port below is about. */
export const home = 7
const number = '007-191014-48213-2'
const [now, later] = ['2019-10-14T10:00:00Z', '2019-10-15T10:00:00Z']
const sha256 = 'ab'.repeat(32)

/** Every statement that what works over the tables says, taken down by a database that answers nothing, or what `answers` says. */
export async function saidBy(work: (database: Database) => Promise<unknown>, answers: Record<string, object[]> = {}): Promise<Statement[]> {
  const said: Statement[] = []
  const client = {
    query: async (text: string, values: unknown[] = []) => {
      said.push({ name: '', text, values })
      return { rows: [], rowCount: 1 }
    },
  }
  const database = {
    query: async (statement: Statement) => {
      said.push(statement)
      return answers[statement.name] ?? []
    },
    transaction: (inside: (one: typeof client) => unknown) => inside(client),
    withClient: (inside: (one: typeof client) => unknown) => inside(client),
  }
  await work(database as unknown as Database) // as: nothing else of it is asked
  return said
}

/** Reads and writes of everything that desks, effects and pages do: two homes where a list is of several. */
export async function everyStatement(): Promise<Statement[]> {
  const place = { home, organisation: 'o', role: 'clerk', unit: 'u' }
  const position = { home, case: number, key: 'k' }
  const attempt: Attempt = { home, case: number, key: 'k', service: 's', direction: 'out', sentAt: now }
  const key = Buffer.alloc(32, 1)
  const heads = { keyOf: async () => key, unwrap: async () => key, remember: () => {} } as unknown as CaseHeads // as: no case is opened here
  const of = { home, case: number }
  const parts: [(database: Database) => Promise<unknown>, Record<string, object[]>?][] = [
    [
      async (database) => {
        const work = workReads(database)
        await work.list({ places: [place, { ...place, home: 8 }], freeFor: ['p'], after: { ...position, dueAt: now }, limit: 20 })
        await work.taken(home, 'p', 20)
        await work.ofCase(home, number)
        await work.given([home, 8])
        await work.givenTo({ home, assignee: 'p', organisation: 'o', role: 'clerk' }, 20)
        await work.counts([place], now, ['p'])
      },
    ],
    [
      async (database) => {
        const lanes = laneReads(database)
        await lanes.list({ place, persons: ['p'], limit: 20, after: { ...position, dueAt: now } })
        await lanes.list({ place, persons: ['p'], limit: 20, awaiting: true, steps: ['s'], dueFrom: now, dueBefore: later })
        await lanes.still(place, ['p'], [{ ...of, step: 's' }])
        await lanes.counts(place, ['p'], now, later)
      },
    ],
    [
      async (database) => {
        const cases = caseReads(database)
        const page = { scope: ['o'], after: { openedAt: now, home, case: number }, limit: 20 }
        await cases.byNumber(home, number)
        await cases.byReceipt(home, 'd')
        await cases.byIin('000000000003', page)
        await cases.byWord(home, 'word', { scope: ['o', 'b'], limit: 20 })
        await cases.ofProvider('o', page)
        await cases.openAt(home, 'o')
        await cases.counts(['o', 'b'])
      },
    ],
    [
      async (database) => {
        const [due, custody] = [dueReads(database), custodyReads(database)]
        await due.until(now, 20, { ...position, nextAt: now })
        await due.ofCase(home, number)
        await due.runningAt(home, 'o', now, 20)
        await database.query(dueTotals(now))
        await custody.offeredBy('o', 'u', 'clerk', 20)
        await custody.ofCase(home, number)
        await custody.keptBy('p', 20)
      },
    ],
    [
      async (database) => {
        const watch = watchReads(database)
        const after = { dueAt: now, endedAt: now, case: number, key: 'k' }
        await watch.counts(home, now, later)
        await watch.cases(home, now, later)
        await watch.running({ home, until: later, provider: 'o' }, 20, after)
        await watch.endedList({ home, from: now, until: later }, 20)
        await watch.endedList({ home, from: now, until: later, late: true }, 20, after)
        await watch.endedList({ home, from: now, until: later, offices: ['o'], step: 's' }, 20)
        await watch.ended(home, now, later)
        await watch.days(home, '2019-10-14', '2019-10-15')
        await watch.keepDay(home, '2019-10-14', [])
        await watch.forgetDays()
      },
    ],
    [
      async (database) => {
        const journal = readJournal(database)
        await journal.record({ home, at: now, who: 'u', role: 'clerk', purpose: 'case', cases: [of] })
        await journal.ofCase(home, number)
        await journal.list({ home, from: now, until: later, limit: 20 })
        await journal.list({ home, from: now, until: later, limit: 20, who: ['u', 'v'] })
        await journal.readingsBy('u', home, number, ['case'], 20)
        await loadCase(database, heads, home, number)
        await lookUpCommand(database, home, 'key')
        await caseVersions(database, [of, { home: 8, case: number }])
      },
    ],
    [
      async (database) => {
        const files = fileStore(database, heads)
        await files.put(home, number, Buffer.from('scan'))
        await files.list(home, number)
        // Its pieces are of another content here: what is asked is what counts.
        await files.get(home, number, sha256).catch(() => null)
        await files.remove(home, number, sha256, 1)
      },
      { select_file: [{ size: 4, wrapped: key }] },
    ],
    [
      async (database) => {
        const forms = savedForms(database, heads, testKeyRing)
        const form = { of, staff: 'u', action: '/a' }
        await forms.keep({ ...form, values: 'a=1', savedAt: 1, until: 2 })
        await forms.find(form, 1)
        await forms.forget(form)
      },
    ],
    [
      async (database) => {
        const journal = exchangesInPostgres(database, { put: async () => sha256 })
        const id = await journal.begin(attempt)
        for (const part of ['request', 'response'] as const)
          await journal.keep({ ...of, id }, part, { bytes: Buffer.from('<a/>'), id: 'm' })
        await journal.end(home, id, { outcome: 'accepted', answeredAt: now, tookMs: 1, answerId: 'a' })
        await journal.settle('a', 'delivered', now)
        await journal.wasDelivered(home, number, 'k')
        await journal.find(home, id)
        await journal.list({
          home,
          organisations: ['o'],
          from: now,
          until: later,
          outcome: 'failed',
          after: { sentAt: now, id },
          limit: 20,
        })
        await journal.ofCase(home, number)
        const kept = tokensInPostgres(database, { seal: async () => key, unseal: async () => null }, () => home)
        const token = { caseNumber: number, queryId: 'q', iin: '000000000003' }
        await kept.keep(token, { kdpToken: 't', publicKey: 'p' }, later)
        await kept.find(token, now)
        await kept.forget(token)
        const keeping = keepingInPostgres(database, { get: async () => null, put: async () => sha256 })
        await keeping.trim(home, now, later, 20)
        await keeping.forgetEnded(home, now)
      },
      {
        exchange_settled: [{ id: randomUUID() }],
        exchange_old: [{ id: randomUUID(), case_number: number, request: null, response: null }],
      },
    ],
    [
      async (database) => {
        const services = servicesInPostgres(database, () => 1)
        await services.admit('s')
        await services.learn('s', 'n', 'down', now)
        await services.learn('s', 'n', null, now)
        await services.keepsWaiting('s', home, number)
        await services.outages(home, now, later)
        await services.out()
      },
      {
        service_outage_now: [{ began_at: now }],
        service_outages: [{ service: 's', began_at: now }],
        breaker: [{ failures: 1, open_until: 5, trying_since: null }],
      },
    ],
    [
      async (database) => {
        const { seen, taken } = seenInPostgres(database)
        await seen.take('m')
        await seen.release('m')
        await seen.keep?.('m')
        await taken.find('m')
        await taken.keep('m', { kind: 'accepted', at: now })
        const notices = noticeLogInPostgres(database)
        const line = {
          ...of,
          key: 'k',
          channel: 'sms',
          kind: 'ready',
          language: 'kk',
          state: 'waiting',
          code: null,
          tries: 0,
          asked: 0,
          segments: 1,
        }
        const notice = { ...line, said: sha256, createdAt: now, changedAt: now, nextAt: null } as unknown as NoticeLine // whatever its states are called
        await notices.begin(notice)
        await notices.settle(notice, notice)
        await notices.ofCase(home, number)
        const hall = logInPostgres(database, () => home)
        await hall.read('b', '2019-10-14', 0)
        await hall.append({ branch: 'b', day: '2019-10-14', seq: 1 } as unknown as LogLine) // whatever else is in it
        const evidence = evidenceBook(database)
        await evidence.without({ after: { ...of, sha256 }, limit: 20 }, ['T'], now)
        await evidence.stamps([1])
        await evidence.proofs([1])
        await evidence.of({ ...of, sha256 })
        await evidence.leaves({ after: { ...of, sha256 }, limit: 20 })
        await evidence.aged({ after: null, limit: 20 }, [1])
        await evidence.close([1])
        await evidence.moment()
        await database.query(evidenceWatched)
      },
    ],
  ]
  return (await Promise.all(parts.map(([work, answers]) => saidBy(work, answers)))).flat()
}
