import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CheckedRecord, checkRecords } from '../../src/desk/evidence/check.ts'
import { keptRecord } from '../../src/desk/evidence/record.ts'
import { evidenceState, runEvidence } from '../../src/desk/evidence/run.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { readEvidence } from '../../src/seal/evidence/evidence.ts'
import { readRecord } from '../../src/seal/evidence/record.ts'
import { verifyRecord } from '../../src/seal/evidence/verifyRecord.ts'
import { destroyedBy } from '../ledger/commands.ts'
import { testKeyRing, withDatabase } from '../ledger/database.ts'
import { type AuthorityWorld, authorityWorld, sha256, signedCases, signedFile } from './ledgerOf.ts'

let world: AuthorityWorld
beforeEach(async () => {
  world = await authorityWorld()
})
afterEach(() => world.running.close())

const noViews = { rowsOf: () => ({ case_view: [], work_item: [], due: [], custody_item: [], search_key: [] }) }
const evidenceProblemsOf = async (ledger: Parameters<typeof verify>[0]) =>
  (await verify(ledger, testKeyRing, noViews)).problems.filter(({ kind }) => kind === 'evidence' || kind === 'orphan')

describe('evidence records over a ledger', () => {
  it('are made once for every signature, some thousands under one time-stamp, and each verifies without the ledger', () =>
    withDatabase(async ({ ledger }) => {
      const numbers = await signedCases(ledger, 12)
      const parts = world.parts(ledger)
      expect(await runEvidence(parts)).toMatchObject({ made: 12, renewed: 0, rechained: 0, lost: [], failure: null })
      expect(await ledger.evidence.stamps()).toHaveLength(3)
      expect(await runEvidence(parts, { all: true })).toMatchObject({ made: 0, failure: null })
      const records: CheckedRecord[] = []
      expect(await checkRecords(parts, (one) => records.push(one))).toMatchObject({ records: 12, broken: 0, due: 0, missing: 0 })
      expect(records.every(({ since, due }) => since === '2019-10-14T04:00:00Z' && due === 'nothing')).toBe(true)
      const place = { home: 7, case: numbers[4] ?? '', sha256: sha256(signedFile(4)) }
      const kept = await keptRecord(ledger.evidence, place)
      const evidence = kept && readEvidence(kept.evidence)
      if (!kept || !evidence) throw new Error('made')
      // From what is kept alone: nobody is asked.
      const question = { court: { ...parts.court, revocations: null }, at: world.now, evidence }
      expect(await verifyRecord(kept.record, [signedFile(4)], question)).toMatchObject({ reasons: [], since: '2019-10-14T04:00:00Z' })
      expect((await verifyRecord(kept.record, [signedFile(5)], question)).reasons).toEqual(['otherContent'])
      expect(await keptRecord(ledger.evidence, { ...place, sha256: sha256(Buffer.from('a notice 3')) })).toBeNull()
      expect(await evidenceProblemsOf(ledger.database)).toEqual([])
    }))

  it('are made later where the authority does not answer, or gives what does not hold: nothing is lost, and it is told', () =>
    withDatabase(async ({ ledger }) => {
      await signedCases(ledger, 7)
      const parts = world.parts(ledger)
      world.running.faults.down.add('tsp')
      expect(await runEvidence(parts)).toMatchObject({ made: 0, failure: { kind: 'away' } })
      expect(await evidenceState(ledger.settings)).toEqual({ wholeAt: null, searched: null })
      world.running.faults.down.delete('tsp')
      // After the first batch the authority goes away again: what was made stays.
      let asked = 0
      const tired = { ...parts, stamp: (async (imprint) => (++asked > 1 ? null : parts.stamp(imprint))) as typeof parts.stamp }
      expect(await runEvidence(tired)).toMatchObject({ made: 5, failure: { kind: 'away' } })
      // Keys of test PKIs of one algorithm are the same.
      const other = await authorityWorld('rsa')
      try {
        const foreign = { ...parts, stamp: other.parts(ledger).stamp }
        expect(await runEvidence(foreign)).toMatchObject({ made: 0, failure: { kind: 'notBelieved', reasons: ['badTimestamp'] } })
      } finally {
        await other.running.close()
      }
      expect(await runEvidence(parts)).toMatchObject({ made: 2, failure: null })
      expect(await checkRecords(parts)).toMatchObject({ records: 7, missing: 0 })
    }))

  it('are made by one of several who want to; also those who do not know of each other do no harm', () =>
    withDatabase(async ({ ledger }) => {
      await signedCases(ledger, 11)
      const parts = world.parts(ledger)
      const runs = await Promise.all([runEvidence(parts), runEvidence(parts), runEvidence(parts)])
      expect(runs.filter((run) => run !== null).map((run) => run.made)).toContain(11)
      await signedCases(ledger, 3)
      const page = { after: null, limit: 5 }
      const places = await ledger.evidence.without(page, ['AnswerSigned'], null)
      const [stamp] = await ledger.evidence.stamps()
      if (stamp === undefined) throw new Error('made')
      const leaves = places.map((place) => ({ ...place, chain: 1, tree: Buffer.alloc(0) }))
      const twice = await Promise.all(
        [1, 2].map(() => ledger.evidence.keep({ ...stamp, evidence: Buffer.alloc(0) }, leaves).catch(() => 0)),
      )
      expect(twice.reduce((sum, kept) => sum + kept, 0)).toBe(3)
      expect(await ledger.evidence.keep({ ...stamp, evidence: Buffer.alloc(0) }, leaves)).toBe(0)
    }))

  it('are renewed before the authority’s certificate ends: once for all that stand under it, and not before it has a newer one', () =>
    withDatabase(async ({ ledger }) => {
      const numbers = await signedCases(ledger, 12)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      // The test authority's certificate runs to October 2024.
      world.now = '2024-06-01T00:00:00Z'
      expect(await checkRecords(parts)).toMatchObject({ records: 12, broken: 0, due: 12 })
      expect(await runEvidence(parts)).toMatchObject({ renewed: 0, failure: { kind: 'notNewer' } })
      await world.renewStamping('2024-06-01')
      expect(await runEvidence(parts)).toMatchObject({ renewed: 3, lost: [], failure: null })
      expect(await ledger.evidence.stamps()).toHaveLength(4)
      expect(await runEvidence(parts)).toMatchObject({ renewed: 0, failure: null })
      // The first certificate has ended, and its authority is gone; the record holds by what was kept when it was renewed.
      world.now = '2026-03-01T00:00:00Z'
      expect(await checkRecords(parts)).toMatchObject({ records: 12, broken: 0, due: 0 })
      const place = { home: 7, case: numbers[2] ?? '', sha256: sha256(signedFile(2)) }
      const kept = await keptRecord(ledger.evidence, place)
      expect(kept && readRecord(kept.record)?.chains.map((chain) => chain.length)).toEqual([2])
      expect(await evidenceProblemsOf(ledger.database)).toEqual([])
    }))

  it('that were not renewed in time are told to be lost', () =>
    withDatabase(async ({ ledger }) => {
      await signedCases(ledger, 2)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      world.now = '2025-06-01T00:00:00Z'
      await world.renewStamping('2025-01-01')
      expect(await checkRecords(parts)).toMatchObject({ records: 2, broken: 2 })
      expect(await runEvidence(parts)).toMatchObject({ renewed: 0, lost: [{ number: 1, reasons: ['badTimestamp'] }] })
    }))

  it('get a new chain when their digest ages, over the file once more; killed in the middle, the rest gets it the next time', () =>
    withDatabase(async ({ ledger }) => {
      const numbers = await signedCases(ledger, 12)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      world.now = '2021-05-01T00:00:00Z'
      const stronger = { ...parts, digest: 'sha512' as const } // the literal
      let asked = 0
      const killed = {
        ...stronger,
        stamp: (imprint: Parameters<typeof parts.stamp>[0]) => (++asked > 1 ? Promise.reject(new Error('killed')) : parts.stamp(imprint)),
      }
      await expect(runEvidence(killed)).rejects.toThrow('killed')
      expect(await checkRecords(stronger)).toMatchObject({ records: 12, broken: 0, due: 7 })
      // What is half way is renewed on both sides meanwhile.
      world.now = '2024-06-01T00:00:00Z'
      await world.renewStamping('2024-06-01')
      expect(await runEvidence(parts)).toMatchObject({ renewed: 4, rechained: 0 })
      world.now = '2024-07-01T00:00:00Z'
      expect(await runEvidence(stronger)).toMatchObject({ made: 0, rechained: 7, lost: [], failure: null })
      const shapes = new Set<string>()
      for (const [n, number] of numbers.entries()) {
        const kept = await keptRecord(ledger.evidence, { home: 7, case: number, sha256: sha256(signedFile(n)) })
        const read = kept && readRecord(kept.record)
        shapes.add((read?.chains ?? []).map((chain) => chain.map(({ digest }) => digest).join('+')).join(' '))
      }
      expect([...shapes].sort()).toEqual(['sha256 sha512+sha512', 'sha256+sha256 sha512'])
      expect(await checkRecords(stronger)).toMatchObject({ records: 12, broken: 0, due: 0 })
      // The old chains are closed: nobody renews them any more.
      expect((await ledger.evidence.stamps()).filter(({ closed, digest }) => closed !== (digest === 'sha256'))).toEqual([])
      expect(await evidenceProblemsOf(ledger.database)).toEqual([])
    }))

  it('go with the case that is destroyed; the others of its tree still hold', () =>
    withDatabase(async ({ ledger }) => {
      const [first = '', second = ''] = await signedCases(ledger, 5)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      expect(await ledger.destroy(7, first, destroyedBy())).toBe(true)
      expect(await ledger.evidence.of({ home: 7, case: first, sha256: sha256(signedFile(0)) })).toEqual([])
      expect(await ledger.evidence.of({ home: 7, case: second, sha256: sha256(signedFile(1)) })).toHaveLength(1)
      expect(await runEvidence(parts, { all: true })).toMatchObject({ made: 0, failure: null })
      expect(await checkRecords(parts)).toMatchObject({ records: 4, broken: 0, missing: 0 })
      expect(await evidenceProblemsOf(ledger.database)).toEqual([])
    }))

  it.each([
    [
      'a leaf of another tree',
      `update evidence_leaf set tree = set_byte(tree, 5, get_byte(tree, 5) # 1) where sha256 = (select min(sha256) from evidence_leaf)`,
      'root',
    ],
    [
      'a token that was replaced',
      `update evidence_stamp set token = set_byte(token, 900, get_byte(token, 900) # 1) where number = 1`,
      null,
    ],
    ['a root that was replaced', `update evidence_stamp set root = sha256(root) where number = 1`, 'root'],
    ['a stamp that is gone', `delete from evidence_stamp where number = 1`, 'not there'],
    [
      'a file that is gone',
      `delete from file where type is null and sha256 = (select min(sha256) from evidence_leaf)`,
      'file is not there',
    ],
  ])('show %s', (_, act, told) =>
    withDatabase(async ({ ledger }) => {
      await signedCases(ledger, 4)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      await ledger.database.pool.query(act)
      const problems = (await evidenceProblemsOf(ledger.database)).filter(({ kind }) => kind === 'evidence')
      if (told !== null) expect(problems[0]?.text).toContain(told)
      else expect((await checkRecords(parts)).broken).toBeGreaterThan(0)
    }),
  )
})
