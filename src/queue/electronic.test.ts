import { describe, expect, it } from 'vitest'
import { queueContract } from './contract.ts'
import { electronicQueue } from './electronic.ts'
import { logInMemory } from './log.ts'
import type { LogLine } from './queue.ts'

const letters = { attestation: 'Д', housing: 'Б' }

queueContract('in memory, kept by a function', async () => {
  const kept: LogLine[] = []
  const log = logInMemory((line) => {
    kept.push(line)
  })
  return {
    queues: [electronicQueue({ log, letters }), electronicQueue({ log, letters })],
    restart: async () => electronicQueue({ log: logInMemory(undefined, kept), letters }),
    stop: async () => {},
  }
})

describe('a queue whose log cannot be kept', () => {
  it('gives out no ticket that would be forgotten', async () => {
    let disk = false
    const log = logInMemory(() => {
      if (!disk) throw new Error('the disk is full')
    })
    const queue = electronicQueue({ log, letters })
    const wish = { branch: 'b', service: 'attestation', language: 'kk', at: '2019-10-14T09:00:00+05:00' } as const
    await expect(queue.takeTicket(wish)).rejects.toThrow('the disk is full')
    disk = true
    expect(await queue.takeTicket(wish)).toMatchObject({ ok: true, ticket: { number: 'Д-001' } })
  })
})
