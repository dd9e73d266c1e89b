import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { releaseOrphans } from '../../src/desk/orphans.ts'
import type { Who } from '../../src/desk/who.ts'
import { numberOf, type Office, openOffice, said, who } from './office.ts'

const order = { number: '41-қ', date: '2019-10-11' }

/** Somebody who does the work of `other` in the role, by an order. */
const actingFor = (role: string, other: string, id: string): Who => {
  const own = who('almaty', role, undefined, id)
  return { ...own, actor: { ...own.actor, acting: { for: other, order, grant: 'g-1' } } }
}

describe('work that goes from hand to hand', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  const head = who('almaty', 'head')
  const give = (number: string, to: string | null, more: { from?: string | null; by?: Who; reason?: string } = {}) =>
    office.desk.office(
      number,
      {
        do: 'reassign',
        role: 'specialist',
        from: more.from === undefined ? 'specialist' : more.from,
        to,
        reason: more.reason ?? 'Еңбек демалысы',
      },
      more.by ?? head,
      { key: randomUUID() },
    )
  const examining = async () => {
    office.at('2019-10-14T09:50:00+06:00')
    const number = await office.walk('almaty', 'office', 'examine')
    expect((await office.file(number)).state.step?.assignee).toBe('specialist')
    return number
  }

  it('is given to another by whoever refers it: the terms run as they ran, the reason stands apart from the chain', async () => {
    const number = await examining()
    const before = (await office.file(number)).state
    expect(before.custody.package?.keeper).not.toBeNull()
    numberOf(await give(number, 'colleague'))
    const { state } = await office.file(number)
    expect(state.step).toMatchObject({ id: 'examine', assignee: 'colleague', since: before.step?.since })
    expect(state.dues).toEqual(before.dues)
    const event = (await office.events(number)).at(-1)
    expect(event).toMatchObject({ type: 'WorkReassigned', actor: { id: 'head' }, personal: { reason: 'Еңбек демалысы' } })
    expect(event?.data).toMatchObject({ role: 'specialist', from: 'specialist', to: 'colleague', step: 'examine', cause: 'order' })
    expect(said(await office.go(number, {}, { who: who('almaty', 'specialist') }))).toMatchObject({ code: 'notYours' })
    numberOf(await office.go(number, {}, { who: who('almaty', 'specialist', undefined, 'colleague') }))
    expect(await office.problems()).toEqual([])
  })

  it('stays with the new performer when it comes back from the signature', async () => {
    const number = await examining()
    numberOf(await give(number, 'colleague'))
    numberOf(await office.go(number))
    const open = (await office.file(number)).state.step
    expect(open?.role).toBe('head')
    numberOf(await office.desk.office(number, { do: 'return', reason: 'Қате' }, head, { key: randomUUID() }))
    expect((await office.file(number)).state.step).toMatchObject({ role: 'specialist', assignee: 'colleague' })
  })

  it('is given only by whom, to whom and with what the law and the house allow', async () => {
    const number = await examining()
    const told = {
      noReason: said(await give(number, 'colleague', { reason: ' ' })),
      clerk: said(await give(number, 'colleague', { by: who('almaty', 'clerk') })),
      otherHouse: said(await give(number, 'colleague', { by: who('almaty', 'head', 'another') })),
      supervisor: said(await give(number, 'colleague', { by: who('almaty', 'supervisor', 'provider') })),
      otherAdministrator: said(await give(number, 'colleague', { by: who('almaty', 'administrator', 'another') })),
      stranger: said(await give(number, 'nobody')),
      same: said(await give(number, 'specialist')),
      hasNothing: said(await give(number, 'colleague', { from: 'third' })),
    }
    expect(told).toMatchObject({
      noReason: { code: 'reasonRequired', at: 'reason' },
      clerk: { code: 'notYours' },
      otherHouse: { code: 'notYours' },
      supervisor: { code: 'notYours' },
      otherAdministrator: { code: 'notYours' },
      stranger: { code: 'unknownPerformer', at: 'to' },
      same: { code: 'nothingToReassign' },
      hasNothing: { code: 'nothingToReassign' },
    })
    numberOf(await give(number, null, { by: who('almaty', 'administrator', 'provider') }))
    expect((await office.file(number)).state.step).toMatchObject({ assignee: null, handed: { from: 'specialist', cause: 'order' } })
    numberOf(await give(number, 'colleague', { from: null }))
    expect((await office.file(number)).state.step?.assignee).toBe('colleague')
  })

  it('takes the paper along that the person had in hand', async () => {
    office.at('2019-10-14T09:50:00+06:00')
    const number = await office.walk('almaty', 'corporation', 'courierBrings')
    const { state } = await office.file(number)
    const kept = state.custody.package
    expect(kept?.keeper).toBe(kept?.holder.role)
    const by = who('almaty', 'administrator', 'branch')
    const role = kept?.holder.role ?? ''
    numberOf(
      await office.desk.office(number, { do: 'reassign', role, from: role, to: 'other', reason: 'Қызметтен босады' }, by, {
        key: randomUUID(),
      }),
    )
    expect((await office.file(number)).state.custody.package).toMatchObject({ keeper: 'other', holder: kept?.holder })
    expect((await office.ledger.custody.keptBy('other', 9)).map((row) => row.case)).toContain(number)
    expect(await office.problems()).toEqual([])
  })

  it('is done by whoever acts for another, and every event tells for whom and by which order', async () => {
    const number = await examining()
    const stranger = who('almaty', 'specialist', undefined, 'colleague')
    expect(said(await office.go(number, {}, { who: stranger }))).toMatchObject({ code: 'notYours' })
    const acting = actingFor('specialist', 'specialist', 'colleague')
    const lists = async (one: Who) =>
      (await office.reading.work({ ...one, actor: { ...one.actor, unit: 'department' } }, 200)).map((item) => item.case)
    expect(await lists(stranger)).not.toContain(number)
    expect(await lists(acting)).toContain(number)
    numberOf(await office.go(number, {}, { who: acting }))
    const done = (await office.events(number)).filter((event) => event.actor.id === 'colleague')
    expect(done.map((event) => event.type)).toContain('DocumentsExamined')
    for (const { actor } of done) expect(actor.acting).toEqual({ for: 'specialist', order, grant: 'g-1' })
    const signing = actingFor('head', 'head', 'deputy')
    numberOf(await office.go(number, {}, { who: signing }))
    const { state } = await office.file(number)
    expect(state.signature?.by).toMatchObject({ id: 'deputy', acting: { for: 'head', order } })
    expect(await office.problems()).toEqual([])
  })

  it('does not lie with somebody who holds the role no longer: it goes back to all in the role, once, as an event', async () => {
    const number = await examining()
    let fresh = 0
    const sweep = (covered: boolean) =>
      releaseOrphans({
        ledger: office.ledger,
        desk: office.desk,
        homes: [15, 75],
        freshPeople: async () => void fresh++,
        isCovered: (id) => covered || id !== 'specialist',
      })
    expect(await sweep(true)).toBe(0)
    expect((await office.file(number)).state.step?.assignee).toBe('specialist')
    const before = (await office.file(number)).state
    expect(await sweep(false)).toBeGreaterThan(0)
    expect(await sweep(false)).toBe(0)
    expect(fresh).toBe(3)
    const { state } = await office.file(number)
    expect(state.step).toMatchObject({ assignee: null, handed: { from: 'specialist', cause: 'lapsed' } })
    expect(state.dues).toEqual(before.dues)
    const released = (await office.events(number)).filter((event) => event.type === 'WorkReassigned')
    expect(released).toHaveLength(1)
    expect(released[0]?.actor).toEqual({ kind: 'system', id: 'clock' })
    numberOf(await office.go(number, {}, { who: who('almaty', 'specialist', undefined, 'colleague') }))
    expect(await office.problems()).toEqual([])
  })

  it('is released once although two servers sweep at one moment', async () => {
    const number = await examining()
    await Promise.all([office.desk.release(number, 'specialist', 'specialist'), office.desk.release(number, 'specialist', 'specialist')])
    expect((await office.events(number)).filter((event) => event.type === 'WorkReassigned')).toHaveLength(1)
  })
})
