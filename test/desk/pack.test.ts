import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAsic } from '../../src/seal/asic/read.ts'
import { readCertificates } from '../../src/seal/certificates/certificate.ts'
import { readCms } from '../../src/seal/cms/read.ts'
import { verifyCms } from '../../src/seal/cms/verify.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

/** The inspector's pack of a real case: whole, signed, checked by a script that shares no code with us, and every change of it seen. */
let house: TestHouse
let pack: Uint8Array
let number: string
let token: string

beforeAll(async () => {
  house = await openTestHouse()
  await house.house.ledger.seals.make('2019-10-14T10:00:00+06:00')
  const { rows } = await house.ledger.database.pool.query<{ case_number: string }>(
    `select e.case_number from event as e where e.body::json ->> 'type' = 'AnswerSigned'
     and e.home = 75 order by e.case_number limit 1`,
  )
  number = rows[0]?.case_number ?? ''
  token = await house.signIn('almaty.supervisor')
  const answer = await house.app.request(`/api/v1/cases/${number}/pack`, { headers: { authorization: `Bearer ${token}` } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.etsi.asic-e+zip'])
  pack = new Uint8Array(await answer.arrayBuffer())
})
afterAll(async () => house?.close())

const changed = (change: (files: Record<string, Uint8Array>) => void): Uint8Array => {
  const files = unzipSync(pack)
  change(files)
  return zipSync(files as Zippable)
}
const utf8 = (text: string) => new Uint8Array(Buffer.from(text))

describe('an inspector’s pack', () => {
  it('holds everything of the case under one signature', async () => {
    const read = readAsic(pack)
    if (!('opened' in read)) throw new Error(read.flaw.code)
    const { files, manifest, signature } = read.opened
    const names = [...files.keys()]
    for (const name of ['case', 'proof', 'values', 'timeline', 'terms', 'custody', 'papers', 'outages'])
      expect(names).toContain(`${number}/${name}.json`)
    expect(names.filter((name) => name.endsWith('.pdf')).length).toBeGreaterThan(1)
    expect(names.some((name) => /signatures\/[0-9a-f]{64}\.report\.json$/.test(name))).toBe(true)
    expect(names.some((name) => name.startsWith(`${number}/law/`) && name.includes('almaty'))).toBe(true)
    const report = [...files].find(([name]) => name.endsWith('.report.json'))?.[1] ?? new Uint8Array()
    expect(JSON.parse(Buffer.from(report).toString())).toMatchObject({ valid: true, reasons: [], sameDigest: true })
    const cms = readCms(signature)
    if (cms === null) throw new Error('no CMS')
    expect((await verifyCms(cms, { content: manifest })).reasons).toEqual([])
  })

  it('is given only to whoever may read the case, and stands in the journal', async () => {
    const clerk = await house.signIn('aktobe.clerk')
    const answer = await house.app.request(`/api/v1/cases/${number}/pack`, { headers: { authorization: `Bearer ${clerk}` } })
    expect(answer.status).toBe(404)
    const readers = await house.house.reading.readers(number)
    expect(readers.filter(({ purpose }) => purpose === 'export').map(({ role }) => role)).toEqual(['supervisor'])
  })

  it.each<[string, (files: Record<string, Uint8Array>) => void, string]>([
    ['a term changed', (files) => (files[`${number}/terms.json`] = utf8('[]')), 'changed'],
    ['a file added', (files) => (files[`${number}/more.json`] = utf8('{}')), 'notListed'],
    ['a paper taken away', (files) => delete files[Object.keys(files).find((name) => name.endsWith('.pdf')) ?? ''], 'missing'],
    ['no manifest', (files) => delete files['META-INF/ASiCManifest001.xml'], 'damaged'],
    ['a manifest with a type declared', (files) => (files['META-INF/ASiCManifest001.xml'] = utf8('<!DOCTYPE a []><a/>')), 'damaged'],
  ])('shows %s', (_, change, code) => {
    expect(readAsic(changed(change))).toMatchObject({ flaw: { code } })
  })

  it('that is no container is said to be none', () => {
    expect(readAsic(utf8('no zip at all'))).toEqual({ flaw: { code: 'damaged', path: null } })
    expect(readAsic(pack.slice(0, pack.length / 2))).toMatchObject({ flaw: { code: 'damaged' } })
  })

  const tools = ['python3', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined)
  it('is checked by a script of its own, and so is what was done to it', ({ skip }) => {
    if (!tools) return skip('python3 or openssl is not on this machine')
    const trust = join(house.keys, 'trust.pem')
    const pem = house.house.packs.certificates
    expect(readCertificates(pem)).toHaveLength(1)
    writeFileSync(trust, pem)
    const run = (bytes: Uint8Array) => {
      const file = join(house.keys, 'pack.asice')
      writeFileSync(file, bytes)
      const script = resolve(import.meta.dirname, '../../docs/verify/check_pack.py')
      const { status, stdout, stderr } = spawnSync('python3', [script, file, '--trust', trust], { encoding: 'utf8' })
      return { status, told: stdout + stderr }
    }
    expect(run(pack)).toMatchObject({ status: 0, told: expect.stringContaining(`${number}: `) })
    expect(run(changed((files) => (files[`${number}/values.json`] = utf8('[]'))))).toMatchObject({ status: 1 })
    const other = changed((files) => {
      const manifest = files['META-INF/ASiCManifest001.xml'] ?? new Uint8Array()
      files['META-INF/ASiCManifest001.xml'] = utf8(Buffer.from(manifest).toString().replace('<asic:SigReference', ' <asic:SigReference'))
    })
    expect(run(other)).toMatchObject({ status: 1, told: expect.stringContaining('the signature does not hold') })
  })
})
