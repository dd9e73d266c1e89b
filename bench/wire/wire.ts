/**
 * Round trips over the wire of the state gateway, signed both ways: a client here, the server a process of its own, HTTP between them.
 *
 *   npm run bench:wire -- [--seconds 4] [--callers 1,8,32] [--only rsa-sha256,gost2015-512] [--json <file>]
 *
 * One round trip is: sign the question, send it, read it, verify, check the schema, answer with some 4 KB, sign, send, read, verify, check the schema. The share
 * of signature work is what a round trip costs both processes beyond the same one unsigned. Then each of the four acts by itself.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ShepClient, shepClient } from '../../src/gateway/shep/client/client.ts'
import { envelopeBytes } from '../../src/gateway/shep/envelope.ts'
import { closeGostPool } from '../../src/seal/algorithms/pool.ts'
import type { AlgorithmName } from '../../src/seal/algorithms/table.ts'
import { warm } from '../../src/seal/algorithms/verify.ts'
import { parseCertificate } from '../../src/seal/certificates/certificate.ts'
import { verifyBody } from '../../src/seal/xmldsig/body.ts'
import { signBody, type XmlSigner } from '../../src/seal/xmldsig/sign.ts'
import { newSigner } from '../../src/seal/xmldsig/signer.testing.ts'
import { readXml } from '../../src/xml/read.ts'
import { element } from '../../src/xml/write.ts'

export type Contender = 'unsigned' | AlgorithmName

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    callers: { type: 'string', default: '1,8,32' },
    only: { type: 'string', default: 'rsa-sha256,ecdsa-p256-sha256,gost2015-512' },
    json: { type: 'string' },
  },
})
const now = () => '2019-08-21T10:15:31.004+06:00'
const data = element('data', { 'xmlns:cs': 'urn:cs' }, element('iin', {}, '850315399990'), element('senderCode', {}, 'DEMO'))

interface Run {
  readonly contender: Contender
  readonly callers: number
  readonly roundTrips: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly errors: number
  /** Processor time of both processes for one round trip. */
  readonly cpuMs: number
}

/** What the server says of itself; `cpu` only where it was asked for. */
interface Said {
  readonly port: number
  readonly certificate: string | null
  readonly cpu: { readonly user: number; readonly system: number }
}

const answerOf = async (child: ChildProcess, said: object | string): Promise<Said> => {
  child.send(said)
  const [answer] = await once(child, 'message')
  return answer
}
const cpuOf = ({ user, system }: { user: number; system: number }) => (user + system) / 1000

async function ask(client: ShepClient, until: number, times: number[], at: { next: number; errors: number }): Promise<void> {
  while (performance.now() < until) {
    const began = performance.now()
    const question = { messageId: `m-${at.next++}`, serviceId: 'GBDFL_UniversalServiceSync', messageDate: now(), properties: [], data }
    const said = await client.call('SendMessage', question)
    if (said.kind === 'answer') times.push(performance.now() - began)
    else at.errors++
  }
}

async function measure(contender: Contender): Promise<Run[]> {
  const signer: XmlSigner | null = contender === 'unsigned' ? null : await newSigner(contender, 'DEMO-IIS')
  const child = fork(join(import.meta.dirname, 'gateway.ts'))
  const participant = Buffer.from((signer ?? (await newSigner('ecdsa-p256-sha256'))).certificate.der).toString('base64')
  const { port, certificate } = await answerOf(child, { contender, participant })
  const pinned = certificate === null ? [] : [parseCertificate(Buffer.from(certificate, 'base64'))]
  const trust = signer === null ? null : { trust: { roots: [], authorities: [] }, pinned }
  const client = shepClient({
    address: `http://127.0.0.1:${port}/sync`,
    channel: 'sync',
    sender: { senderId: 'demo-iis' },
    signer,
    trust,
    now,
    line: { sockets: 64 },
  })
  const at = { next: 0, errors: 0 }
  await ask(client, performance.now() + 1500, [], at)
  const runs: Run[] = []
  for (const callers of values.callers.split(',').map(Number)) {
    const [times, errors, mine, theirs, began] = [
      [] as number[],
      at.errors,
      process.cpuUsage(),
      (await answerOf(child, 'cpu')).cpu,
      performance.now(),
    ]
    await Promise.all(Array.from({ length: callers }, () => ask(client, began + Number(values.seconds) * 1000, times, at)))
    const seconds = (performance.now() - began) / 1000
    const cpu = cpuOf(process.cpuUsage(mine)) + cpuOf((await answerOf(child, 'cpu')).cpu) - cpuOf(theirs)
    times.sort((a, b) => a - b)
    const share = (part: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0)
    runs.push({
      contender,
      callers,
      roundTrips: times.length,
      perSecond: round(times.length / seconds),
      p50Ms: share(0.5),
      p95Ms: share(0.95),
      errors: at.errors - errors,
      cpuMs: round(cpu / times.length),
    })
  }
  client.close()
  child.send('end')
  await once(child, 'exit')
  return runs
}

const round = (n: number) => Math.round(n * 100) / 100

/** Each act by itself, one after another: ms of waiting for it. */
async function acts(algorithm: AlgorithmName): Promise<{ readonly algorithm: string; readonly signMs: number; readonly verifyMs: number }> {
  const signer = await newSigner(algorithm)
  const plain = envelopeBytes(
    element('n:SendMessage', { 'xmlns:n': 'http://bip.bee.kz/SyncChannel/v10/Types' }, element('request', {}, data)),
  )
  const signed = await signBody(plain, signer)
  const time = async (act: () => Promise<unknown>) => {
    for (let times = 0; times < 20; times++) await act()
    const began = performance.now()
    for (let times = 0; times < 200; times++) await act()
    return round((performance.now() - began) / 200)
  }
  return {
    algorithm,
    signMs: await time(() => signBody(plain, signer)),
    verifyMs: await time(() => verifyBody(readXml(signed), { legacy: true })),
  }
}

await warm()
const contenders: Contender[] = ['unsigned', ...(values.only.split(',') as AlgorithmName[])] // an unknown one breaks at once
const runs: Run[] = []
for (const contender of contenders) runs.push(...(await measure(contender)))
console.log('contender           callers  per s   p50 ms   p95 ms  cpu ms  signatures  errors')
for (const run of runs) {
  const plain = runs.find(({ contender, callers }) => contender === 'unsigned' && callers === run.callers)
  const share = run.contender === 'unsigned' || plain === undefined ? '' : `${Math.round((1 - plain.cpuMs / run.cpuMs) * 100)} %`
  console.log(
    `${run.contender.padEnd(20)} ${String(run.callers).padStart(6)} ${String(run.perSecond).padStart(7)} ${String(run.p50Ms).padStart(8)} ${String(run.p95Ms).padStart(8)} ${String(run.cpuMs).padStart(7)} ${share.padStart(10)} ${String(run.errors).padStart(8)}`,
  )
}
const single = []
for (const contender of contenders) if (contender !== 'unsigned') single.push(await acts(contender))
for (const { algorithm, signMs, verifyMs } of single)
  console.log(`${algorithm.padEnd(20)} an envelope signed in ${signMs} ms, read and verified in ${verifyMs} ms`)
const machine = { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg().map(round), node: process.version }
console.log(JSON.stringify(machine))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, runs, single }, null, 2)}\n`)
await closeGostPool()
