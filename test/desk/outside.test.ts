import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outsideHandlers } from '../../src/desk/outside.ts'
import type { Answer } from '../../src/engine/case/input.ts'
import { type Office, openOffice, said, who } from './office.ts'

const down: Answer = { kind: 'technicalFailure', code: 'timeout', text: 'жауап жоқ', retryAt: '2019-10-14T10:30:00+05:00' }

describe('an outside system', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  const asking = async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    return number
  }

  it('that is down is an outage and no answer: the case waits, the term goes on, and the answer later goes on from there', async () => {
    const number = await asking()
    const terms = (await office.file(number)).state.dues
    expect(await office.answer(number, down)).toMatchObject({ kind: 'done' })
    office.later(20)
    expect(await office.answer(number, down)).toMatchObject({ kind: 'done' })
    const waiting = (await office.file(number)).state
    expect(waiting.outages).toHaveLength(1)
    expect(waiting.outages[0]).toMatchObject({ step: 'queryPerson', until: null, code: 'timeout' })
    expect(waiting.step?.awaiting).toMatchObject({ failures: 2, lastFailure: 'timeout' })
    expect(waiting.dues).toEqual(terms)
    office.later(5)
    expect(await office.answer(number)).toMatchObject({ kind: 'done' })
    const after = (await office.file(number)).state
    expect(after.step?.id).toBe('sendRequest')
    expect(after.outages[0]?.until).not.toBeNull()
    expect(after.dues.find((d) => d.kind === 'term')).toEqual(terms.find((d) => d.kind === 'term'))
    expect(after.ended).toBeNull()
  })

  it('that has not answered yet keeps the step from being done again', async () => {
    const number = await asking()
    expect(said(await office.go(number))).toMatchObject({ code: 'awaitingAnswer', clause: '8.4' })
  })

  it('whose failure cannot mend itself gives the step back to the worker', async () => {
    const number = await asking()
    const { retryAt: _never, ...forGood } = down
    await office.answer(number, forGood)
    expect(await office.go(number)).toMatchObject({ kind: 'done' })
    expect((await office.file(number)).state.step?.awaiting).toMatchObject({ failures: 0 })
  })

  it('that says "no such person" leads to the notice, and only that does', async () => {
    const number = await asking()
    await office.answer(number, { kind: 'notFound', text: 'табылмады', exchange: 'x' })
    expect((await office.file(number)).state.ended).toMatchObject({ ending: 'noData', kind: 'impossible' })
  })

  it('that answers twice is heard once', async () => {
    const number = await asking()
    const key = randomUUID()
    const answer: Answer = { kind: 'found', person: { iin: '1' }, exchange: 'x' }
    const first = await office.desk.answer(number, 'queryPerson', answer, { key })
    expect(await office.desk.answer(number, 'queryPerson', answer, { key })).toEqual({ ...first, repeated: true })
    const second = await office.desk.answer(number, 'queryPerson', { ...answer, exchange: 'y' }, { key: randomUUID() })
    expect(said(second)).toMatchObject({ code: 'notNow' })
    expect((await office.events(number)).filter((e) => e.type === 'RegisterAnswered')).toHaveLength(1)
  })

  it('that answers twice at once, differently, is heard once', async () => {
    const number = await asking()
    const outcomes = await Promise.all([
      office.answer(number, { kind: 'found', person: { iin: '1' }, exchange: 'x' }),
      office.answer(number, { kind: 'notFound', text: '', exchange: 'y' }),
    ])
    expect(outcomes.map((o) => o.kind).sort()).toEqual(['done', 'refused'])
    expect((await office.events(number)).filter((e) => e.type === 'RegisterAnswered')).toHaveLength(1)
  })

  it('is asked again by the effect of its failure, and an effect that runs twice changes nothing', async () => {
    const number = await asking()
    const asked: string[] = []
    const answers: Answer[] = [down, { kind: 'found', person: { iin: '1' }, exchange: 'x' }]
    const handlers = outsideHandlers({
      desk: office.desk,
      shelf: office.shelf,
      ask: async (_file, query) => {
        asked.push(query)
        return { answer: answers[asked.length - 1] ?? down }
      },
      send: async () => ({ answer: down }),
      machine: () => Date.now(),
      inLawTime: () => '2019-10-14T10:30:00+05:00',
      patience: () => 60_000,
      later: async () => {},
    })
    const query = (await office.events(number)).findLast((e) => e.type === 'RegisterQueried')?.data.query ?? ''
    const payload = { number, step: 'queryPerson', query }
    await handlers.queryRegister(payload)
    const { rows } = await office.ledger.database.pool.query<{ key: string }>('select key from graphile_worker.jobs where key like $1', [
      `%${query}/1%`,
    ])
    expect(rows).toHaveLength(1)
    await handlers.queryRegister({ ...payload, attempt: 1 })
    expect((await office.file(number)).state.step?.id).toBe('sendRequest')
    const events = (await office.events(number)).length
    await handlers.queryRegister({ ...payload, attempt: 1 })
    expect(asked).toHaveLength(2)
    expect(await office.events(number)).toHaveLength(events)
  })

  it('is not answered by a person at the desk', async () => {
    const number = await asking()
    const answer: Answer = { kind: 'found', person: { iin: '1' }, exchange: 'x' }
    const outcome = await office.desk.step(number, 'queryPerson', { answer }, who('aktobe', 'operator'), { key: randomUUID() })
    expect(said(outcome)).toMatchObject({ code: 'awaitingAnswer' })
  })

  it('leaves a ledger that verifies', async () => {
    expect(await office.problems()).toEqual([])
  })
})
