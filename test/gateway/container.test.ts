import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { containerOf } from '../../src/gateway/journal/container.ts'
import { readRecord, recordOf } from '../../src/gateway/journal/record.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-container-'))
afterAll(() => rmSync(folder, { recursive: true }))

const number = '015-191014-50001-0'
const asked = recordOf('request', { id: 'm-1', bytes: strToU8('<r><password>demo-secret</password><iin>840404499918</iin></r>') })
const said = recordOf('response', {
  id: 'a-1',
  bytes: strToU8('<r>ӘСЕЛ</r>'),
  signature: { valid: true, algorithm: 'ecdsa', certificate: new Uint8Array([48, 3, 2, 1, 7]) },
})
const container = containerOf({
  row: {
    ...{ home: 15, id: '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11', case: number, key: `${number}/queryPerson/14`, attempt: 2 },
    ...{ service: 'GBDFL_UniversalServiceSync', direction: 'out', messageId: 'm-1', answerId: 'a-1', correlationId: null },
    ...{ sentAt: '2019-10-14T10:00:00+05:00', answeredAt: '2019-10-14T10:00:02+05:00', tookMs: 1800, outcome: 'found' },
    ...{ request: null, response: null },
  },
  request: readRecord(asked),
  response: readRecord(said),
  events: [{ seq: 1, type: 'RegisterAnswered', hash: 'a'.repeat(64) }],
  madeAt: '2019-10-14T11:00:00+05:00',
})

const proof = (exchange: string, hash = 'a'.repeat(64)) =>
  JSON.stringify({ home: 15, case: number, events: [{ hash, body: JSON.stringify({ data: { exchange } }) }] })

function check(bytes: Uint8Array, itsProof?: string) {
  const path = join(folder, 'exchange.zip')
  writeFileSync(path, bytes)
  if (itsProof !== undefined) writeFileSync(join(folder, 'proof.json'), itsProof)
  const more = itsProof === undefined ? [] : ['--proof', join(folder, 'proof.json')]
  const { status, stdout } = spawnSync('python3', ['docs/verify/check_exchange.py', path, ...more], { encoding: 'utf8' })
  return { status, stdout }
}

/** The container with one file bent, and the sums made to fit again where whoever bends it takes the trouble. */
function bent(name: string, bend: (text: string) => string): Uint8Array {
  const files = unzipSync(container)
  files[name] = strToU8(bend(strFromU8(files[name] ?? new Uint8Array())))
  return zipSync(files)
}

it('a container holds no secret, and its messages with their digests as they were', () => {
  const files = unzipSync(container)
  expect(Object.keys(files).sort()).toEqual(['SHA256SUMS', 'manifest.json', 'request.xml', 'response.certificate.der', 'response.xml'])
  expect(
    Object.values(files)
      .map((one) => strFromU8(one))
      .join(),
  ).not.toContain('demo-secret')
  expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())).messages).toMatchObject([
    { part: 'request', removed: ['password'], original: { size: 62 } },
    { part: 'response', removed: [], signature: { valid: true, certificate: 'response.certificate.der' } },
  ])
})

describe.skipIf(!hasPython)('docs/verify/check_exchange.py (skipped where there is no python3)', () => {
  it('says that it holds, and that it belongs to the case whose proof names it', () => {
    expect(check(container)).toMatchObject({ status: 0 })
    expect(check(container, proof('m-1')).stdout).toContain('1 events of the chain name this exchange')
  })

  it.each([
    ['a message', bent('response.xml', (text) => text.replace('ӘСЕЛ', 'ӘСИЯ'))],
    ['the manifest', bent('manifest.json', (text) => text.replace('"found"', '"notFound"'))],
    ['a sum', bent('SHA256SUMS', (text) => text.replace(/^./, (sign) => (sign === '0' ? '1' : '0')))],
    ['what is in it', zipSync({ ...unzipSync(container), 'more.txt': strToU8('x') })],
    ['the whole file', container.subarray(0, container.length - 40)],
  ])('says no where somebody bent %s', (_, bytes) => expect(check(bytes)).toMatchObject({ status: 1 }))

  it('says no to the proof of another case, another hash, and a chain that names another exchange', () => {
    expect(check(container, proof('m-1').replace(number, '015-191014-50002-8'))).toMatchObject({ status: 1 })
    expect(check(container, proof('m-1', 'b'.repeat(64)))).toMatchObject({ status: 1 })
    expect(check(container, proof('m-9'))).toMatchObject({ status: 1 })
  })
})
