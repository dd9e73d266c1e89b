import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningPki, servePki } from '../../contour/pki/server.ts'
import { httpAsking } from '../certificates/asking.ts'
import { revocations } from '../certificates/revocation.ts'
import { stampFrom } from '../national/stamping.ts'
import { climb } from './hashTree.ts'
import { type EvidenceRecord, readRecord, writeRecord } from './record.ts'
import { createRecords, renewTimestamps, renewTrees } from './renew.ts'
import { mustRenew, verifyRecord } from './verifyRecord.ts'

const at = '2019-10-14T10:00:00+06:00'
const groups = Array.from({ length: 7 }, (_, n) => Array.from({ length: (n % 3) + 1 }, (__, k) => Buffer.from(`case ${n}, piece ${k}`)))

let running: RunningPki
let now: string
beforeEach(async () => {
  now = at
  running = await servePki({ algorithm: 'ecdsa', at, now: () => now })
})
afterEach(() => running.close())

const asking = httpAsking({ timeoutMs: 500 })
const stamp = () => stampFrom(`${running.url}/tsp`, asking)
const verify = (record: Uint8Array, group: readonly Uint8Array[]) =>
  verifyRecord(record, group, { court: { trust: running.pki.trust, revocations: revocations({ asking }) }, at: now })

async function made(digest: 'sha256' | 'streebog512' = 'sha256'): Promise<Uint8Array[]> {
  const records = await createRecords(groups, digest, stamp())
  if (records === null) throw new Error('the authority answers')
  return records
}
const read = (record: Uint8Array | undefined): EvidenceRecord => {
  const one = record && readRecord(record)
  if (!one) throw new Error('our own record')
  return one
}
const first = groups[0] ?? []

describe('evidence records', () => {
  it.each(['sha256', 'streebog512'] as const)('of many cases stand on one time-stamp, and each verifies alone: %s', async (digest) => {
    const records = await made(digest)
    const tokens = new Set(records.map((one) => Buffer.from(read(one).chains[0]?.[0]?.token ?? []).toString('hex')))
    expect(tokens.size).toBe(1)
    for (const [n, record] of records.entries()) {
      expect(await verify(record, groups[n] ?? [])).toMatchObject({ reasons: [], since: '2019-10-14T04:00:00Z' })
      const other = groups[(n + 1) % groups.length] ?? []
      expect((await verify(record, other)).reasons).toContain('otherContent')
    }
    const [alone] = (await createRecords([first], digest, stamp())) ?? []
    expect(read(alone).chains[0]?.[0]?.tree).toEqual([])
    expect((await verify(alone ?? new Uint8Array(0), first)).reasons).toEqual([])
  })

  it('find a piece that is missing, bent, or was slipped in', async () => {
    const records = await made()
    const [group, record] = [groups[2] ?? [], records[2] ?? new Uint8Array(0)]
    expect(group).toHaveLength(3)
    expect((await verify(record, group.slice(1))).reasons).not.toContain('damaged')
    expect((await verify(record, [...group, Buffer.from('slipped in')])).reasons).toEqual(['otherContent'])
    expect((await verify(record, [Buffer.from('bent'), ...group.slice(1)])).reasons).toEqual(['otherContent'])
    expect((await verify(record, group.slice(0, 2))).reasons).toEqual(['otherContent'])
  })

  it('are renewed before the authority’s certificate ends, and hold after it', async () => {
    const records = await made()
    const before = await verify(records[0] ?? new Uint8Array(0), first)
    expect(mustRenew(before, '2020-01-01T00:00:00Z')).toBe(false)
    // The authority's certificate runs to 2024; by 2030 the record alone says nothing.
    expect(mustRenew(before, '2025-01-01T00:00:00Z')).toBe(true)
    now = '2030-01-01T00:00:00Z'
    expect((await verify(records[0] ?? new Uint8Array(0), first)).reasons).toEqual(['badTimestamp'])
    now = '2023-01-01T00:00:00Z'
    const renewed = await renewTimestamps(records.map(read), stamp())
    expect(renewed).toHaveLength(7)
    expect(await verify(renewed?.[0] ?? new Uint8Array(0), first)).toMatchObject({ reasons: [], since: '2019-10-14T04:00:00Z' })
    const chains = read(renewed?.[0]).chains
    expect(chains.map((chain) => chain.length)).toEqual([2])
    // Without the first time-stamp the second is over nothing.
    const shortened = writeRecord([chains[0]?.slice(1) ?? []])
    expect((await verify(shortened, first)).reasons).toEqual(['otherContent'])
  })

  it('get a new chain before the digest ages, over the data and all that was there', async () => {
    const records = await made()
    now = '2021-01-01T00:00:00Z'
    const grown = await renewTrees(
      records.map((record, n) => ({ record: read(record), group: groups[n] ?? [] })),
      'sha512',
      stamp(),
    )
    for (const [n, record] of (grown ?? []).entries()) expect((await verify(record, groups[n] ?? [])).reasons).toEqual([])
    expect((await verify(grown?.[1] ?? new Uint8Array(0), first)).reasons).toEqual(['otherContent'])
    now = '2022-01-01T00:00:00Z'
    const again = await renewTimestamps((grown ?? []).map(read), stamp())
    expect(read(again?.[3]).chains.map((chain) => chain.length)).toEqual([1, 2])
    expect((await verify(again?.[3] ?? new Uint8Array(0), groups[3] ?? [])).reasons).toEqual([])
    // A chain that was taken out, or another in its place.
    const { chains } = read(again?.[3])
    expect((await verify(writeRecord(chains.slice(1)), groups[3] ?? [])).reasons).toEqual(['otherContent'])
    const mixed = writeRecord([read(records[4]).chains[0] ?? [], ...chains.slice(1)])
    expect((await verify(mixed, groups[3] ?? [])).reasons).toEqual(['otherContent'])
  })

  it('are not made where the authority does not answer, and are read strictly', async () => {
    const [record] = await made()
    running.faults.down.add('tsp')
    expect(await createRecords(groups, 'sha256', stamp())).toBeNull()
    if (record === undefined) throw new Error('made')
    expect((await verify(new Uint8Array(0), first)).reasons).toEqual(['damaged'])
    let refused = 0
    for (let at = 0; at < record.length; at += 3) {
      const bent = Uint8Array.from(record)
      bent[at] = (bent[at] ?? 0) ^ 1
      const { reasons } = await verify(bent, first)
      // The lists of digests in the record's and the token's heads stand under no signature, and nothing rests on them: all that counts is the same.
      if (reasons.length === 0) expect(read(bent).chains[0]?.[0]?.tree, `byte ${at}`).toEqual(read(record).chains[0]?.[0]?.tree)
      else refused += 1
    }
    // A third of the token is the issuing authority's certificate, which is believed from the trust store and not from there.
    expect(refused).toBeGreaterThan((record.length / 3) * 0.6)
  })

  it('lead to no root from a hash that does not stand in the first list', async () => {
    expect(await climb('sha256', [Buffer.alloc(32, 1)], [[Buffer.alloc(32, 2), Buffer.alloc(32, 3)]])).toBeNull()
    expect(await climb('sha256', [Buffer.alloc(32, 1), Buffer.alloc(32, 2)], [])).toBeNull()
  })
})
