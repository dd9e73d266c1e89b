import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPki, servePki } from '../../src/contour/pki/server.ts'
import { attachmentsOf } from '../../src/desk/verifying/attachments.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { cmsToPem } from '../../src/seal/ncalayer/cms.ts'
import { digestOf } from '../../src/seal/signed.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

const at = '2019-10-14T10:00:00+06:00'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-own-keys-'))
let authority: RunningPki
let opened: OpenedHouse
let databaseUrl: string

/** A house that holds no keys, as production does: it believes the roots of a folder and asks their authority over HTTP. */
beforeAll(async () => {
  const trust = join(folder, 'trust')
  authority = await servePki({ algorithm: 'ecdsa', at, now: () => at, folder: trust })
  databaseUrl = await newDatabase()
  opened = await openHouse({
    ...{ demonstration: true, host: '127.0.0.1', port: 0, data: folder, databaseUrl, publicUrl: 'http://127.0.0.1:8080' },
    ...{ regulations: resolve(import.meta.dirname, '../../regulations'), keys: join(folder, 'keys'), seals: { trust } },
  })
})
afterAll(async () => {
  await opened?.close()
  await authority?.close()
  if (databaseUrl) await dropDatabase(databaseUrl)
  rmSync(folder, { recursive: true, force: true })
})

const inputs = (html: string): URLSearchParams =>
  new URLSearchParams(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]),
  )

const signedBy = async (name: string, bytes: Uint8Array): Promise<string> => cmsToPem(await signedByAll([name], bytes))

describe('a house that holds no keys', () => {
  it('shows what is signed before a step, takes the signature and judges it; without one nothing is done', async () => {
    const { house, app, ledger } = opened
    const session = await house.people.signIn({ login: 'almaty.head', password: demonstrationPassword, address: '127.0.0.1' }, 'page')
    if (!session.ok) return expect.fail(session.error.code)
    const headers = { host: '127.0.0.1', cookie: `${cookieName(false)}=${session.value.token}; lang=kk` }
    const [item] = await ledger.database.query<{ case_number: string }>({
      name: 'test_own_keys',
      text: `select case_number from work_item where step = 'signAnswer' and organisation = 'almaty.directorate' limit 1`,
      values: [],
    })
    const casePage = `http://127.0.0.1/cases/${item?.case_number}`
    const path = `${casePage}/steps/signAnswer`
    const form = await (await app.request(path, { headers })).text()
    expect(form).toContain('Келесі бетте қол қойылатын мәтін көрсетіледі')
    expect(form).not.toContain('value="key"')
    const send = (body: URLSearchParams) => app.request(path, { method: 'POST', headers, body })
    const typed = inputs(form)
    typed.set('taken', 'yes')

    const asked = await send(typed)
    const page = await asked.text()
    expect(asked.headers.get('content-security-policy')).toContain('connect-src')
    expect(page).not.toContain('value="server"')
    const bytes = Buffer.from(/data-sign="([^"]+)"/.exec(page)?.[1] ?? '', 'base64')
    expect(JSON.parse(bytes.toString())).toMatchObject({ format: 'qyzmet.statement/3', case: item?.case_number })

    // A browser without script sends the same button: it is told what can be done instead, and has everything that was typed.
    const again = inputs(page)
    expect(again.get('taken')).toBe('yes')
    again.set('_sign', 'key')
    const plain = await send(again)
    expect([plain.status, (await plain.text()).includes('<noscript>')]).toEqual([200, true])
    again.delete('_sign')

    again.set('_signature', await signedBy('almaty.head.expired', bytes))
    const refused = await send(again)
    expect([refused.status, (await refused.text()).includes('мерзімі өткен')]).toEqual([422, true])
    again.set('_signature', 'no signature')
    expect((await send(again)).status).toBe(422)
    again.set('_signature', await signedBy('almaty.head', Buffer.concat([bytes, Buffer.from(' ')])))
    expect((await send(again)).status).toBe(422)
    // Two who sign the same together, as the national program lets them.
    again.set('_signature', cmsToPem(await signedByAll(['almaty.head', 'almaty.specialist'], bytes)))
    const done = await send(again)
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining('since=')])
    // The same form again, as when the answer was lost: done once.
    expect((await send(again)).status).toBe(303)

    const pdf = Buffer.from(await (await app.request(`${casePage}/papers/${paperOf(bytes)}`, { headers })).arrayBuffer())
    await carriesWhatWasSigned(pdf, bytes)
    const shown = await (await app.request(`${casePage}/signed`, { headers })).text()
    for (const words of [...(digestOf(bytes).match(/.{8}/g) ?? []), 'Сынақ кілтімен қойылған', 'Дәлелдемелерін сақтау'])
      expect(shown).toContain(words)
    const saved = [...shown.matchAll(/href="(\/cases\/[^"]+\/signed\/[^"]+)"/g)].map(([, href]) => href ?? '')
    const files = await Promise.all(saved.map(async (href) => (await app.request(`http://127.0.0.1${href}`, { headers })).arrayBuffer()))
    expect(Buffer.from(files[0] ?? new ArrayBuffer(0)).equals(bytes)).toBe(true)
    expect(files).toHaveLength(3)
  })

  const paperOf = (bytes: Buffer): string => JSON.parse(bytes.toString()).papers[0].id

  /** The paper by itself: its files are enough for a program that is not ours, and for our own without any network. */
  async function carriesWhatWasSigned(pdf: Buffer, bytes: Buffer): Promise<void> {
    const files = await attachmentsOf(pdf)
    expect([...files.keys()]).toEqual(expect.arrayContaining(['statement-1.json', 'statement-1.p7s', 'statement-1.evidence.json']))
    expect(files.get('statement-1.json')?.equals(bytes)).toBe(true)
    const verdict = await opened.house.verifier.ofPdf(pdf)
    expect(verdict).toMatchObject({ valid: true, reasons: [], signatures: [{ valid: true, reasons: [] }] })
    const marks = verdict.paper?.signatures ?? []
    expect(marks.map(({ file, algorithm, test }) => [file, algorithm, test])).toEqual([
      [1, 'ecdsa-p256-sha256', true],
      [1, 'ecdsa-p256-sha256', true],
    ])
    expect(marks[0]?.name).toBe(JSON.parse(bytes.toString()).signer.name)
    expect(marks[1]?.name).not.toBe(marks[0]?.name)
    expect(verdict.signatures[0]?.reports.every(({ path }) => path.at(-1)?.root === true)).toBe(true)
    const roots = readdirSync(join(folder, 'trust')).filter((name) => name.endsWith('.pem'))
    writeFileSync(join(folder, 'roots'), roots.map((name) => readFileSync(join(folder, 'trust', name))).join('\n'))
    for (const name of ['statement-1.json', 'statement-1.p7s']) writeFileSync(join(folder, name), files.get(name) ?? '')
    const asked = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'statement-1.p7s', '-content', 'statement-1.json']
    const trusted = ['-CAfile', 'roots', '-purpose', 'any', '-attime', String(Date.parse(at) / 1000), '-out', 'said']
    const openssl = spawnSync('openssl', [...asked, ...trusted], { cwd: folder, encoding: 'utf8' })
    expect(openssl.stderr).toContain('CMS Verification successful')
  }
})

