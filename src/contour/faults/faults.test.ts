import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvelope } from '../../gateway/shep/envelope.ts'
import { verifyBody } from '../../seal/xmldsig/body.ts'
import { type Heard, iis, letter, personAsked, post, rawPost, responseOf, signed, syncMessage, testContour } from '../contour.testing.ts'
import type { Contour } from '../contour.ts'
import { openState } from '../state/state.ts'
import { openFaults } from './faults.ts'
import { type FaultRuleInput, faultRule } from './rule.ts'

let contour: Contour
let message: Buffer
beforeAll(async () => {
  contour = await testContour({ participants: [{ senderId: 'taker', serves: ['DEMO_TEST'] }] })
  message = await signed(contour, syncMessage(personAsked('840404499918')))
})
afterAll(() => contour.close())
beforeEach(() => contour.faults.clear())

const set = (rule: FaultRuleInput) => contour.faults.add(faultRule.parse(rule))
const ask = () => post(contour.sync, message)
const raw = () => rawPost(contour.sync, message)
const verdict = async ({ bytes }: Heard) =>
  (await verifyBody(readEnvelope(bytes).document, { store: { certificates: contour.keys.known } })).kind
const last = () => contour.watch.list({}, 1)[0]

describe('a fault', () => {
  it('delay waits', async () => {
    await set({ kind: 'delay', delayMs: 120 })
    const began = performance.now()
    expect((await ask()).code).toBeNull()
    expect(performance.now() - began).toBeGreaterThan(115)
  })

  it('timeOut never answers, with and without taking the message', async () => {
    for (const taken of [false, true]) {
      await contour.faults.clear()
      await set({ kind: 'timeOut', where: 'async', taken })
      const before = contour.mailbox.counts().waiting
      const asked = post(contour.async, await signed(contour, letter('REQUEST')), { signal: AbortSignal.timeout(250) })
      await expect(asked).rejects.toThrow('timeout')
      expect(contour.mailbox.counts().waiting - before).toBe(taken ? 1 : 0)
    }
  })

  it('fault refuses by any code, known or not', async () => {
    await set({ kind: 'fault', code: 'SCE909', count: 1 })
    await set({ kind: 'fault', code: 'AC123', message: 'өз қатесі' })
    expect(await ask()).toMatchObject({ code: 'SCE909', status: 500 })
    const heard = await ask()
    expect(heard).toMatchObject({ code: 'AC123' })
    expect(heard.text).toContain('өз қатесі')
  })

  it('badSignature and unsigned are seen by whoever verifies', async () => {
    await set({ kind: 'badSignature', count: 1 })
    expect(await verdict(await ask())).toBe('refused')
    await set({ kind: 'unsigned', count: 1 })
    expect(await verdict(await ask())).toBe('missing')
    expect(await verdict(await ask())).toBe('valid')
  })

  it('wrongCorrelation answers another question', async () => {
    const right = responseOf('SendMessage', await ask()).correlationId
    await set({ kind: 'wrongCorrelation' })
    expect(responseOf('SendMessage', await ask()).correlationId).not.toBe(right)
  })

  it('truncate gives half as if it were the whole', async () => {
    await set({ kind: 'truncate' })
    const heard = await ask()
    expect([heard.status, heard.code]).toEqual([200, null])
    expect(() => readEnvelope(heard.bytes)).toThrow()
  })

  it('http500, contentType', async () => {
    await set({ kind: 'http500', count: 1 })
    expect(await ask()).toMatchObject({ status: 500, type: 'text/html' })
    await set({ kind: 'contentType' })
    expect(await ask()).toMatchObject({ status: 200, type: 'text/html; charset=UTF-8' })
  })

  it('cutBefore and cutAfter break the connection; the message is taken after the second', async () => {
    await set({ kind: 'cutBefore', where: 'async', count: 1 })
    await set({ kind: 'cutAfter', where: 'async' })
    const bytes = await signed(contour, letter('REQUEST'))
    const before = contour.mailbox.counts().waiting
    expect(await rawPost(contour.async, bytes)).toMatchObject({ ended: 'ECONNRESET', received: 0 })
    expect(contour.mailbox.counts().waiting - before).toBe(0)
    expect(await rawPost(contour.async, bytes)).toMatchObject({ ended: 'ECONNRESET', received: 0 })
    expect(contour.mailbox.counts().waiting - before).toBe(1)
  })

  it('drip comes slowly, and whole', async () => {
    await set({ kind: 'drip', delayMs: 10 })
    const heard = await raw()
    expect(heard.ended).toBe('whole')
    expect(heard.ms).toBeGreaterThan(150)
  })

  it('falls on one service, one sender, one operation only', async () => {
    await set({ kind: 'fault', service: 'OTHER' })
    await set({ kind: 'fault', sender: 'other' })
    await set({ kind: 'fault', operation: 'getMessages' })
    await set({ kind: 'fault', where: 'async' })
    expect((await ask()).code).toBeNull()
    await set({ kind: 'fault', service: 'GBDFL_UniversalServiceSync', sender: iis.senderId, where: 'sync', operation: 'SendMessage' })
    expect((await ask()).code).toBe('SCE909')
  })

  it('strikes as often as it was told to, and says how often it did', async () => {
    await set({ kind: 'fault', count: 2 })
    expect([(await ask()).code, (await ask()).code, (await ask()).code]).toEqual(['SCE909', 'SCE909', null])
    expect(contour.faults.list()).toMatchObject([{ met: 2, struck: 2, spent: true }])
  })

  it('is told in the watch', async () => {
    await set({ kind: 'http500', count: 1 })
    await ask()
    expect(last()).toMatchObject({ outcome: 'broken', faults: ['http500'], service: 'GBDFL_UniversalServiceSync', sender: 'demo-iis' })
  })

  it('strikes with a probability, the same in every run of a seed', async () => {
    const run = async (seed: string) => {
      const state = openState()
      const faults = openFaults(state, seed)
      await faults.add(faultRule.parse({ kind: 'http500', probability: 0.3 }))
      const situation = { where: 'sync' as const, operation: 'SendMessage', service: null, sender: null }
      const struck = Array.from({ length: 200 }, () => faults.strike(situation, new Set(['http500'])).size)
      state.close()
      return struck.join('')
    }
    const [one, same, another] = [await run('a'), await run('a'), await run('b')]
    expect(one).toBe(same)
    expect(one).not.toBe(another)
    expect([...one].filter((sign) => sign === '1').length).toBeGreaterThan(35)
    expect([...one].filter((sign) => sign === '1').length).toBeLessThan(90)
  })
})
