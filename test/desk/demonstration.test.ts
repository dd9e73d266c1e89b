import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeedParts } from '../../src/desk/demonstration/play.ts'
import { seedCases } from '../../src/desk/demonstration/seedCases.ts'
import { readStories } from '../../src/desk/demonstration/stories.ts'
import { rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes, type Statutes } from '../../src/desk/statutes.ts'
import { viewsOfEvents } from '../../src/desk/views.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { seedPeople } from '../../src/people/demonstration.ts'
import { claimDemonstration } from '../../src/people/demonstrationMark.ts'
import { migratePeople } from '../../src/people/migrate.ts'
import { openPeople, type People } from '../../src/people/people.ts'
import { simulateSeal } from '../../src/seal/simulator/simulator.ts'
import { dropDatabase, newDatabase, testKeyRing } from '../ledger/database.ts'

const begins = Date.parse('2019-10-14T10:00:00+06:00')

describe("the demonstration's cases", () => {
  let url: string
  let ledger: PostgresLedger
  let people: People
  let statutes: Statutes
  let parts: SeedParts
  let keys: string

  beforeAll(async () => {
    url = await newDatabase()
    ledger = await openLedger({ url, keyRing: testKeyRing })
    await migratePeople(ledger.database)
    await claimDemonstration(ledger.database)
    people = await openPeople({
      database: ledger.database,
      keyRing: testKeyRing,
      machineClock: () => Date.now(),
      today: () => '2019-10-14',
      roles: () => statutes.roles,
    })
    statutes = openStatutes(
      await readLawFiles('regulations'),
      (organisation) => people.organisation(organisation)?.hours,
      (sha256) => ledger.law.text(sha256),
    )
    await rememberLaw(ledger.law, statutes)
    await seedPeople(people)
    keys = mkdtempSync(join(tmpdir(), 'qyzmet-demonstration-'))
    parts = { ledger, statutes, people, seal: simulateSeal({ folder: keys }), until: begins }
    // A first start that was killed: half is written, and one command was committed without anybody hearing of it.
    await expect(seedCases({ ...parts, ledger: killedAfter(300) })).rejects.toThrow('killed')
    await seedCases(parts)
  })
  afterAll(async () => {
    people.close()
    await ledger.close()
    await dropDatabase(url)
    rmSync(keys, { recursive: true })
  })

  /** A ledger whose process dies just after its n-th commit. */
  function killedAfter(commands: number): PostgresLedger {
    let done = 0
    return {
      ...ledger,
      append: async (command) => {
        if (done >= commands) throw new Error('killed')
        done += 1
        const outcome = await ledger.append(command)
        if (done >= commands) throw new Error('killed')
        return outcome
      },
    }
  }

  const rows = async (text: string) => (await ledger.database.pool.query<Record<string, string>>(text)).rows
  const ends = async () =>
    Object.fromEntries((await rows('select status, count(*) as n from case_view where not open group by 1')).map((r) => [r.status, r.n]))

  it('are as many as the file names, also when the first start was killed in the middle', async () => {
    const { stories } = readStories()
    expect(stories.length).toBeGreaterThan(50)
    expect(await rows('select count(*) as n from case_view')).toEqual([{ n: stories.length }])
    const iins = (await rows('select iin from case_view where iin is not null')).map((row) => row.iin)
    expect(new Set(iins).size).toBe(iins.length)
  })

  it('stand in chains, values and views that verify', async () => {
    const verified = await verify(ledger.database, testKeyRing, { rowsOf: viewsOfEvents(statutes, new Map()) })
    expect(verified.problems).toEqual([])
    expect(verified.cases).toBe(readStories().stories.length)
  })

  it('give every role of both regions at least three items', async () => {
    for (const login of [
      'aktobe.operator',
      'aktobe.clerk',
      'almaty.operator',
      'almaty.accumulation',
      'almaty.courier',
      'almaty.clerk',
      'almaty.head',
      'almaty.specialist',
      'almaty.issueDesk',
    ]) {
      const staff = people.staffByLogin(login.toLowerCase())
      const grant = staff?.grants[0]
      if (staff === undefined || grant === undefined) throw new Error(`${login} is not there`)
      const { role, organisation, unit } = grant
      const items = await ledger.work.list({
        places: [{ home: login.startsWith('aktobe') ? 15 : 75, role, organisation, unit }],
        freeFor: [staff.id],
        limit: 100,
      })
      expect(items.length, login).toBeGreaterThanOrEqual(3)
    }
  })

  it('have come to every ending, and go through every channel of both regions', async () => {
    expect(await ends()).toMatchObject({ served: expect.any(Number), refused: expect.any(Number), notAccepted: expect.any(Number) })
    expect(await ends()).toMatchObject({ noData: expect.any(Number), withdrawn: expect.any(Number) })
    expect(await rows('select distinct regulation, channel from case_view')).toHaveLength(4)
  })

  it('are on time, due today and late', async () => {
    const waiting = await rows(`
      select case when due_at < '2019-10-14T10:00+06' then 'late' when due_at < '2019-10-15T00:00+06' then 'today' else 'later' end as due
      from work_item where due_at < 'infinity'`)
    for (const due of ['late', 'today', 'later']) expect(waiting.filter((row) => row.due === due).length, due).toBeGreaterThanOrEqual(4)
  })

  it('hold one of each thing an office lives through', async () => {
    const types = (await rows(`select distinct body::jsonb ->> 'type' as type from event`)).map((row) => row.type)
    expect(types).toEqual(
      expect.arrayContaining(['StepReturned', 'EntryCorrected', 'PaperReissued', 'OutsideFailed', 'DueWarned', 'DueMissed']),
    )
    expect(await rows(`select 1 from work_item where doc ->> 'awaiting' = 'true'`)).toHaveLength(2)
    expect(
      (
        await rows(
          `select 1 from event where body::jsonb ->> 'type' = 'DocumentsHandedIn' and body::jsonb #>> '{data,by}' = 'representative'`,
        )
      ).length,
    ).toBeGreaterThan(0)
  })

  it('happened before the demonstration begins, by people inside the opening hours of their organisations', async () => {
    const events = await rows(
      `select body::jsonb ->> 'type' as type, body::jsonb ->> 'at' as at, body::jsonb #>> '{actor,organisation}' as organisation from event
       where body::jsonb ? 'at'`,
    )
    for (const { type, at, organisation } of events) {
      expect(Date.parse(at ?? '')).toBeLessThan(begins)
      if (organisation === null || organisation === undefined) continue
      const local = Temporal.PlainDateTime.from((at ?? '').slice(0, 19))
      const provider = people.organisation(organisation)?.at === 'provider'
      const time = local.toPlainTime().toString().slice(0, 5)
      const label = `${type} ${at} ${organisation}`
      expect(local.dayOfWeek, label).toBeLessThanOrEqual(provider ? 5 : 6)
      expect(time >= '09:00' && time <= (provider ? '18:30' : '20:00'), label).toBe(true)
      if (provider) expect(time > '13:00' && time < '14:30', label).toBe(false)
    }
  })

  it('stay what they are at every later start', async () => {
    const before = await rows('select count(*) as n from event')
    await seedCases(parts)
    expect(await rows('select count(*) as n from event')).toEqual(before)
  })

  it('stay what they are even where their mark was lost', async () => {
    const before = await rows('select count(*) as n from event')
    await rows(`delete from setting where name = 'demonstrationCases'`)
    await seedCases(parts)
    expect(await rows('select count(*) as n from event')).toEqual(before)
  })
})
