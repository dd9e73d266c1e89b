import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseProof, Seal } from '../../src/ledger/ledger.ts'
import { anEvent, move } from './commands.ts'
import { withDatabase } from './database.ts'
import { openReplayable } from './replay.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-proof-'))
afterAll(() => rmSync(folder, { recursive: true }))

const node = [process.execPath, join(root, 'docs/verify/check-proof.mjs')]
const python = join(root, 'docs/verify')
const hasPython = spawnSync('python3', ['--version']).status === 0

interface Sample {
  proof: CaseProof
  sealed: NonNullable<CaseProof['sealed']>
  other: CaseProof
  seals: Seal[]
}
let sample: Sample

/** Some 600 cases, so that the paths go through kept subtrees; three seals; one case with events younger than the seals. */
async function exported(): Promise<Sample> {
  return withDatabase(async ({ ledger }) => {
    const seals: Seal[] = []
    const seal = async () => {
      const made = await ledger.seals.make(`2019-10-14T1${seals.length}:00:00+06:00`)
      if (made !== null) seals.push(made)
    }
    const cases = Array.from({ length: 3 }, () => openReplayable())
    for (const command of cases) await ledger.append(command)
    await ledger.database.pool.query(
      `insert into case_head select 7, 'A-' || lpad(n::text, 6, '0'), 1, sha256(n::text::bytea) from generate_series(1, 600) as n`,
    )
    await seal()
    const [first, second] = cases
    if (first === undefined || second === undefined) throw new Error('nothing was opened')
    await ledger.append(move(first, 2, { events: [anEvent('moved', { to: 'қызмет €' }), anEvent('received')] }))
    await seal()
    await ledger.append(move(second, 2))
    await seal()
    await ledger.append(move(first, 4))
    const [proof, other] = await Promise.all([first, second].map((one) => ledger.seals.proof(7, one.case)))
    if (!proof?.sealed || !other) throw new Error('no proof')
    return { proof, sealed: proof.sealed, other, seals }
  })
}

function run(checker: readonly string[], proof: unknown, ...more: string[]) {
  const file = join(folder, `${Math.random()}.json`)
  writeFileSync(file, typeof proof === 'string' ? proof : JSON.stringify(proof))
  const [program = '', ...args] = checker
  const { status, stdout, stderr } = spawnSync(program, [...args, file, ...more], { encoding: 'utf8' })
  return { status, told: `${stdout}${stderr}` }
}

/** One corruption each: its name, how it is made, what the script must say of it. */
type Corruption = [string, (sample: Sample) => unknown, RegExp]
const bent = (hash: string) => `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`
const withEvents = ({ proof }: Sample, change: (events: CaseProof['events']) => CaseProof['events']) => ({
  ...proof,
  events: change(structuredClone(proof.events)),
})
const withSealed = ({ proof, sealed }: Sample, change: Partial<Sample['sealed']>) => ({ ...proof, sealed: { ...sealed, ...change } })
const withSeal = (given: Sample, index: number, change: object) =>
  withSealed(given, {
    seals: given.sealed.seals.map((text, n) => (n === index ? JSON.stringify({ ...JSON.parse(text), ...change }) : text)),
  })
const edit = (events: CaseProof['events'], index: number, change: (event: CaseProof['events'][number]) => void) => {
  const event = events[index]
  if (event !== undefined) change(event)
  return events
}

