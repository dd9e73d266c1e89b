import { expect, it } from 'vitest'
import { askRegister } from '../../src/desk/exchanges.ts'
import { simulateRegister } from '../../src/gateway/register/simulator/simulator.ts'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { type Office, said, signers, withOffice } from './office.ts'

it('a deceased person found in the register is told to whoever goes on, and stands in no plain part of the chain', () =>
  withOffice(async (office: Office) => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    const file = await office.file(number)
    const { application } = file.state
    if (!application) throw new Error('no application')
    const dead = { ...file, state: { ...file.state, application: { ...application, iin: edgeIins.deceased } } }
    const parts = {
      ...office,
      register: simulateRegister({ now: () => '2019-10-14T10:00:00+05:00' }),
      clock: { now: () => office.clock.time },
      people: signers,
    }
    const { answer } = await askRegister(parts as unknown as Parameters<typeof askRegister>[0], dead, await queryOf(office, number), '') // the channel is not asked
    expect(answer).toMatchObject({ kind: 'found', marks: ['deceased', 'noValidDocument'] })
    // Who read the person, for which case: written before anybody is told the answer, and shown to its subject.
    const read = (await office.reading.readers(number)).filter(({ purpose }) => purpose === 'register')
    expect(read).toMatchObject([{ who: 'operator', role: 'operator' }])
    expect(await office.answer(number, answer)).toMatchObject({ kind: 'done' })
    expect((await office.file(number)).state.registerAnswer?.marks).toEqual(['deceased', 'noValidDocument'])
    const event = (await office.events(number)).find(({ type }) => type === 'RegisterAnswered')
    expect(JSON.stringify(event?.data)).not.toContain('deceased')
    expect(event?.personal).toMatchObject({ marks: ['deceased', 'noValidDocument'] })
    expect(await office.problems()).toEqual([])
  }))

it('a mark stops the request until the worker has said what was checked, and refuses nothing by itself', () =>
  withOffice(async (office: Office) => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    const answer = { kind: 'found' as const, person: { iin: '1' }, marks: ['noValidDocument'], exchange: 'exchange' }
    expect(await office.answer(number, answer)).toMatchObject({ kind: 'done' })
    expect((await office.file(number)).state.step?.id).toBe('sendRequest')

    const stopped = { code: 'markedInRegister', clause: '8.7', at: 'marksChecked' }
    expect(said(await office.go(number))).toEqual(stopped)
    expect(said(await office.go(number, { marksChecked: '  ' }))).toEqual(stopped)
    expect((await office.events(number)).map(({ type }) => type)).not.toContain('RequestSealed')

    const words = 'Жаңа куәлік көрсетілді, № 000000000'
    expect(await office.go(number, { marksChecked: words })).toMatchObject({ kind: 'done' })
    const events = await office.events(number)
    const checked = events.find(({ type }) => type === 'RegisterMarksChecked')
    expect(events.findIndex(({ type }) => type === 'RegisterMarksChecked')).toBeLessThan(
      events.findIndex(({ type }) => type === 'RequestSealed'),
    )
    expect(checked?.personal).toEqual({ marks: ['noValidDocument'], reason: words })
    expect(JSON.stringify(checked?.data)).not.toMatch(/noValidDocument|куәлік/)
    expect((await office.file(number)).state.registerAnswer?.checked).toMatchObject({ reason: words, by: { role: 'operator' } })
    expect(await office.problems()).toEqual([])
  }))

const queryOf = async (office: Office, number: string) =>
  String((await office.events(number)).findLast(({ type }) => type === 'RegisterQueried')?.data.query)
