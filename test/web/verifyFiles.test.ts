import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePki, type Pki } from '../../src/contour/pki/pki.ts'
import { readAsic } from '../../src/seal/asic/read.ts'
import { writeAsic } from '../../src/seal/asic/write.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { installationKey } from '../../src/seal/installation.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

/**
 * What a stranger brings to the page and to the API: signatures of a national kind with their document, and an inspector's pack, whole and bent in twelve ways by somebody who holds
 * the installation's own key. The script that shares no line with us must come to the same.
 */
const at = '2019-10-14T10:00:00+06:00'
const document = Buffer.from('{"іс":"075-191014-48213-4"}')
let test: TestHouse
let pki: Pki
let number: string
let files: ReadonlyMap<string, Uint8Array>

beforeAll(async () => {
  test = await openTestHouse()
  pki = await makePki({ algorithm: 'ecdsa', at, folder: join(test.keys, 'pki', '2019-10-14') })
  await test.house.ledger.seals.make(at)
  const { rows } = await test.ledger.database.pool.query<{ case_number: string }>(
    `select case_number from event where home = 75 and body::json ->> 'type' = 'AnswerSigned' order by case_number limit 1`,
  )
  number = rows[0]?.case_number ?? ''
  const headers = { authorization: `Bearer ${await test.signIn('almaty.supervisor')}` }
  const answer = await test.app.request(`/api/v1/cases/${number}/pack`, { headers })
  const read = readAsic(new Uint8Array(await answer.arrayBuffer()))
  files = 'opened' in read ? read.opened.files : expect.fail(read.flaw.code)
})
afterAll(async () => test?.close())

async function signed(name: string, detached: boolean): Promise<Uint8Array> {
  const { key, chain } = await pki.identity(name)
  const [certificate, ...above] = chain.map(({ der }) => der)
  if (certificate === undefined) return expect.fail('no certificate')
  return signCms(document, [{ key, certificate, chain: above }], { at, detached })
}

const fileOf = (bytes: Uint8Array) => new File([new Uint8Array(bytes)], 'whatever.bin')

async function page(
  lang: string,
  ...sent: readonly (readonly [name: string, bytes: Uint8Array])[]
): Promise<{ status: number; text: string }> {
  const first = await test.app.request(`/verify?lang=${lang}`)
  const cookie = first.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const form = new FormData()
  form.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(await first.text())?.[1] ?? '')
  for (const [name, bytes] of sent) form.set(name, fileOf(bytes))
  const answer = await test.app.request(`/verify?lang=${lang}`, { method: 'POST', body: form, headers: { cookie } })
  return { status: answer.status, text: await answer.text() }
}

/** What the tests look at of the API's verdict. */
interface Told {
  answer: string
  kind: string
  reasons: { code: string }[]
  signatures: { path: unknown[] }[]
  pack: { cases: { signatures: unknown[] }[] }
}

async function api(sent: Uint8Array | FormData, language = 'ru', query = '') {
  const headers = { 'accept-language': language, ...(sent instanceof FormData ? {} : { 'content-type': 'application/octet-stream' }) }
  const body = sent instanceof FormData ? sent : new Uint8Array(sent)
  const answer = await test.app.request(`/api/v1/verify${query}`, { method: 'POST', body, headers })
  return { status: answer.status, json: (await answer.json()) as Told } // as: the API's contract holds it
}

describe('a signature that a stranger brings', () => {
  it('is told in each language, with its document beside, and nothing of it is kept or logged', async () => {
    const file = await signed('almaty.head', true)
    for (const [lang, words] of [
      ['kk', ['>Шын<', 'сенімді түбір', 'OCSP жауабы']],
      ['ru', ['>Подлинно<', 'доверенный корень', 'ответ OCSP']],
      ['en', ['>True<', 'trusted root', 'OCSP answer']],
    ] as const) {
      const { status, text } = await page(lang, ['file', file], ['signed', document])
      expect(status).toBe(200)
      for (const word of words) expect(text).toContain(word)
      const { iin } = (await pki.identity('almaty.head')).certificate.holder
      expect(text).not.toContain(iin)
    }
    expect((await page('ru', ['signed', document], ['file', file])).text).toContain('>Подлинно<')
    expect((await page('ru', ['file', document], ['signed', file])).text).toContain('>Подлинно<')
  })

  it('without its document, or by a revoked key, is told what lacks', async () => {
    expect((await page('ru', ['file', await signed('almaty.head', true)])).text).toContain('Приложите к подписи файл')
    const { text } = await page('kk', ['file', await signed('almaty.head.revoked', false)])
    expect(text).toContain('Айту мүмкін емес')
    expect(text).toContain('Сертификат кері қайтарылған')
  })

  it('is told over the API the same, in words that were asked for', async () => {
    const { status, json } = await api(await signed('almaty.head', false))
    expect([status, json.answer, json.kind, json.signatures[0]?.path.length]).toEqual([200, 'true', 'cms', 3])
    const both = new FormData()
    both.set('file', fileOf(await signed('almaty.head', true)))
    both.set('signed', fileOf(Buffer.from('другой')))
    const wrong = await api(both)
    expect(wrong.json).toMatchObject({
      answer: 'false',
      signatures: [{ reasons: [{ code: 'otherContent', text: 'Подписано другое содержание.' }] }],
    })
    expect((await api(await signed('almaty.head', false), 'kk', '?at=2030-01-01T00:00:00Z')).json).toMatchObject({ answer: 'false' })
    expect((await api(new FormData())).status).toBe(422)
  })

  it('that was a step’s own is judged when it was received, by the ledger', async () => {
    const [name, kept] = [...files].find(([path]) => /\/signatures\/[0-9a-f]{64}\.json$/.test(path)) ?? expect.fail('no signature')
    expect(name).toContain(number)
    const { json } = await api(kept)
    expect(json).toMatchObject({ kind: 'record', answer: 'true', signatures: [{ moment: { clock: 'receipt' }, form: 'simulator' }] })
  })
})

