import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCode, type PhoneParts, signOpened } from '../../src/contour/egovMobile/phone.ts'
import { pkiSigning } from '../../src/contour/ncalayer/pkiSigning.ts'
import { makePki, type Pki } from '../../src/contour/pki/pki.ts'
import { homeOf } from '../../src/desk/numbers.ts'
import { phoneSigning } from '../../src/desk/phoneSigning.ts'
import { attachmentsOf } from '../../src/desk/verifying/attachments.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { codeText, launchLink, type SignMethod } from '../../src/seal/egovMobile/protocol.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

const day = '2019-10-14T10:00:00+06:00'
let house: TestHouse
let pki: Pki
beforeAll(async () => {
  house = await openTestHouse()
  // The house's own, as it stands in its folder of keys.
  pki = await makePki({ algorithm: 'gost', at: day, folder: join(house.keys, 'pki', '2019-10-14') })
})
afterAll(() => house?.close())

const samples = resolve(import.meta.dirname, '../../../shared/egov/samples/egov-qr')
const sample = (name: string) => JSON.parse(readFileSync(join(samples, name), 'utf8'))

/** A case whose answer waits for the head's signature, and what the head would sign. */
async function begin() {
  const { desk, people, phone } = house.house
  const head = people.staffByLogin('almaty.head') ?? expect.fail('there is no head')
  const [item] = await house.ledger.database.query<{ case_number: string }>({
    name: 'test_waits_for_signature',
    text: `select case_number from work_item where step = 'signAnswer' and organisation = 'almaty.directorate' limit 1`,
    values: [],
  })
  const number = item?.case_number ?? expect.fail('no seeded case waits for a signature')
  const who = {
    region: 'almaty',
    actor: { kind: 'staff', id: head.id, role: 'head', organisation: 'almaty.directorate', unit: 'management' },
  } as const
  const prepared = await desk.prepare(number, 'signAnswer', { taken: true }, who)
  if (prepared.kind !== 'prepared') throw new Error(prepared.kind)
  const request = (await phone.begin(number, prepared.toBeSigned)) ?? expect.fail('there is no key of the case')
  return { number, who, request }
}

const at = (path: string, init?: RequestInit): Promise<Response> | Response =>
  house.app.request(`http://127.0.0.1${path}`, { ...init, headers: { host: '127.0.0.1', ...init?.headers } })

// biome-ignore lint/suspicious/noExplicitAny: what the wire says is looked at member by member
const json = async (answer: Response): Promise<any> => answer.json()

async function signedAs(name: string, data: string): Promise<string> {
  const { key, chain } = await pki.identity(name)
  const [certificate = new Uint8Array(0), ...above] = chain.map(({ der }) => der)
  const cms = await signCms(Buffer.from(data, 'base64'), [{ key, certificate, chain: above }], { at: '2019-10-14T10:00:00+06:00' })
  return Buffer.from(cms).toString('base64')
}

/** The telephone of the contour, at this house alone. */
function telephone(): PhoneParts {
  const call = (request: Request) => {
    const { pathname, search } = new URL(request.url)
    return house.app.request(new Request(`http://127.0.0.1${pathname}${search}`, request))
  }
  return { call, signing: pkiSigning({ now: () => day }), machine: house.house.machine, isListed: ({ port }) => port === '8080' }
}

/** A request that waits for another method than the house itself asks for. */
async function beginBy(method: SignMethod) {
  const { number, who, request: plain } = await begin()
  const { desk, machine } = house.house
  const phone = phoneSigning({
    ...{ forms: house.ledger.savedForms, machine, method },
    judge: (request, signature) => desk.judge(request.number, request.toBeSigned, signature),
  })
  const request = (await phone.begin(number, plain.toBeSigned)) ?? expect.fail('there is no key of the case')
  return { number, who, request, code: codeText(`http://127.0.0.1:8080/egov-sign/${request.id}`) }
}