const corruptions: Corruption[] = [
  [
    'an edited event',
    (s) =>
      withEvents(s, (events) =>
        edit(events, 0, (e) => {
          e.body = e.body.replace('"papers":3', '"papers":4')
        }),
      ),
    /event 1: the hash/,
  ],
  [
    'an edited hash',
    (s) =>
      withEvents(s, (events) =>
        edit(events, 2, (e) => {
          e.hash = bent(e.hash)
        }),
      ),
    /event 3: the hash/,
  ],
  ['a first event taken away', (s) => withEvents(s, (events) => events.slice(1)), /event 1: the hash/],
  ['a middle event taken away', (s) => withEvents(s, (events) => events.toSpliced(1, 1)), /event 2: the hash/],
  ['sealed events cut off at the end', (s) => withEvents(s, (events) => events.slice(0, 3)), /the seal covers 4 events/],
  [
    'an inserted event',
    (s) => withEvents(s, (events) => events.toSpliced(1, 0, events[0] as CaseProof['events'][number])),
    /event 2: the hash/,
  ],
  ['exchanged events', (s) => withEvents(s, ([a, b, ...rest]) => [b, a, ...rest] as CaseProof['events']), /event 1: the hash/],
  ['another case’s events', (s) => ({ ...s.proof, events: s.other.events }), /event 1: the body is of/],
  ['another case’s number', (s) => ({ ...s.proof, case: 'T-999999' }), /event 1: the body is of/],
  ['another home', (s) => ({ ...s.proof, home: 8 }), /event 1: the body is of/],
  ['no events', (s) => ({ ...s.proof, events: [] }), /there are no events/],
  ['another version under the seal', (s) => withSealed(s, { version: 3 }), /does not lead to the root of seal 2/],
  ['another place in the tree', (s) => withSealed(s, { position: s.sealed.position - 1 }), /path|root/],
  ['a place beyond the tree', (s) => withSealed(s, { position: 10_000 }), /in no tree of/],
  [
    'a bent path',
    (s) => withSealed(s, { path: s.sealed.path.map((hash, n) => (n === 1 ? bent(hash) : hash)) }),
    /does not lead to the root/,
  ],
  ['a shorter path', (s) => withSealed(s, { path: s.sealed.path.slice(0, -1) }), /shorter|does not lead/],
  ['a longer path', (s) => withSealed(s, { path: [...s.sealed.path, ...s.sealed.path] }), /longer/],
  ['a path that is no hash', (s) => withSealed(s, { path: ['x', ...s.sealed.path.slice(1)] }), /not a SHA-256/],
  ['another root', (s) => withSeal(s, 0, { root: '0'.repeat(64) }), /does not name seal 2/],
  ['another moment of a seal', (s) => withSeal(s, 0, { at: '2019-10-14T09:00:00+06:00' }), /does not name seal 2/],
  ['another seal before', (s) => withSeal(s, 1, { previous: '0'.repeat(64) }), /does not name seal 2/],
  ['a seal taken away', (s) => withSealed(s, { seals: s.sealed.seals.slice(1) }), /path|root/],
  ['exchanged seals', (s) => withSealed(s, { seals: s.sealed.seals.toReversed() }), /after seal 3 comes seal 2/],
  ['no seals', (s) => withSealed(s, { seals: [] }), /there is no seal/],
  ['a seal of another format', (s) => withSealed(s, { seals: ['{"format":"other","number":2}'] }), /format|cannot be read/],
  ['a case that was not sealed', (s) => ({ ...s.proof, sealed: null }), /not sealed yet/],
  ['another format', (s) => ({ ...s.proof, format: 'qyzmet-proof-2' }), /not a proof of the format/],
  ['a file that is no JSON', () => 'once upon a time', /cannot be read/],
]

beforeAll(async () => {
  sample = await exported()
})

describe('docs/verify/check-proof.mjs', () => {
  it('is content with a proof as it was exported, and with a seal that was kept', () => {
    const { proof, other, seals } = sample
    expect(run(node, proof)).toEqual({ status: 0, told: expect.stringContaining(seals[2]?.hash ?? 'no seal') })
    expect(run(node, other).status).toBe(0)
    expect(proof.sealed?.seals).toHaveLength(2)
    for (const kept of seals.slice(1)) expect(run(node, proof, '--seal', kept.hash).status).toBe(0)
  })

  it('tells when the kept seal is none of the proof’s', () => {
    expect(run(node, sample.proof, '--seal', 'f'.repeat(64))).toEqual({ status: 1, told: expect.stringContaining('kept seal') })
  })

  it.each(corruptions)('finds %s', (_name, corrupt, words) => {
    const { status, told } = run(node, corrupt(sample))
    expect([status, told]).toEqual([1, expect.stringMatching(/^wrong: /)])
    expect(told).toMatch(words)
  })

  it('reads a seal that was kept as a file', () => {
    const file = join(folder, 'seal.json')
    writeFileSync(file, JSON.stringify(sample.seals[1]))
    expect(run(node, sample.proof, '--seal', file).status).toBe(0)
    writeFileSync(file, JSON.stringify({ ...sample.seals[1], cases: 1 }))
    expect(run(node, sample.proof, '--seal', file).told).toContain('hash of the kept seal')
  })

  it('says how it is used', () => {
    expect(run(node, sample.proof, '--colour', 'red').status).toBe(2)
  })
})

describe.skipIf(!hasPython)('docs/verify/check_proof.py (skipped where there is no python3)', () => {
  it('says of everything what the other script says', () => {
    const proofs = [sample.proof, sample.other, ...corruptions.map(([, corrupt]) => corrupt(sample))]
    const files = proofs.map((proof, n) => {
      const file = join(folder, `python-${n}.json`)
      writeFileSync(file, typeof proof === 'string' ? proof : JSON.stringify(proof))
      return file
    })
    // One process for all of them: starting Python thirty times would be most of the time.
    const code = 'import sys, check_proof\nfor file in sys.argv[1:]: print("status", check_proof.main([file]))'
    const { stdout } = spawnSync('python3', ['-c', code, ...files], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: python, PYTHONDONTWRITEBYTECODE: '1' },
    })
    const told = stdout.split('\n').filter((line) => line.startsWith('status '))
    expect(told).toEqual(['status 0', 'status 0', ...corruptions.map(() => 'status 1')])
    const kept = (hash: string) => run(['python3', join(python, 'check_proof.py')], sample.proof, '--seal', hash).status
    expect([kept(sample.seals[1]?.hash ?? ''), kept('f'.repeat(64))]).toEqual([0, 1])
  })
})
