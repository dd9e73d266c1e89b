import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { caseColumns, custodyColumns, dueColumns, move, newNumber, open, workColumns } from '../ledger/commands.ts'
import type { LedgerUnderTest } from './ledger.ts'

/** What every ledger must answer from its views. */
export function ledgerViewsContract(name: string, make: () => Promise<LedgerUnderTest>): void {
  describe(`the views of ${name}`, () => {
    let ledger: Ledger
    let dispose: () => Promise<void>

    beforeAll(async () => {
      ;({ ledger, dispose } = await make())
    })
    afterAll(() => dispose())

    const noon = (day: number) => `2019-10-${String(day).padStart(2, '0')}T12:00:00Z`

    async function work(unit: string, rows: object[]) {
      const put = rows.map((row, n) => ({ key: `k${n}`, columns: { ...workColumns, unit, ...row } }))
      const command = open({ views: { work_item: { put, remove: [] } } })
      await ledger.append(command)
      return command
    }

    it('list the work of a person’s places by due time, page by page, without a due time last', async () => {
      await work('a', [{ due_at: noon(5) }, { due_at: null }, { due_at: noon(1) }])
      await work('b', [{ due_at: noon(3) }])
      await work('c', [{ due_at: noon(2) }])
      const places = ['a', 'b'].map((unit) => ({ home: 7, organisation: 'school', role: 'clerk', unit }))
      const first = await ledger.work.list({ places, limit: 3 })
      expect(first.map((item) => item.dueAt)).toEqual([noon(1), noon(3), noon(5)])
      const rest = await ledger.work.list({ places, limit: 3, after: first[2] })
      expect(rest.map((item) => item.dueAt)).toEqual([null])
      expect(await ledger.work.list({ places, limit: 3, after: rest[0] })).toEqual([])
      expect(await ledger.work.counts(places, noon(4))).toEqual([
        { home: 7, organisation: 'school', role: 'clerk', unit: 'a', items: 3, overdue: 1 },
        { home: 7, organisation: 'school', role: 'clerk', unit: 'b', items: 1, overdue: 1 },
      ])
    })

    it('leave out what another person has taken, and list what one has', async () => {
      await work('taken', [{ assignee: 'u1', step: 'mine' }, { assignee: 'u2', step: 'theirs' }, { step: 'free' }])
      const places = [{ home: 7, organisation: 'school', role: 'clerk', unit: 'taken' }]
      expect((await ledger.work.list({ places, freeFor: ['u1'], limit: 9 })).map((item) => item.step).sort()).toEqual(['free', 'mine'])
      expect((await ledger.work.taken(7, 'u2', 9)).map((item) => item.step)).toEqual(['theirs'])
      const counted = (...freeFor: string[]) =>
        ledger.work.counts(places, noon(4), freeFor.length === 0 ? undefined : freeFor).then(([at]) => at?.items)
      expect([await counted(), await counted('u1'), await counted('u3'), await counted('u3', 'u2')]).toEqual([3, 2, 1, 2])
    })

    it('follow the command that changes them', async () => {
      const command = await work('moving', [{}])
      const moved = move(command, 2, {
        views: { work_item: { put: [{ key: 'new', columns: { ...workColumns, unit: 'moved' } }], remove: ['k0'] } },
      })
      await ledger.append(moved)
      expect((await ledger.work.ofCase(7, command.case)).map(({ key, unit }) => [key, unit])).toEqual([['new', 'moved']])
    })

    it('find a case by number, receipt, IIN and the beginning of the name', async () => {
      const columns = {
        ...caseColumns,
        iin: '850202300021',
        receipt_digest: 'd1',
        provider: 'p1',
        branch: 'b1',
      }
      const words = { word: 'alieva janar', provider: 'p1', branch: 'b1' }
      const command = open({
        views: {
          case_view: { put: [{ key: 'case', columns }], remove: [] },
          search_key: { put: [{ key: 'surname', columns: words }], remove: [] },
        },
      })
      await ledger.append(command)
      const found = { case: command.case, iin: '850202300021', dueAt: '2019-10-17T12:00:00Z', open: true, doc: { papers: ['a', 'b'] } }
      expect(await ledger.cases.byNumber(7, command.case)).toMatchObject(found)
      expect(await ledger.cases.byNumber(8, command.case)).toBeNull()
      expect(await ledger.cases.byReceipt(7, 'd1')).toMatchObject(found)
      expect(await ledger.cases.byReceipt(7, 'd2')).toBeNull()
      for (const scope of ['all', ['p1'], ['b1']] as const) {
        const page = { scope: scope === 'all' ? scope : [...scope], limit: 5 }
        expect(await ledger.cases.byIin('850202300021', page)).toMatchObject([found])
      }
      // An office of the case, and both at once: it comes once.
      for (const scope of [['p1'], ['b1'], ['b1', 'p1']])
        expect(await ledger.cases.byWord(7, 'alieva', { scope, limit: 5 })).toMatchObject([{ ...found, word: 'alieva janar' }])
      expect(await ledger.cases.byIin('850202300021', { scope: ['p2'], limit: 5 })).toEqual([])
      expect(await ledger.cases.byWord(7, 'alieva', { scope: ['p2'], limit: 5 })).toEqual([])
      expect(await ledger.cases.byWord(8, 'alieva', { scope: ['p1'], limit: 5 })).toEqual([])
      expect(await ledger.cases.byWord(7, 'oleva', { scope: ['p1'], limit: 5 })).toEqual([])
    })

    it('page through cases of one person, one name and one provider', async () => {
      const numbers = Array.from({ length: 5 }, newNumber)
      for (const [n, number] of numbers.entries()) {
        const columns = {
          ...caseColumns,
          iin: '770303400032',
          provider: 'paged',
          opened_at: noon(10 + n),
          open: n > 0,
        }
        const word = { key: 'surname', columns: { word: `ospanov ${n}`, provider: 'paged' } }
        await ledger.append(
          open({
            case: number,
            views: { case_view: { put: [{ key: 'case', columns }], remove: [] }, search_key: { put: [word], remove: [] } },
          }),
        )
      }
      const byIin = await ledger.cases.byIin('770303400032', { scope: 'all', limit: 3 })
      const rest = await ledger.cases.byIin('770303400032', { scope: 'all', limit: 3, after: byIin[2] })
      expect([...byIin, ...rest].map((row) => row.case)).toEqual([...numbers].reverse())
      const byName = await ledger.cases.byWord(7, 'ospanov', { scope: ['paged'], limit: 3 })
      const more = await ledger.cases.byWord(7, 'ospanov', { scope: ['paged'], limit: 3, after: byName[2] })
      expect([...byName, ...more].map((row) => row.case)).toEqual(numbers)
      const listed = await ledger.cases.ofProvider('paged', { limit: 4 })
      expect([...listed, ...(await ledger.cases.ofProvider('paged', { limit: 4, after: listed[3] }))]).toHaveLength(5)
      expect(await ledger.cases.counts(['paged'])).toEqual([{ provider: 'paged', status: 'received', cases: 4 }])
    })

    it('tell what has come due: the warning first, then the term, then nothing', async () => {
      const due = (state: string) => ({
        due: { put: [{ key: 's', columns: { ...dueColumns, warn_at: noon(1), due_at: noon(2), state } }], remove: [] },
      })
      const command = open({ views: due('running') })
      await ledger.append(command)
      const asked = async (now: string) =>
        (await ledger.due.until(now, 99)).filter((row) => row.case === command.case).map((row) => row.nextAt)
      expect(await asked('2019-10-01T11:59:59Z')).toEqual([])
      expect(await asked(noon(1))).toEqual([noon(1)])
      await ledger.append(move(command, 2, { views: due('warned') }))
      expect(await asked(noon(1))).toEqual([])
      expect(await asked(noon(9))).toEqual([noon(2)])
      await ledger.append(move(command, 3, { views: due('overdue') }))
      expect(await asked(noon(9))).toEqual([])
      expect(await ledger.due.ofCase(7, command.case)).toMatchObject([{ state: 'overdue', nextAt: null, clause: '3' }])
    })

    it('tell what has come due page by page, the oldest first', async () => {
      for (const day of [22, 21, 23]) {
        const put = [{ key: 's', columns: { ...dueColumns, warn_at: null, due_at: noon(day) } }]
        await ledger.append(open({ home: 9, views: { due: { put, remove: [] } } }))
      }
      const rows = (await ledger.due.until(noon(30), 999)).filter((row) => row.home === 9)
      expect(rows.map((row) => row.nextAt)).toEqual([noon(21), noon(22), noon(23)])
      expect((await ledger.due.until(noon(30), 1, rows[0])).map((row) => row.nextAt)).toEqual([noon(22)])
    })

    it('tell who holds what, and what of it is offered to another, the longest held first', async () => {
      const hold = (since: string, offeredTo: string | null) => ({
        custody_item: {
          put: [{ key: 'package', columns: { ...custodyColumns, holder_unit: 'archive', since, doc: { offeredTo } } }],
          remove: [],
        },
      })
      const late = open({ views: hold(noon(9), 'courier') })
      const early = open({ views: hold(noon(8), 'courier') })
      for (const command of [late, open({ views: hold(noon(7), null) }), early]) await ledger.append(command)
      const offered = async (role: string, limit: number) =>
        (await ledger.custody.offeredBy('school', 'archive', role, limit)).map((row) => row.case)
      expect(await offered('staff', 5)).toEqual([early.case, late.case])
      expect(await offered('staff', 1)).toEqual([early.case])
      expect(await offered('courier', 5)).toEqual([])
      expect(await ledger.custody.ofCase(7, late.case)).toMatchObject([{ what: 'package', holderKind: 'staff', holderPerson: null }])
    })
  })
}
