import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCaseEvent } from '../../src/desk/events.ts'
import type { CaseEvent } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import { rehearse } from '../../src/engine/examples/rehearse.ts'
import { type Office, openOffice, who } from './office.ts'

const holderOf = (holder: { role: string; organisation: string }) => `${holder.role}@${holder.organisation}`

/** After every event: what exists has one holder, whoever lost it knew who took it, and only what was offered is taken. */
function walkOf(events: readonly CaseEvent[]): { takings: number; holders: string[] } {
  let state: CaseState | null = null
  let takings = 0
  const holders: string[] = []
  for (const event of events) {
    const before: CaseState['custody'] = state?.custody ?? {}
    state = evolve(state, event)
    for (const what of ['package', 'answer'] as const) {
      const [was, is] = [before[what], state.custody[what]]
      if (was !== undefined) expect(is, `${what} is lost at ${event.type}`).toBeDefined()
      if (is === undefined) continue
      expect(is.holder.role).not.toBe('')
      if (is.offeredTo !== null) expect(holderOf(is.offeredTo)).not.toBe(holderOf(is.holder))
      if (was === undefined || holderOf(was.holder) === holderOf(is.holder)) continue
      takings += 1
      expect(['CustodyTaken', 'AnswerGiven', 'AnswerPrepared'], event.type).toContain(event.type)
      if (event.type !== 'CustodyTaken') continue
      expect(holderOf(event.data.from)).toBe(holderOf(was.holder))
      const back = event.data.to.role === 'applicant'
      if (!back) expect(was.offeredTo && holderOf(was.offeredTo)).toBe(holderOf(event.data.to))
    }
    const { custody } = state
    if (event.type === 'StepDone' && custody.package) holders.push(`${event.data.step}: ${custody.package.holder.role}`)
  }
  return { takings, holders }
}

describe('paper', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  it('has exactly one holder after every event of every example, and every hand-over two sides', () => {
    let takings = 0
    for (const law of office.statutes.library.regulations) {
      const { court } = office.statutes.bind(law)
      for (const example of law.examples?.examples ?? []) takings += walkOf(rehearse(court, example).events).takings
    }
    expect(takings).toBeGreaterThan(100)
  })

  it('goes from hand to hand through the State Corporation as the ledger tells it', async () => {
    const number = await office.walk('almaty', 'corporation', 'issueAnswer')
    await office.go(number)
    const { holders } = walkOf((await office.events(number)).map(toCaseEvent))
    expect([...new Set(holders.map((h) => h.split(': ')[1]))]).toEqual([
      'operator',
      'accumulation',
      'courier',
      'clerk',
      'head',
      'specialist',
    ])
    expect((await office.file(number)).state.custody.package?.holder.role).toBe('specialist')
    // The case has ended: its papers are in its events, and in no list any more.
    expect(await office.ledger.custody.ofCase(75, number)).toEqual([])
  })

  it('is not taken by whom it was not offered to, nor handed on by who does not hold it', async () => {
    const number = await office.walk('almaty', 'corporation', 'courierTakes')
    const before = (await office.file(number)).state.custody.package
    expect(before).toMatchObject({ holder: { role: 'accumulation' }, offeredTo: { role: 'courier' } })
    await office.desk.step(number, 'courierTakes', { taken: false }, who('almaty', 'courier'), { key: randomUUID() })
    expect((await office.file(number)).state.custody.package).toEqual(before)
    await office.go(number)
    expect((await office.file(number)).state.custody.package).toMatchObject({ holder: { role: 'courier' }, offeredTo: null })
  })

  it('that was offered and then returned has one holder still, and comes back to be offered anew', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const me = who('almaty', 'head')
    await office.desk.office(number, { do: 'return', reason: 'Саны дұрыс емес' }, me, { key: randomUUID() })
    expect((await office.file(number)).state.custody).toMatchObject({
      package: { holder: { role: 'specialist' } },
      answer: { holder: { role: 'specialist' } },
    })
    await office.go(number)
    await office.go(number)
    walkOf((await office.events(number)).map(toCaseEvent))
    expect((await office.file(number)).state.signature).not.toBeNull()
  })

  it('stays with one holder when any step of the way is returned', async () => {
    for (const step of ['refer', 'examine', 'takeAnswer', 'submitAnswer'] as const) {
      const number = await office.walk('almaty', 'office', step)
      const { state } = await office.file(number)
      const me = who('almaty', state.step?.role ?? '', undefined, state.step?.assignee ?? state.step?.role)
      const outcome = await office.desk.office(number, { do: 'return', reason: 'Қайта жасалсын' }, me, { key: randomUUID() })
      expect(outcome.kind, step).toBe('done')
      for (let done = 0; (await office.file(number)).state.ended === null && done < 12; done++) {
        expect(await office.go(number), `${step} ${(await office.file(number)).state.step?.id}`).toMatchObject({ kind: 'done' })
      }
      walkOf((await office.events(number)).map(toCaseEvent))
      expect((await office.file(number)).state.ended?.kind, step).toBe('served')
    }
    expect(await office.problems()).toEqual([])
  })
})
