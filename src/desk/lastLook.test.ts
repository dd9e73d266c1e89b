import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../ledger/ledger.ts'
import { sinceLastLook } from './lastLook.ts'

const event = (seq: number, at: string, by: string, type = 'StepDone'): StoredEvent =>
  ({ seq, at: `2019-10-14T${at}:00+06:00`, actor: { kind: 'staff', id: by }, type, data: {} }) as unknown as StoredEvent // only what is looked at
const at = (time: string) => `2019-10-14T${time}:00+06:00`
const events = [
  event(1, '09:00', 'clerk'),
  event(2, '09:30', 'head'),
  event(3, '10:00', 'specialist'),
  event(4, '10:00', 'specialist', 'StepOpened'),
]

describe('since the last look', () => {
  const of = (looks: string[], now: string, viewer = 'head') => sinceLastLook(events, looks.map(at), viewer, at(now))

  it('tells what others did after it, and not what follows by itself', () => {
    const found = of(['09:10', '09:29'], '11:00')
    expect(found?.since).toBe(at('09:29'))
    expect(found?.version).toBe(1)
    expect(found?.events.map(({ seq }) => seq)).toEqual([3])
  })

  it('says nothing to whoever never looked, or did it all', () => {
    expect(of([], '11:00')).toBeNull()
    expect(sinceLastLook(events.slice(0, 1), [at('09:30')], 'clerk', at('11:00'))).toBeNull()
  })

  it('goes on saying it through one visit, and is over after that', () => {
    expect(of(['09:29', '10:50'], '10:55')?.events).toHaveLength(1)
    expect(of(['09:29', '10:50', '10:55', '11:04'], '11:05')?.events).toHaveLength(1)
    expect(of(['09:29', '10:50'], '11:06')).toBeNull()
  })

  it('takes a look of the very second of the news for one that saw it', () => {
    expect(of(['09:29', '10:00'], '10:20')).toBeNull()
  })

  it('understands moments of other zones', () => {
    expect(sinceLastLook(events, ['2019-10-14T03:29:00Z'], 'head', at('11:00'))?.events.map(({ seq }) => seq)).toEqual([3])
  })
})