type Files = Map<string, Uint8Array>
const text = (value: unknown) => Buffer.from(JSON.stringify(value))
const jsonAt = (own: Files, name: string) => JSON.parse(Buffer.from(own.get(`${number}/${name}`) ?? '').toString())
const edit = (name: string, change: (value: never) => unknown) => (own: Files) =>
  own.set(`${number}/${name}`, text(change(jsonAt(own, name) as never))) // as: whatever the file holds
const bend = (pattern: RegExp, change: (bytes: Buffer) => Uint8Array) => (own: Files) => {
  const [path, bytes] = [...own].find(([one]) => pattern.test(one)) ?? expect.fail(`no ${pattern}`)
  own.set(path, change(Buffer.from(bytes)))
}

/** Each with what /verify must name, and a word of what the script says. */
const bent: readonly (readonly [string, (own: Files) => unknown, string, RegExp])[] = [
  [
    'an event changed',
    edit('proof.json', (it: { events: { body: string }[] }) => ({
      ...it,
      events: it.events.map((one, n) => (n === 1 ? { ...one, body: one.body.replace('"seq":2', '"seq":2 ') } : one)),
    })),
    'chain',
    /event 2/,
  ],
  [
    'an event left out',
    edit('proof.json', (it: { events: unknown[] }) => ({ ...it, events: it.events.toSpliced(2, 1) })),
    'chain',
    /event 3/,
  ],
  [
    'another root sealed',
    edit('proof.json', (it: { sealed: { position: number } }) => ({ ...it, sealed: { ...it.sealed, position: it.sealed.position + 1 } })),
    'chain',
    /path|leaf/,
  ],
  [
    'a value changed',
    edit('values.json', (it: { value: unknown }[]) => it.map((one, n) => (n === 0 ? { ...one, value: 'other' } : one))),
    'values',
    /is not what the chain covers/,
  ],
  ['a value left out', edit('values.json', (it: unknown[]) => it.slice(1)), 'values', /lacks/],
  ['another law', bend(/\/law\/.*almaty.*\.yaml$/, (bytes) => Buffer.concat([bytes, Buffer.from('\n')])), 'law', /is not the text/],
  [
    'another signature',
    bend(/\/signatures\/[0-9a-f]{64}\.json$/, (bytes) => Buffer.concat([bytes, Buffer.from(' ')])),
    'signature',
    /another signature/,
  ],
  ['other words signed', bend(/\.signed\.json$/, () => Buffer.from('{}')), 'signature', /what was signed/],
  [
    'a report that says otherwise',
    bend(/\.report\.json$/, (bytes) => text({ ...JSON.parse(bytes.toString()), valid: false })),
    'report',
    /report/,
  ],
  [
    'a report of another moment',
    bend(/\.report\.json$/, (bytes) => text({ ...JSON.parse(bytes.toString()), receivedAt: '2020-01-01T00:00:00Z' })),
    'report',
    /report/,
  ],
  [
    'another time line',
    edit('timeline.json', (it: { at: string }[]) => it.map((one, n) => (n === 1 ? { ...one, at: '2019-01-01T00:00:00Z' } : one))),
    'timeline',
    /timeline/,
  ],
  ['a hand-over left out', edit('custody.json', (it: unknown[]) => it.slice(1)), 'timeline', /custody/],
  ['another paper', bend(/\/papers\/.*\.pdf$/, (bytes) => Buffer.concat([bytes, Buffer.from('\n')])), 'papers', /papers/],
]

async function packOf(change: (own: Files) => unknown): Promise<Uint8Array> {
  const own: Files = new Map(files)
  change(own)
  const key = installationKey(test.keys, () => Date.parse(at))
  const packed = [...own].map(([path, bytes]) => ({ path, mediaType: path.endsWith('.pdf') ? 'application/pdf' : 'text/plain', bytes }))
  return writeAsic(packed, { at: new Date(at), sign: (manifest) => key.sign(manifest, at) })
}

const tools = ['python3', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined)
function script(pack: Uint8Array) {
  const folder = join(test.keys, 'checked')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'trust.pem'), test.house.packs.certificates)
  writeFileSync(join(folder, 'pack.asice'), pack)
  const path = resolve(import.meta.dirname, '../../docs/verify/check_pack.py')
  const ran = spawnSync('python3', [path, join(folder, 'pack.asice'), '--trust', join(folder, 'trust.pem')], { encoding: 'utf8' })
  return { status: ran.status, told: ran.stdout + ran.stderr }
}

describe('an inspector’s pack', () => {
  it('is true, with its cases and the signatures in them, on the page, over the API and by the script', async () => {
    const pack = await packOf(() => undefined)
    const { json } = await api(pack)
    expect(json).toMatchObject({ kind: 'container', answer: 'true', reasons: [], pack: { cases: [{ number, sealed: true }] } })
    expect(json.pack.cases[0]?.signatures.length).toBeGreaterThan(0)
    const { text: shown } = await page('kk', ['file', pack])
    expect(shown).toContain('Тексеруші пакеті')
    expect(shown).toContain(number)
    if (tools) expect(script(pack)).toMatchObject({ status: 0 })
  })

  it.each(bent)('is not true with %s, though the installation’s own key signed it', async (_, change, code, words) => {
    const pack = await packOf(change)
    const { json } = await api(pack)
    expect([json.answer, json.reasons.map(({ code }) => code)]).toEqual(['false', [code]])
    if (tools) expect(script(pack)).toMatchObject({ status: 1, told: expect.stringMatching(words) })
  })
})
