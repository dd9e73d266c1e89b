import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withRoundTrips } from '../../src/cli/bench/roundTrips.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { move, open } from './commands.ts'
import { testKeyRing, withDatabase } from './database.ts'

/** One writer, so that what is given in one turn is one batch. */
it('a batch of several homes is one call, and what is refused in it is told while the others are written', () =>
  withDatabase(async ({ url }) => {
    const ledger = await openLedger({ url, keyRing: testKeyRing, writers: 1 })
    try {
      const opened = [3, 4, 5, 6].map((home) => open({ home, case: 'T-1', idempotencyKey: `open ${home}` }))
      const first = await withRoundTrips(() => Promise.all(opened.map(ledger.append)))
      expect(first.value.map(({ kind }) => kind)).toEqual(Array(4).fill('appended'))
      expect(first.trips.append?.count).toBe(1)
      const [a, b, c, d] = opened
      if (!a || !b || !c || !d) throw new Error('four were opened')
      const next = move(a, 2)
      const second = await Promise.all([
        ledger.append(next),
        ledger.append(move(b, 9)),
        // The same key in another home is another key.
        ledger.append({ ...move(c, 2), idempotencyKey: next.idempotencyKey }),
        ledger.append(d),
        ledger.append(open({ home: 6, case: 'T-2', idempotencyKey: randomUUID() })),
        ledger.append(open({ home: 3, case: 'T-2', idempotencyKey: 'open 3', requestHash: 'another' })),
      ])
      expect(second.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'appended', 'repeated', 'appended', 'keyReused'])
      const { rows } = await ledger.database.pool.query<{ found: string }>(
        `select h.home || '/' || h.number || ' ' || h.version || ' ' || count(e.seq) || ' ' || (h.head = (array_agg(e.hash order by e.seq desc))[1]) as found
         from case_head as h join event as e on e.home = h.home and e.case_number = h.number
         group by h.home, h.number, h.version, h.head order by 1`,
      )
      expect(rows.map(({ found }) => found)).toEqual([
        '3/T-1 3 3 true',
        '4/T-1 2 2 true',
        '5/T-1 3 3 true',
        '6/T-1 2 2 true',
        '6/T-2 2 2 true',
      ])
    } finally {
      await ledger.close()
    }
  }))
