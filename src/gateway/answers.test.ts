import { describe, expect, it } from 'vitest'
import { stepInput } from '../engine/case/input.ts'
import { answerOfRegister, answerOfSending, answerOfState, answerOfStatus } from './answers.ts'
import { failureCode } from './failure.ts'
import { technicalFailure } from './failures.ts'
import { simulateRegister } from './register/simulator/simulator.ts'
import { edgeIins } from './register/simulator/world.ts'

const at = '2019-10-14T10:00:00+05:00'
const later = '2019-10-14T10:02:00+05:00'
const ask = async (iin: string) =>
  simulateRegister({ now: () => at }).ask({ iin, caseNumber: 'A', queryId: 'A/q/1', consent: { at, form: 'written' }, purpose: 'p' })

describe('what a case is told of the register', () => {
  it('is the person as found, in the shape that the engine takes', async () => {
    const said = await ask('840404499918')
    const answer = answerOfRegister(said)
    expect(stepInput.parse({ answer }).answer).toMatchObject({ kind: 'found', exchange: said.exchange.id, person: { iin: '840404499918' } })
  })

  it('is "nobody" in the words of the register, both languages', async () => {
    const answer = answerOfRegister(await ask(edgeIins.absent))
    expect(answer).toMatchObject({ kind: 'notFound', text: 'Жеке тұлға табылмады / Физическое лицо не найдено' })
    expect(stepInput.safeParse({ answer }).success).toBe(true)
  })

  it('is a failure whatever went wrong, and the time of the next attempt only where there will be one', async () => {
    expect(answerOfRegister(await ask(edgeIins.down), later)).toMatchObject({
      kind: 'technicalFailure',
      code: 'govtech-transport-error',
      retryAt: later,
    })
    const refused = answerOfRegister(await ask(edgeIins.gatewayRefuses), later)
    expect(refused).toMatchObject({ kind: 'technicalFailure', code: 'shep-error' })
    expect(refused).not.toHaveProperty('retryAt')
  })

  it('never becomes "nobody" by a failure of any code', () => {
    const exchange = { id: 'x', answerId: null, service: 's', sentAt: at, answeredAt: null }
    for (const code of failureCode.options) {
      const answer = answerOfRegister({ ...technicalFailure(code), exchange }, later)
      expect(answer.kind).toBe('technicalFailure')
      expect(stepInput.safeParse({ answer }).success).toBe(true)
    }
  })
})

describe('what a case is told of a message', () => {
  const status = (state: 'ON_DELIVERY' | 'DELIVERED' | 'NOT_DELIVERED' | 'DELIVERY_STOPPED') =>
    answerOfState({ messageId: 'm', state, at, code: null })

  it('is nothing while it is on its way', () => {
    expect(answerOfSending({ kind: 'accepted', messageId: 'm', correlationId: 'c', responseDate: at })).toEqual({ kind: 'wait' })
    expect(status('ON_DELIVERY')).toEqual({ kind: 'wait' })
  })

  it('is its delivery, at the time of the receiver', () => {
    expect(status('DELIVERED')).toEqual({ kind: 'answer', answer: { kind: 'delivered', exchange: 'm', receivedAt: at } })
  })

  it('is a failure without another attempt when the receiver does not take it', () => {
    for (const state of ['NOT_DELIVERED', 'DELIVERY_STOPPED'] as const) {
      const delivery = status(state)
      expect(delivery).toMatchObject({ kind: 'answer', answer: { kind: 'technicalFailure', code: 'remote-service-error' } })
      expect(delivery.kind === 'answer' && 'retryAt' in delivery.answer).toBe(false)
    }
  })

  it('is a failure with the next attempt while the gateway is away', () => {
    const away = technicalFailure('govtech-transport-error')
    for (const delivery of [answerOfSending(away, later), answerOfStatus(away, later)]) {
      expect(delivery).toMatchObject({ kind: 'answer', answer: { kind: 'technicalFailure', retryAt: later } })
    }
  })

  it('is to be sent again when the gateway does not know it', () => {
    expect(answerOfStatus({ kind: 'unknown' })).toEqual({ kind: 'repeat' })
  })
})
