import { describe, expect, it } from 'vitest'
import { messagesContract } from '../contract.ts'
import { application, progress, refusal } from '../payload.testing.ts'
import { payload } from '../payload.ts'
import { inProcessGateway, type MessageFaults } from './gateway.ts'

const now = () => '2019-10-14T10:16:00+05:00'
const service = 'DEMO_RSHEP_INTAKE'

messagesContract('in process', async () => {
  const gateway = inProcessGateway(now)
  const set = (fault: Exclude<keyof MessageFaults, 'delayMs'>) => async (on: boolean) => {
    gateway.faults[fault] = on
  }
  return {
    corporation: gateway.join({ senderId: 'corporation' }),
    region: gateway.join({ senderId: 'region:aktobe', serves: [service] }),
    service,
    outage: set('down'),
    duplicate: set('duplicate'),
    lostReply: set('lostReply'),
    reorder: set('reorder'),
    settled: () => gateway.settled(),
    stop: () => gateway.close(),
  }
})

describe('the gateway in process', () => {
  it('shows what passes without what it says', async () => {
    const gateway = inProcessGateway(now, { duplicate: true })
    gateway.join({ senderId: 'region:aktobe', serves: [service] }).listen({ message: async () => ({ kind: 'accepted', at: now() }) })
    const corporation = gateway.join({ senderId: 'corporation' })
    await corporation.sendMessage({ messageType: 'REQUEST', serviceId: service, messageDate: now(), payload: application() })
    await gateway.settled()
    const [passage] = gateway.passages()
    expect(passage).toMatchObject({ to: 'region:aktobe', state: 'DELIVERED', arrivals: 2 })
    expect(JSON.stringify(passage)).not.toContain(application().applicant.iin)
  })

  it('holds what it has through an outage that begins after it took it', async () => {
    const gateway = inProcessGateway(now, { delayMs: 20 })
    const heard: string[] = []
    gateway.join({ senderId: 'region:aktobe', serves: [service] }).listen({
      message: async (message) => {
        heard.push(message.payload.message)
        return { kind: 'accepted', at: now() }
      },
    })
    const corporation = gateway.join({ senderId: 'corporation' })
    await corporation.sendMessage({ messageType: 'REQUEST', serviceId: service, messageDate: now(), payload: application('A/send/1') })
    gateway.faults.down = true
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(heard).toEqual([])
    gateway.faults.down = false
    await gateway.settled()
    expect(heard).toEqual(['A/send/1'])
  })

  it('breaks on a payload of another shape: that is not the gateway being away', async () => {
    const gateway = inProcessGateway(now)
    gateway.join({ senderId: 'region:aktobe', serves: [service] })
    const unlawful = { ...refusal(), grounds: [] }
    const sending = gateway
      .join({ senderId: 'corporation' })
      .sendMessage({ messageType: 'REQUEST', serviceId: service, messageDate: now(), payload: unlawful })
    await expect(sending).rejects.toThrow(/grounds/)
  })
})

describe('the payload', () => {
  it('reads what it writes', () => {
    for (const said of [application(), progress(), refusal()]) expect(payload.parse(JSON.parse(JSON.stringify(said)))).toEqual(said)
  })

  it('refuses what the other side could not act upon', () => {
    const wrong = [
      { ...application(), law: { regulation: 'r', edition: 'e', sha256: 'short' } },
      { ...application(), unknown: 1 },
      { ...application(), eventAt: '2019-10-14T10:16:00' },
      { ...refusal(), resolution: 'POSITIVE' },
      { ...progress(), format: 'qyzmet.message/2' },
    ]
    for (const said of wrong) expect(payload.safeParse(said).success, JSON.stringify(said).slice(0, 80)).toBe(false)
  })
})