describe('signing with eGov Mobile', () => {
  it('goes from the code to the signature as the phone goes, and the step is done by it', async () => {
    const { number, who, request } = await begin()
    const first = await json(await at(`/egov-sign/${request.id}`))
    expect(first.document).toMatchObject({ auth_type: 'Token', uri: `http://127.0.0.1:8080/egov-sign/${request.id}/documents` })
    expect(first.expiry_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\+0[56]00$/)
    const address = `/egov-sign/${request.id}/documents`
    const bearer = { authorization: `Bearer ${first.document.auth_token}` }
    expect((await at(address)).status).toBe(401)
    const asked = await json(await at(address, { headers: bearer }))
    const [document] = asked.documentsToSign
    expect(Buffer.from(document.document.file.data, 'base64').toString()).toContain(number)
    const put = async (data: string) => {
      const body = JSON.stringify({ ...asked, documentsToSign: [{ ...document, document: { file: { mime: '', data } } }] })
      const answer = await at(address, { method: 'PUT', body, headers: { ...bearer, 'content-type': 'application/json' } })
      return { status: answer.status, ...(await json(answer)) }
    }
    // Another's key, an expired one, a key for signing in, other words, no signature at all: each is refused with its reason.
    const data = document.document.file.data
    expect(await put(await signedAs('almaty.specialist', data))).toMatchObject({ status: 403, reason: 'wrongPerson' })
    expect(await put(await signedAs('almaty.head.expired', data))).toMatchObject({ status: 403, reason: 'expired' })
    expect(await put(await signedAs('almaty.head.signIn', data))).toMatchObject({ status: 403, reason: 'wrongUsage' })
    expect(await put(await signedAs('almaty.head', Buffer.from('{}').toString('base64')))).toMatchObject({
      status: 403,
      reason: 'otherContent',
    })
    expect(await put('AAAA')).toMatchObject({ status: 403 })
    expect((await house.house.phone.find(request.id))?.signature).toBeNull()
    expect(await put(await signedAs('almaty.head', data))).toEqual({ status: 200 })
    const signature = (await house.house.phone.find(request.id))?.signature ?? expect.fail('the signature was not kept')
    const done = await house.house.desk.step(number, 'signAnswer', { taken: true }, who, { key: crypto.randomUUID(), signature })
    expect(done).toMatchObject({ kind: 'done' })
  })

  it('knows no address but those that it gave, and none after ten minutes', async () => {
    const { request } = await begin()
    for (const id of ['1', 'x'.repeat(400), Buffer.from(`${request.number}\n../x\n${'0'.repeat(32)}`).toString('base64url')])
      expect((await at(`/egov-sign/${id}`)).status).toBe(404)
    const wrong = { method: 'PUT', body: 'no json', headers: { authorization: `Bearer ${request.token}` } }
    expect((await at(`/egov-sign/${request.id}/documents`, wrong)).status).toBe(403)
    expect((await at(`/egov-sign/${request.id}/documents`, { ...wrong, headers: { authorization: 'Bearer x' } })).status).toBe(401)
  })

  it.skipIf(!existsSync(samples))('has the shapes of the samples (../shared/egov, where it lies beside the project)', async () => {
    const { request } = await begin()
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.slice(0, 1).map(shape)
      if (typeof value !== 'object' || value === null) return typeof value
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one)]))
    }
    expect(shape(await (await at(`/egov-sign/${request.id}`)).json())).toEqual(shape(sample('1-api1.response.json')))
    const headers = { authorization: `Bearer ${request.token}` }
    const documents = await (await at(`/egov-sign/${request.id}/documents`, { headers })).json()
    expect(shape(documents)).toEqual(shape(sample('2-api2-get.response.cms.json')))
    const xml = await beginBy('XML')
    const inXml = await at(`/egov-sign/${xml.request.id}/documents`, { headers: { authorization: `Bearer ${xml.request.token}` } })
    expect(shape({ ...(await json(inXml)) })).toMatchObject({
      ...(shape(sample('4-api2-get.response.xml.json')) as object),
      documentsToSign: [{ documentXml: 'string' }],
    }) // an object, as it was
    const code = readFileSync(join(samples, '0-qr-content.txt'), 'utf8').trim()
    expect(codeText(code.replace('mobileSign:', ''))).toBe(code)
    expect(launchLink('https://a.kz/1')).toContain('link=https%3A%2F%2Fa.kz%2F1')
  })
})

