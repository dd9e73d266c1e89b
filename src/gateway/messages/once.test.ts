import { describe, expect, it } from 'vitest'
import type { IncomingMessage, Receipt } from './channel.ts'
import { once, type Taken, takenInMemory } from './once.ts'
import { application } from './payload.testing.ts'

const now = () => '2019-10-14T10:16:00+05:00'
const accepted: Receipt = { kind: 'accepted', at: now() }
const message = (messageId: string, name = 'A/send/1', senderId = 'corporation'): IncomingMessage => ({
  messageId,
  correlationId: 'c',
  messageType: 'REQUEST',
  serviceId: 's',
  senderId,
  messageDate: now(),
  payload: application(name),
  digest: 'd',
})

function counting(answer: () => Receipt | Promise<Receipt> = () => accepted, taken?: Taken) {
  const heard: string[] = []
  const take = once(
    async ({ messageId }) => {
      heard.push(messageId)
      return answer()
    },
    now,
    taken,
  )
  return { heard, take }
}

describe('once', () => {
  it('lets through the first of a sender, by the id of the gateway and by the name of the sender', async () => {
    const { heard, take } = counting()
    for (const each of [message('1'), message('1'), message('2'), message('3', 'A/send/2')]) expect(await take(each)).toEqual(accepted)
    expect(heard).toEqual(['1', '3'])
  })

  it('tells senders apart', async () => {
    const { heard, take } = counting()
    await take(message('1'))
    await take(message('1', 'A/send/1', 'region:almaty'))
    expect(heard).toEqual(['1', '1'])
  })

  it('lets a duplicate wait for the first while it is at work', async () => {
    let finish: (receipt: Receipt) => void = () => {}
    const working = new Promise<Receipt>((resolve) => {
      finish = resolve
    })
    const { heard, take } = counting(() => working)
    const both = Promise.all([take(message('1')), take(message('2'))])
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(heard).toEqual(['1'])
    finish(accepted)
    expect(await both).toEqual([accepted, accepted])
  })

  it('remembers what can never be taken, and forgets what is to come again', async () => {
    let receipt: Receipt = { kind: 'notAccepted', at: now(), resend: true, code: 'busy' }
    const { heard, take } = counting(() => receipt)
    await take(message('1'))
    receipt = { kind: 'notAccepted', at: now(), resend: false, code: 'lawDiffers' }
    await take(message('1'))
    await take(message('1'))
    expect(heard).toHaveLength(2)
  })

  it('asks for the message again while its memory is out of reach', async () => {
    let away = true
    const memory = takenInMemory()
    const { heard, take } = counting(() => accepted, {
      find: async (key) => {
        if (away) throw new Error('the database is away')
        return memory.find(key)
      },
      keep: memory.keep,
    })
    expect(await take(message('1'))).toMatchObject({ kind: 'notAccepted', resend: true, code: 'busy' })
    away = false
    expect(await take(message('1'))).toEqual(accepted)
    expect(heard).toHaveLength(1)
  })

  it('forgets the oldest above its measure', async () => {
    const memory = takenInMemory(2)
    for (const key of ['a', 'b', 'c']) await memory.keep(key, accepted)
    expect([await memory.find('a'), await memory.find('b'), await memory.find('c')]).toEqual([null, accepted, accepted])
  })
})
