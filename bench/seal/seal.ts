/**
 * What signatures cost, warm:
 *
 *   npm run bench:seal -- [--rounds 200] [--json <file>]
 *
 * First the arithmetic of each algorithm over 300 octets, in a thread of the pool as the server does it (GOST) or in the machine's (RSA, ECDSA), one after the other;
 * then a document of 4 kB: a detached CMS with a chain of two certificates (the person's and the issuing authority's), signed, and judged with its path
 * to the pinned root; then how many of each a second when many wait, and how late the event loop is meanwhile. Exit 1 when a median of GOST is over its limit: signature 5 ms, verification 15 ms, CMS
 * signed 25 ms, CMS judged 40 ms.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { askingInside } from '../../src/contour/pki/asking.ts'
import { makePki, type Pki, type PkiAlgorithm } from '../../src/contour/pki/pki.ts'
import { generateKey, spkiOf } from '../../src/seal/algorithms/keys.ts'
import { closeGostPool } from '../../src/seal/algorithms/pool.ts'
import type { AlgorithmName } from '../../src/seal/algorithms/table.ts'
import { digestBytes, signBytes, verifyBytes, warm } from '../../src/seal/algorithms/verify.ts'
import { findPath, forgetIssued } from '../../src/seal/certificates/path.ts'
import { revocations } from '../../src/seal/certificates/revocation.ts'
import { readCms } from '../../src/seal/cms/read.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { verifyCms } from '../../src/seal/cms/verify.ts'
import { nationalSeal } from '../../src/seal/national/national.ts'
import { stampFrom } from '../../src/seal/national/stamping.ts'
import type { Signature } from '../../src/seal/seal.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' }, json: { type: 'string' } } })
const rounds = Number(values.rounds)

interface Row {
  readonly what: string
  readonly algorithm: string
  readonly medianMs: number
  readonly p95Ms: number
  readonly limitMs?: number
}

const rows: Row[] = []
const rounded = (ms: number) => Math.round(ms * 100) / 100

async function measure(what: string, algorithm: string, act: () => Promise<unknown>, limitMs?: number): Promise<void> {
  for (let at = 0; at < 20; at++) await act()
  const times: number[] = []
  for (let at = 0; at < rounds; at++) {
    const from = performance.now()
    await act()
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => rounded(times[Math.floor(times.length * share)] ?? 0)
  rows.push({ what, algorithm, medianMs: at(0.5), p95Ms: at(0.95), limitMs })
}

async function raw(algorithm: AlgorithmName, limits: readonly [number?, number?]): Promise<void> {
  const data = Buffer.alloc(300, 'ө')
  const key = await generateKey(algorithm)
  const spki = await spkiOf(key)
  const signature = await signBytes(key, data)
  await measure('sign', algorithm, () => signBytes(key, data), limits[0])
  await measure('verify', algorithm, async () => expectValid(await verifyBytes({ algorithm, spki, data, signature })), limits[1])
}

async function cms(kind: PkiAlgorithm, limits: readonly [number?, number?]): Promise<number> {
  const at = '2019-10-14T10:00:00+06:00'
  const pki = await makePki({ algorithm: kind, at })
  const { key, certificate, chain } = await pki.identity('aktobe.operator')
  const content = Buffer.alloc(4096, '{"asks":"екінші санат"}')
  const signer = { key, certificate: certificate.der, chain: chain.map(({ der }) => der) }
  const sign = () => signCms(content, [signer], { at })
  const signed = await sign()
  // The arithmetic of certificates is remembered once it said yes: here the path is met for the first time, every time.
  const judge = async (): Promise<void> => {
    forgetIssued()
    const { valid, signers } = await verifyCms(readCms(signed) ?? fail(), { content })
    const path = await findPath(signers[0]?.certificate ?? fail(), { trust: { ...pki.trust, authorities: [] }, offered: chain, at })
    if (!valid || !path.trusted || path.chain.length !== 3) fail()
  }
  await measure('CMS sign', kind, sign, limits[0])
  await measure('CMS judge, path of two', kind, judge, limits[1])
  await sealed(kind, pki, signed, content, at)
  await crowd(`CMS sign, ${kind}`, sign)
  await crowd(`CMS judge, ${kind}`, judge)
  return signed.length
}

/** The whole of it as the server does it, with the authorities in the same process: their answers' signatures are made and judged too. */
async function sealed(kind: PkiAlgorithm, pki: Pki, value: Uint8Array, bytes: Uint8Array, at: string): Promise<void> {
  const asking = askingInside(
    async () => pki,
    () => at,
  )
  const seal = nationalSeal({ trust: pki.trust, revocations: revocations({ asking }), stamp: stampFrom('http://127.0.0.1/tsp', asking) })
  const { iin, bin } = (await pki.identity('aktobe.operator')).certificate.holder
  const signer = { staffId: 'aktobe.operator', iin: iin ?? '', name: '', organisationBin: bin ?? '', role: 'operator' }
  const prepared = await seal.prepare({ bytes, signer, at })
  const given: Signature = { algorithm: 'cms', certificate: '', value, signedAt: at, digest: prepared.digest }
  const outcome = await seal.accept(prepared, given, at)
  if (outcome.kind !== 'signed') fail()
  await measure('seal takes it: time-stamp, paths, OCSP of four', kind, () => seal.accept(prepared, given, at))
  await measure('seal judges it from its evidence', kind, async () => {
    forgetIssued()
    if (!(await seal.verify(bytes, outcome.signature, { at, signer })).valid) fail()
  })
}

