import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, parseIin } from '../../../law/identifiers.ts'
import { registerContract } from '../contract.ts'
import { marksOf } from '../marks.ts'
import { person } from '../person.ts'
import { invent } from './invent.ts'
import { type RegisterFaults, simulateRegister } from './simulator.ts'
import { edgeIins } from './world.ts'

const now = () => '2019-10-14T10:00:00+05:00'
const found = '840404499918'

registerContract('simulator', async () => {
  const register = simulateRegister({ now, faults: { slowMs: 1_000 } })
  return {
    register,
    iins: { found, absent: edgeIins.absent, slow: edgeIins.slow },
    outage: {
      begin: async () => {
        register.faults.down = true
      },
      end: async () => {
        register.faults.down = false
      },
    },
    confuse: async () => {
      register.faults.wrongAnswer = true
    },
    stop: async () => {},
  }
})

const iins = fc
  .tuple(fc.date({ min: new Date('1940-01-01'), max: new Date('2001-12-31'), noInvalidDate: true }), fc.constantFrom(0, 1), fc.nat(9999))
  .map(([date, odd, serial]) => {
    const [year, month, day] = date.toISOString().slice(0, 10).split('-')
    const century = Number(year) < 2000 ? 3 : 5
    const eleven = `${year?.slice(2)}${month}${day}${century + odd}${String(serial).padStart(4, '0')}`
    return `${eleven}${checkDigit(eleven) ?? ''}`
  })
  .filter((iin) => iin.length === 12 && !Object.values(edgeIins).includes(iin))

describe('invented people', () => {
  it('exist for every number that can be, born and of the sex that the number says, and are the same each time', () => {
    fc.assert(
      fc.property(iins, (iin) => {
        const who = invent(iin, 'seed')
        const number = parseIin(iin)
        if (who === null || !number.ok) throw new Error(iin)
        expect(person.parse(who)).toEqual(who)
        expect(who.birthDate).toBe(number.value.born)
        expect(who.gender.code).toBe(number.value.sex === 'male' ? '1' : '2')
        expect(marksOf(who, '2019-10-14')).toEqual([])
        expect(invent(iin, 'seed')).toEqual(who)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('are others under another seed', () => {
    const names = (seed: string) =>
      ['820707399915', '840404499918', '770303399917'].map((iin) => {
        const who = invent(iin, seed)
        return `${who?.surname} ${who?.name} ${who?.patronymic}`
      })
    expect(names('one')).not.toEqual(names('two'))
  })

  it('have numbers of their own for what is out of the ordinary', () => {
    for (const iin of Object.values(edgeIins)) expect(parseIin(iin).ok, iin).toBe(true)
    expect(marksOf(invent(edgeIins.deceased, 's') ?? never(), '2019-10-14')).toEqual(['deceased', 'noValidDocument'])
    expect(marksOf(invent(edgeIins.invalidDocument, 's') ?? never(), '2019-10-14')).toEqual(['noValidDocument'])
    expect(invent(edgeIins.nameDiffers, 's')).toMatchObject({ surname: 'СЫНАҚБЕКОВА', gender: { code: '2' } })
    expect(invent(edgeIins.absent, 's')).toBeNull()
  })

  it('have no number with a wrong check digit', () => {
    expect(invent('840404499919', 's')).toBeNull()
  })
})

describe('faults of the simulated register', () => {
  const ask = async (iin: string, faults: Partial<RegisterFaults> = {}, timeoutMs = 30_000) =>
    simulateRegister({ now, faults, timeoutMs }).ask({
      iin,
      caseNumber: 'A',
      queryId: 'A/q/1',
      consent: { at: now(), form: 'eds' },
      purpose: 'p',
    })

  it('stand behind documented numbers', async () => {
    expect(await ask(edgeIins.down)).toMatchObject({ kind: 'technicalFailure', code: 'govtech-transport-error', retryable: true })
    expect(await ask(edgeIins.wrongAnswer)).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error', retryable: false })
    expect(await ask(edgeIins.gatewayRefuses)).toMatchObject({ kind: 'technicalFailure', code: 'shep-error', retryable: false })
    expect(await ask(edgeIins.slow, { slowMs: 20 })).toMatchObject({ kind: 'found' })
  })

  it('end a wait that is longer than the time-out', async () => {
    expect(await ask(found, { delayMs: 5_000 }, 30)).toMatchObject({ kind: 'technicalFailure', code: 'govtech-transport-error' })
  })

  it('refuse by the code that was set', async () => {
    expect(await ask(found, { refuse: 'kdp-token-not-found' })).toMatchObject({ kind: 'technicalFailure', code: 'kdp-token-not-found' })
  })

  it('leave a trace of what was asked, but not about whom', async () => {
    const register = simulateRegister({ now })
    await register.ask({ iin: found, caseNumber: 'A', queryId: 'A/q/1', consent: { at: now(), form: 'eds' }, purpose: 'p' })
    expect(register.asked).toEqual([{ caseNumber: 'A', queryId: 'A/q/1', at: now(), answer: 'found' }])
  })
})

function never(): never {
  throw new Error('nobody was invented')
}