/** One CMS with a part of each, in this order. */
async function signedByAll(names: readonly string[], bytes: Uint8Array): Promise<Uint8Array> {
  const signers = await Promise.all(
    names.map(async (name) => {
      const { key, chain } = await authority.pki.identity(name)
      const [certificate = new Uint8Array(0), ...above] = chain.map(({ der }) => der)
      return { key, certificate, chain: above }
    }),
  )
  return signCms(bytes, signers, { at })
}

describe('several people under one statement', () => {
  it('each of them must be right, one of them the person whose step it is; each is reported, and the paper shows the one that counts first', async () => {
    const { house, ledger } = opened
    const head = house.people.staffByLogin('almaty.head') ?? expect.fail('there is no head')
    const actor = { kind: 'staff', id: head.id, role: 'head', organisation: 'almaty.directorate', unit: 'management' } as const // the word
    const who = { region: 'almaty', actor }
    const [item] = await ledger.database.query<{ case_number: string }>({
      name: 'test_several_signers',
      text: `select case_number from work_item where step = 'signAnswer' and organisation = 'almaty.directorate' limit 1`,
      values: [],
    })
    const number = item?.case_number ?? expect.fail('no seeded case waits for a signature')
    const prepared = await house.desk.prepare(number, 'signAnswer', { taken: true }, who)
    if (prepared.kind !== 'prepared') return expect.fail(prepared.kind)
    const { bytes } = prepared.toBeSigned
    const step = async (names: readonly string[]) => {
      const signature = { algorithm: 'cms', value: await signedByAll(names, bytes) }
      return house.desk.step(number, 'signAnswer', { taken: true }, who, { key: crypto.randomUUID(), signature })
    }
    expect(await step(['almaty.specialist', 'almaty.clerk'])).toEqual({ kind: 'unsigned', reasons: ['wrongPerson'] })
    expect(await step(['almaty.head', 'almaty.specialist.expired'])).toEqual({ kind: 'unsigned', reasons: ['expired'] })
    expect(await step(['almaty.specialist.signIn', 'almaty.head'])).toEqual({ kind: 'unsigned', reasons: ['wrongUsage'] })
    expect(await step(['almaty.specialist', 'almaty.head'])).toMatchObject({ kind: 'done' })

    const pack = await house.packs.make([number], who)
    if (pack === null || pack === 'tooMany') return expect.fail('there is no pack')
    const files = unzipSync(pack.bytes)
    const read = (end: string) =>
      Object.entries(files).flatMap(([name, file]) => (name.endsWith(end) ? [JSON.parse(Buffer.from(file).toString())] : []))
    const [report] = read('.report.json').filter(({ of }) => of === 'AnswerSigned')
    expect(report).toMatchObject({ valid: true, signatures: [{ answer: 'true' }, { answer: 'true' }] })
    expect(new Set(report.signatures.map(({ signer }: { signer: { iinMasked: string } }) => signer.iinMasked)).size).toBe(2)
    const history = (await house.reading.case(number, who, 'step')) ?? expect.fail('the case is gone')
    const shown = await Promise.all(history.file.state.papers.map(({ id }) => house.papers.read(history, id)))
    const serials = ['almaty.head', 'almaty.specialist'].map(async (name) => (await authority.pki.identity(name)).certificate.serial)
    expect(shown.flatMap((paper) => paper?.signatures ?? []).map((mark) => mark.certificate?.serial.toLowerCase())).toEqual(
      await Promise.all(serials),
    )
  })
})