interface Crowd {
  readonly what: string
  readonly perSecond: number
  /** How late the event loop was in the 99th percentile, above its own resolution of a millisecond. */
  readonly lateP99Ms: number
}

const crowds: Crowd[] = []

/** Sixteen at once: what the pool does in a second, and whether the thread that answers requests stays free. */
async function crowd(what: string, act: () => Promise<unknown>): Promise<void> {
  const late = monitorEventLoopDelay({ resolution: 1 })
  late.enable()
  const from = performance.now()
  let left = rounds * 2
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left-- > 0) await act()
    }),
  )
  const seconds = (performance.now() - from) / 1000
  late.disable()
  crowds.push({ what, perSecond: Math.round((rounds * 2) / seconds), lateP99Ms: rounded(late.percentile(99) / 1e6 - 1) })
}

function expectValid(verdict: string): void {
  if (verdict !== 'valid') fail()
}

function fail(): never {
  throw new Error('What was signed does not verify')
}

const start = performance.now()
await warm()
const warmMs = Math.round(performance.now() - start)
await raw('gost2015-512', [5, 15])
await raw('gost2015-256', [])
await raw('gost2004', [])
await raw('rsa-sha256', [])
await raw('ecdsa-p256-sha256', [])
const megabyte = Buffer.alloc(1 << 20, 1)
await measure('digest 1 MiB', 'streebog512', () => digestBytes('streebog512', megabyte))
await measure('digest 1 MiB', 'gost94', () => digestBytes('gost94', megabyte))
await measure('digest 1 MiB', 'sha256', () => digestBytes('sha256', megabyte))
const bytes = { gost: await cms('gost', [25, 40]), rsa: await cms('rsa', []), ecdsa: await cms('ecdsa', []) }
await closeGostPool()

const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  node: process.version,
  loadAtTheEnd: rounded(loadavg()[0] ?? 0),
}
const result = { machine, rounds, warmMs, rows, crowds, cmsBytes: bytes }
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
console.table(rows)
console.table(crowds)
console.log(JSON.stringify({ machine, rounds, warmMs, cmsBytes: bytes }))
process.exitCode = rows.some(({ medianMs, limitMs = Number.POSITIVE_INFINITY }) => medianMs > limitMs) ? 1 : 0
