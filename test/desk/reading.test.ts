import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Who } from '../../src/desk/who.ts'
import { type Office, openOffice, who } from './office.ts'

describe('reading', () => {
  let office: Office
  let close: () => Promise<void>
  let number: string
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
    number = await office.walk('almaty', 'corporation', 'receivePackage')
  })
  afterAll(() => close())

  const rows = async () => (await office.ledger.database.pool.query('select * from read_journal order by at')).rows.length

  it.each([
    ['the clerk of the provider', who('almaty', 'clerk'), true],
    ['the head of the provider', who('almaty', 'head'), true],
    ['the operator of the branch', who('almaty', 'operator'), true],
    ['the courier of the branch', who('almaty', 'courier'), true],
    ['the supervisor of the region', who('almaty', 'supervisor', 'almaty.directorate'), true],
    ['the supervisor of another region', who('aktobe', 'supervisor', 'aktobe.directorate'), false],
    ['the clerk of another provider', who('almaty', 'clerk', 'another'), false],
    ['the operator of another branch', who('almaty', 'operator', 'another'), false],
    ['the clerk who says to be of the branch', who('almaty', 'clerk', 'branch'), false],
    ['an administrator', who('almaty', 'administrator', 'provider'), false],
    ['somebody without a role', { region: 'almaty', actor: { kind: 'staff', id: 'x', organisation: 'provider' } } satisfies Who, false],
  ])('of a case by %s', async (_name, reader, may) => {
    const before = await rows()
    const found = await office.reading.case(number, reader, 'case')
    expect(found !== null).toBe(may)
    expect(await rows()).toBe(before + (may ? 1 : 0))
  })

  it('leaves one row that says who, in which role, why and which case, and the subject sees it', async () => {
    await office.reading.case(number, who('almaty', 'clerk'), 'paper')
    const readers = await office.reading.readers(number)
    expect(readers).toContainEqual(
      expect.objectContaining({ home: 75, who: 'clerk', role: 'clerk', purpose: 'paper', cases: [{ home: 75, case: number }] }),
    )
  })

  it('of a work list leaves one row with all its cases; counts leave none', async () => {
    const place = { ...who('almaty', 'clerk'), actor: { ...who('almaty', 'clerk').actor, unit: 'office' } }
    const second = await office.walk('almaty', 'corporation', 'receivePackage')
    const before = await rows()
    expect(await office.reading.count(place)).toMatchObject({ items: 2 })
    expect(await rows()).toBe(before)
    const items = await office.reading.work(place, 50)
    expect(items.map((item) => item.case).sort()).toEqual([number, second].sort())
    expect(await rows()).toBe(before + 1)
    // One row for both; whoever asks about a case is told of that case alone.
    for (const one of [number, second]) {
      const [last] = await office.reading.readers(one)
      expect(last).toMatchObject({ purpose: 'work', cases: [{ case: one }] })
    }
  })

  it('of a work list at another organisation shows nothing', async () => {
    const stranger = who('almaty', 'clerk', 'another')
    expect(await office.reading.work({ ...stranger, actor: { ...stranger.actor, unit: 'office' } }, 50)).toEqual([])
  })

  it('by search finds by number, IIN and the beginning of the name, within the reader’s organisations only', async () => {
    const me = who('almaty', 'clerk')
    const { state } = await office.file(number)
    const iin = state.application?.iin ?? ''
    for (const text of [number, number.slice(-7), iin, 'үлгіб', 'ҮЛГІБАЕВА', 'Улгибаева', 'Ülgibaeva', 'Үлгiб']) {
      const found = await office.reading.search(text, me, ['provider'])
      expect(
        found.rows.map((row) => row.case),
        text,
      ).toContain(number)
      expect((await office.reading.search(text, me, ['another'])).rows, text).toEqual([])
      expect(await office.reading.only(text, me, ['another']), text).toBeNull()
    }
    expect((await office.reading.search('ү', me, ['provider'])).rows).toEqual([])
  })

  it('by receipt needs the number and its secret', async () => {
    const secret = (await office.file(number)).state.secret ?? ''
    expect((await office.reading.track(number, secret))?.file.number).toBe(number)
    expect((await office.reading.track(` ${number} `, secret.toLowerCase().replace(/(.{5})/g, '$1 ')))?.file.number).toBe(number)
    expect(await office.reading.track(number, `${secret.slice(0, -1)}${secret.endsWith('7') ? '8' : '7'}`)).toBeNull()
    expect(await office.reading.track('075-191014-00000-0', secret)).toBeNull()
    expect(await office.reading.track('nothing', secret)).toBeNull()
    expect([await office.reading.opens(number, secret), await office.reading.opens(number, 'WRONG')]).toEqual([number, null])
  })

  it('by receipt leaves a row for its subject to see, and a wrong try leaves none', async () => {
    const fresh = await office.open('almaty', 'office')
    const secret = (await office.file(fresh)).state.secret ?? ''
    await office.reading.opens(fresh, secret)
    await office.reading.track(fresh, 'WRONG')
    expect(await office.reading.readers(fresh)).toEqual([])
    await office.reading.track(fresh, secret)
    await office.reading.track(fresh, secret, 'paper')
    const rows = await office.reading.readers(fresh)
    expect(rows.map(({ who: reader, role, purpose }) => [reader, role, purpose].join(' ')).sort()).toEqual([
      'receipt applicant paper',
      'receipt applicant track',
    ])
  })
})
