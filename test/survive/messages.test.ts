import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '../../src/engine/case/events.ts'
import { messages } from '../../survive/check/effects.ts'
import type { Job } from '../../survive/check/seen.ts'

const event = (type: 'MessageSent' | 'MessageDelivered', message: string): CaseEvent =>
  ({ type, data: { message, kind: 'progress', exchange: 'e', receivedAt: '', digest: '' } }) as unknown as CaseEvent // as: the judge looks at nothing else of it
const job = (task: string): Job => ({ key: '15/015-191014-00000-0/x', task, attempts: 1, dead: false })

const judged = (events: readonly CaseEvent[], jobs: readonly Job[] = []) => {
  const told: string[] = []
  const count = messages(events, jobs, (kind) => told.push(kind))
  return { told, ...count }
}

describe('messages to the other workstation', () => {
  it('took hold when they were delivered once, and wait while a job carries them', () => {
    expect(judged([event('MessageSent', 'a'), event('MessageDelivered', 'a')])).toEqual({ told: [], asked: 1, tookHold: 1, waiting: 0 })
    expect(judged([event('MessageSent', 'a')], [job('sendMessage')])).toEqual({ told: [], asked: 1, tookHold: 0, waiting: 1 })
  })

  it('are named when they are lost, doubled or of nothing', () => {
    expect(judged([event('MessageSent', 'a')], [job('notify')]).told).toEqual(['effectLost'])
    expect(judged([event('MessageSent', 'a'), event('MessageDelivered', 'a'), event('MessageDelivered', 'a')]).told).toEqual([
      'effectTwice',
    ])
    expect(judged([event('MessageDelivered', 'b')]).told).toEqual(['effectStrange'])
  })
})