describe('the telephone of the contour', () => {
  it('takes no answer by another method than was asked for, and only whole ones', async () => {
    const { request, code } = await beginBy('XML')
    const opened = await openCode(code, telephone())
    if (opened.kind !== 'opened') return expect.fail(JSON.stringify(opened))
    const { question, asked } = opened
    const [one] = asked.documentsToSign
    const put = async (body: unknown) =>
      (
        await at(new URL(question.document.uri).pathname, {
          method: 'PUT',
          body: JSON.stringify(body),
          headers: { authorization: `Bearer ${request.token}`, 'content-type': 'application/json' },
        })
      ).status
    const data = await signedAs('almaty.head', Buffer.from(request.toBeSigned.bytes).toString('base64'))
    expect(await put({ signMethod: 'CMS_SIGN_ONLY', documentsToSign: [{ id: 1, document: { file: { data } } }] })).toBe(403)
    expect(await put({ ...asked, documentsToSign: [{ ...one, documentXml: 7 }] })).toBe(403)
    expect(await put({ ...asked, documentsToSign: [one, one] })).toBe(403)
    expect(await put(asked)).toBe(403)
    expect((await house.house.phone.find(request.id))?.signature).toBeNull()
  })

  it('says why it shows nothing', async () => {
    const { code } = await beginBy('CMS_SIGN_ONLY')
    const parts = telephone()
    const why = async (text: string, more: Partial<PhoneParts> = {}) => {
      const opened = await openCode(text, { ...parts, ...more })
      return 'why' in opened ? opened.why : opened.kind
    }
    expect(await why(code)).toBe('opened')
    expect(await why('https://elsewhere.kz/')).toBe('notCode')
    expect(await why('mobileSign:https://elsewhere.kz/1')).toBe('notListed')
    expect(await why(code, { machine: () => Date.parse('2100-01-01') })).toBe('late')
    expect(await why(code, { call: () => Promise.reject(new Error('no network')) })).toBe('noAnswer')
    expect(await why(code, { call: () => Response.json({ description: 'x' }) })).toBe('odd')
    expect(await why(`${code}x`)).toBe('refused')
  })

  it.for(['CMS_SIGN_ONLY', 'CMS_WITH_DATA', 'XML'] as const)('signs by %s, and the step is done by it', async (method) => {
    const { number, who, request, code } = await beginBy(method)
    const opened = await openCode(code, telephone())
    if (opened.kind !== 'opened') return expect.fail(JSON.stringify(opened))
    expect(opened.asked.signMethod).toBe(method)
    const [asked] = opened.asked.documentsToSign
    expect(asked?.documentXml ?? Buffer.from(asked?.document?.file.data ?? '', 'base64').toString()).toContain(number)
    const wrong = await signOpened(opened, await pki.identity('almaty.head.expired'), telephone())
    expect(wrong).toMatchObject({ kind: 'failed', why: 'refused', status: 403, message: 'Сертификаттың мерзімі өткен.' })
    expect(await house.house.phone.find(request.id)).toMatchObject({ signature: null, refused: ['expired'] })
    expect(await signOpened(opened, await pki.identity('almaty.head'), telephone())).toEqual({ kind: 'taken' })
    // Somebody who signs after that takes nothing away.
    expect(await signOpened(opened, await pki.identity('almaty.clerk'), telephone())).toMatchObject({ status: 403 })
    const { signature, refused } = (await house.house.phone.find(request.id)) ?? expect.fail('the request is gone')
    expect([signature?.algorithm, refused]).toEqual([method === 'XML' ? 'xmldsig' : 'cms', []])
    if (signature === null) return expect.fail('the signature was not kept')
    if (method !== 'XML') return
    // Few cases wait in the demonstration: the last of the three is signed in earnest.
    const done = await house.house.desk.step(number, 'signAnswer', { taken: true }, who, { key: crypto.randomUUID(), signature })
    expect(done).toMatchObject({ kind: 'done' })
    const [event] = (await house.ledger.load(homeOf(number) ?? 0, number))?.events.filter(({ type }) => type === 'AnswerSigned') ?? []
    expect(event?.data).toMatchObject({ algorithm: signature.algorithm })
    const pack = await house.house.packs.make([number], who)
    if (pack === null || pack === 'tooMany') return expect.fail('there is no pack')
    const reports = Object.entries(unzipSync(pack.bytes)).filter(([name]) => name.endsWith('.report.json'))
    expect(reports.map(([, bytes]) => JSON.parse(Buffer.from(bytes).toString())).filter(({ of }) => of === 'AnswerSigned')).toMatchObject([
      { valid: true, signatures: [{ answer: 'true', form: 'xml', algorithm: 'gost2015-512' }] },
    ])
    const history = (await house.house.reading.case(number, who, 'paper')) ?? expect.fail('the case is gone')
    const paper = (await house.house.papers.print(history, 'result-1')) ?? (await house.house.papers.print(history, 'reasonedRefusal-1'))
    const files = await attachmentsOf(Buffer.from(paper?.pdf ?? []))
    expect([...files.keys()]).toEqual(expect.arrayContaining(['statement-1.json', 'statement-1.xml', 'statement-1.evidence.json']))
    expect(await house.house.verifier.ofPdf(paper?.pdf ?? new Uint8Array())).toMatchObject({
      ...{ valid: true, reasons: [] },
      signatures: [{ valid: true, marks: [{ algorithm: 'gost2015-512', test: true }], reports: [{ form: 'xml' }] }],
    })
  })
})
