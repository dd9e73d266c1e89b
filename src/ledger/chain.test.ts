import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonical } from './canonical.ts'
import { openEvent, sealEvent } from './chain.ts'
import { erased, type NewEvent } from './ledger.ts'

const event: NewEvent = {
  type: 'opened',
  schema: 1,
  at: '2019-10-14T10:00:00+06:00',
  actor: { kind: 'staff', id: 'u1', role: undefined },
  clause: '8.1',
  law: { regulation: 'test', edition: '2018-07-20', sha256: 'ab' },
  data: { papers: 3 },
  personal: { name: 'Айгүл', spouse: null },
}
const salt = () => Buffer.alloc(16, 7)
const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce<ReturnType<typeof createHash>>((h, part) => h.update(part), createHash('sha256'))

describe('the chain', () => {
  it('hashes what the design says: prev ‖ JCS{home, case, seq, type, schema, at, actor, clause, law, data}', () => {
    const prev = Buffer.alloc(32, 1)
    const sealed = sealEvent(7, 'T-1', 3, prev, event, salt)
    const digest = (value: string) => sha256(salt(), value).digest('hex')
    const body = canonical({
      home: 7,
      case: 'T-1',
      seq: 3,
      type: 'opened',
      schema: 1,
      at: event.at,
      actor: { kind: 'staff', id: 'u1' },
      clause: '8.1',
      law: { ...event.law },
      data: { papers: 3, personal: { name: digest('"Айгүл"'), spouse: digest('null') } },
    })
    expect(sealed.body).toBe(body)
    expect(sealed.hash).toEqual(sha256(prev, body).digest())
  })

  it('keeps personal values out of the body', () => {
    expect(sealEvent(7, 'T-1', 1, Buffer.alloc(0), event, salt).body).not.toContain('Айгүл')
  })

  it('opens to what was given, also a value that is null', () => {
    const sealed = sealEvent(7, 'T-1', 1, Buffer.alloc(0), event, salt)
    const opened = openEvent(sealed.body, sealed.hash, Buffer.alloc(0), sealed.personal)
    expect(opened).toMatchObject({ home: 7, case: 'T-1', seq: 1, prev: '', hash: sealed.hash.toString('hex') })
    expect(opened.data).toEqual({ papers: 3 })
    expect(opened.personal).toEqual({ name: 'Айгүл', spouse: null })
  })

  it('opens without the key to events that say what was erased', () => {
    const sealed = sealEvent(7, 'T-1', 1, Buffer.alloc(0), event, salt)
    expect(openEvent(sealed.body, sealed.hash, Buffer.alloc(0), null).personal).toEqual({ name: erased, spouse: erased })
  })

  it('refuses data that would hide the digests', () => {
    expect(() => sealEvent(7, 'T-1', 1, Buffer.alloc(0), { ...event, data: { personal: 'x' } }, salt)).toThrow(TypeError)
  })
})
