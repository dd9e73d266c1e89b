import { describe, expect, it } from 'vitest'
import type { NoticeChannel } from '../carrier.ts'
import { carrierContract } from '../contract.ts'
import { edgePhones, simulateCarriers } from './simulator.ts'

const now = () => '2019-10-14T10:00:00+05:00'

for (const channel of ['sms', 'email'] as const satisfies readonly NoticeChannel[])
  carrierContract(`simulator, ${channel}`, async () => {
    let time = 0
    const simulator = simulateCarriers({ now, machine: () => time })
    const { faults } = simulator
    const address = channel === 'sms' ? '+77000000001' : 'a@example.kz'
    const toggle = (fault: 'down' | 'lostReply') => ({
      begin: async () => {
        faults[fault] = true
      },
      end: async () => {
        faults[fault] = false
      },
    })
    return {
      carrier: simulator[channel],
      address,
      nobody: channel === 'sms' ? edgePhones.refused : { skipped: 'a mail server learns it only on the way' },
      outage: toggle('down'),
      lostReply: toggle('lostReply'),
      undelivered: async () => {
        faults.undelivered = 'full'
      },
      late: {
        begin: async () => {
          faults.lateMs = 60_000
        },
        pass: async () => {
          time += 60_000
        },
      },
      arrivals: async (id) =>
        simulator
          .boxes()
          .filter((box) => box.address === address && box.channel === channel)
          .flatMap(({ messages }) => messages.filter((one) => one.id === id && one.state === 'there')).length,
      stop: async () => {},
    }
  })

describe('the carriers of the demonstration', () => {
  it('keep a box for each address, the newest message first', async () => {
    const simulator = simulateCarriers({ now })
    for (const id of ['1', '2']) await simulator.sms.send({ id, to: '+77000000001', body: `жауап ${id}` })
    await simulator.email.send({ id: '1', to: 'a@example.kz', subject: 'x', body: 'y' })
    expect(simulator.boxes().map(({ address, messages }) => [address, messages.map((one) => one.id)])).toEqual([
      ['a@example.kz', ['1']],
      ['+77000000001', ['2', '1']],
    ])
  })

  it('know the phones behind which something is always wrong', async () => {
    let time = 0
    const { sms } = simulateCarriers({ now, machine: () => time })
    const send = (to: string) => sms.send({ id: to, to, body: 'x' })
    expect(await send(edgePhones.refused)).toMatchObject({ kind: 'refused' })
    await send(edgePhones.undelivered)
    expect(await sms.delivery(edgePhones.undelivered)).toEqual({ kind: 'undelivered', code: 'expired' })
    await send(edgePhones.late)
    expect(await sms.delivery(edgePhones.late)).toEqual({ kind: 'onWay' })
    time += 3_600_000
    expect(await sms.delivery(edgePhones.late)).toEqual({ kind: 'delivered' })
  })

  it('that are slow still answer, unless the caller gives up first', async () => {
    const { sms, faults } = simulateCarriers({ now })
    faults.slowMs = 30
    expect(await sms.send({ id: '1', to: '+77000000001', body: 'x' })).toEqual({ kind: 'accepted' })
    faults.slowMs = 5_000
    const before = performance.now()
    expect((await sms.send({ id: '2', to: '+77000000001', body: 'x' }, { signal: AbortSignal.timeout(20) })).kind).toBe('outage')
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})
