import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonical } from './canonical.ts'
import { openChain, sealEvent } from './chain.ts'
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
    const [opened] = openChain([sealed])
    expect(opened).toMatchObject({ home: 7, case: 'T-1', seq: 1, prev: '', hash: sealed.hash.toString('hex') })
    expect(opened?.data).toEqual({ papers: 3 })
    expect(opened?.personal).toEqual({ name: 'Айгүл', spouse: null })
  })

  it('opens without the key to events that say what was erased', () => {
    const sealed = sealEvent(7, 'T-1', 1, Buffer.alloc(0), event, salt)
    expect(openChain([{ ...sealed, personal: null }])[0]?.personal).toEqual({ name: erased, spouse: erased })
  })

  it('says actor, time and law once a command: what an event does not say is as in the one before it', () => {
    const { personal: _, ...bare } = event
    const given: NewEvent[] = [
      event,
      { ...bare, type: 'same', actor: { ...event.actor }, law: { ...event.law } },
      { ...bare, type: 'otherActor', actor: { kind: 'system', id: 'clock' } },
      { ...bare, type: 'otherLaw', law: { ...event.law, sha256: 'cd' }, at: '2019-10-14T10:01:00+06:00' },
    ]
    let prev: Buffer = Buffer.alloc(0)
    const sealed = given.map((one, index) => {
      const kept = sealEvent(7, 'T-1', index + 1, prev, one, salt, given[index - 1])
      prev = kept.hash
      return kept
    })
    const said = sealed.map(({ body }) => ['actor', 'at', 'law'].filter((member) => body.includes(`"${member}":`)))
    expect(said).toEqual([['actor', 'at', 'law'], [], ['actor'], ['actor', 'at', 'law']])
    const opened = openChain(sealed)
    expect(opened.map(({ actor, at, law }) => ({ actor, at, law }))).toEqual(
      given.map(({ actor, at, law }) => ({ actor: JSON.parse(JSON.stringify(actor)), at, law })),
    )
    expect(opened.map(({ prev: before }) => before)).toEqual(['', ...sealed.slice(0, -1).map(({ hash }) => hash.toString('hex'))])
  })

  it('refuses data that would hide the digests', () => {
    expect(() => sealEvent(7, 'T-1', 1, Buffer.alloc(0), { ...event, data: { personal: 'x' } }, salt)).toThrow(TypeError)
  })
})
