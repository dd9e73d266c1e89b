import { expect, it } from 'vitest'
import { askRegister } from '../../src/desk/exchanges.ts'
import { simulateRegister } from '../../src/gateway/register/simulator/simulator.ts'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { type Office, withOffice } from './office.ts'

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
    }
    const { answer } = await askRegister(parts as unknown as Parameters<typeof askRegister>[0], dead, 'q', '') // people and channel are not asked
    expect(answer).toMatchObject({ kind: 'found', marks: ['deceased', 'noValidDocument'] })
    expect(await office.answer(number, answer)).toMatchObject({ kind: 'done' })
    expect((await office.file(number)).state.registerAnswer?.marks).toEqual(['deceased', 'noValidDocument'])
    const event = (await office.events(number)).find(({ type }) => type === 'RegisterAnswered')
    expect(JSON.stringify(event?.data)).not.toContain('deceased')
    expect(event?.personal).toMatchObject({ marks: ['deceased', 'noValidDocument'] })
    expect(await office.problems()).toEqual([])
  }))
