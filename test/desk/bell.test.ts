import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawNumber } from '../../src/desk/numbers.ts'
import { createWatch, type Word } from '../../src/desk/watch.ts'
import type { Heard } from '../../src/ledger/bell/bell.ts'
import { payloadsOf, postgresBell } from '../../src/ledger/bell/postgresBell.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { open } from '../ledger/commands.ts'
import { dropDatabase, newDatabase, testKeyRing } from '../ledger/database.ts'

const desk = 'almaty.directorate|head|management'

async function until(holds: () => boolean, mostMs = 5000): Promise<number> {
  const begun = Date.now()
  while (!holds()) {
    if (Date.now() - begun > mostMs) throw new Error('it did not come')
    await sleep(10)
  }
  return Date.now() - begun
}

describe('word of moved cases between two processes of one database', () => {
  let url: string
  let here: PostgresLedger
  let there: PostgresLedger

  beforeAll(async () => {
    url = await newDatabase()
    here = await openLedger({ url, keyRing: testKeyRing })
    there = await openLedger({ url, keyRing: testKeyRing })
  })
  afterAll(async () => {
    await here.close()
    await there.close()
    await dropDatabase(url)
  })

  it('is heard here at once and there within a second, and never twice', async () => {
    const [mine, other] = [postgresBell(here.database), postgresBell(there.database)]
    const [heardHere, heardThere]: [Heard[], Heard[]] = [[], []]
    mine.hear((word) => heardHere.push(word))
    other.hear((word) => heardThere.push(word))
    await until(() => heardHere.length > 0 && heardThere.length > 0) // both say first that they begin to hear
    mine.ring({ case: '750-191014-48213-7', version: 3, places: [desk] })
    expect(heardHere.filter(({ kind }) => kind === 'moved')).toHaveLength(1)
    expect(await until(() => heardThere.some(({ kind }) => kind === 'moved'))).toBeLessThan(1000)
    await sleep(200)
    expect(heardHere.filter(({ kind }) => kind === 'moved')).toHaveLength(1)
    await mine.close()
    await other.close()
  })

  it('begins anew when the connection was lost, and says that something may have been missed', async () => {
    const bell = postgresBell(here.database)
    const heard: Heard[] = []
    bell.hear((word) => heard.push(word))
    await until(() => heard.length === 1)
    await there.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like '%listen qyzmet_moved%' and datname = current_database() and pid <> pg_backend_pid()`,
    )
    await until(() => heard.length === 2)
    expect(heard.map(({ kind }) => kind)).toEqual(['gap', 'gap'])
    await bell.close()
  })

  it('that nobody said is found by looking, and only about what is on the screen', async () => {
    const [number, other] = [drawNumber(7, '2019-10-14'), drawNumber(7, '2019-10-14')]
    await here.append(open({ home: 7, case: number }))
    await here.append(open({ home: 7, case: other }))
    const silent = { hear: () => () => undefined, ring: () => undefined, close: async () => undefined }
    const watch = createWatch({ bell: silent, ledger: here, clock: { now: () => 0 }, machine: () => 0, everyMs: 50 })
    const told: Word[] = []
    const end = await watch.look({ place: undefined, cases: new Map([[number, 0]]), tell: (word) => told.push(word) })
    await until(() => told.some(({ kind }) => kind === 'case'))
    await sleep(150)
    expect(told.flatMap((word) => (word.kind === 'case' ? [word.number] : []))).toEqual([number])
    end()
    expect(watch.size).toBe(0)
    watch.close()
  })

  it('fits into what PostgreSQL carries, and too much of it is one word', () => {
    const many = Array.from({ length: 300 }, (_, n) => ({ case: `750-191014-${n}`, version: n, places: [desk, desk] }))
    const payloads = payloadsOf('me', many)
    expect(payloads.length).toBeGreaterThan(1)
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8000)
    expect(payloads.flatMap((payload) => JSON.parse(payload).moved)).toHaveLength(300)
    expect(payloadsOf('me', [...many, ...many])).toEqual(['{"from":"me","moved":null}'])
  })
})
