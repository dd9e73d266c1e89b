import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NCALayerClient } from 'ncalayer-js-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { storePassword } from '../../src/contour/ncalayer/dialogs.ts'
import { noFaults } from '../../src/contour/ncalayer/emulator.ts'
import { staffWithKeys } from '../../src/contour/ncalayer/people.ts'
import { pkiSigning } from '../../src/contour/ncalayer/pkiSigning.ts'
import { type EmulatorServer, serveEmulator } from '../../src/contour/ncalayer/server.ts'
import { ownTls } from '../../src/contour/ncalayer/tls.ts'
import { makePki, type Pki } from '../../src/contour/pki/pki.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createTranslator } from '../../src/language/translator.ts'
import { readCms } from '../../src/seal/cms/read.ts'
import { verifyCms } from '../../src/seal/cms/verify.ts'
import { verifyEnveloped } from '../../src/seal/xmldsig/enveloped.ts'
import { readXml } from '../../src/xml/read.ts'

const at = '2019-10-14T10:00:00+06:00'
const languages = loadLanguages('src/language')
let server: EmulatorServer
let pki: Pki
beforeAll(async () => {
  pki = await makePki({ algorithm: 'ecdsa', at })
  const translator = (language: 'kk' | 'ru' | 'en') => createTranslator(languages[language], language)
  server = await serveEmulator({ keys: pki, people: staffWithKeys(), signing: pkiSigning({ now: () => at }), translator, port: 0 })
})
afterAll(() => server?.close())
beforeEach(() => {
  server.emulator.automatic = (dialog) => dialog.choices.find(({ unfit }) => unfit === null)?.id ?? null
  Object.assign(server.emulator.faults, noFaults())
})

const head = () => staffWithKeys().find(({ id }) => id === 'almaty.head') ?? expect.fail('there is no head')
const document = Buffer.from('{"іс":"075-191014-48213-4"}')
const base64 = document.toString('base64')

/** The published client, as pages of others use it. */
async function client(): Promise<InstanceType<typeof NCALayerClient>> {
  const one = new NCALayerClient(server.url, false)
  await one.connect()
  return one
}

const detached = NCALayerClient.basicsCMSParamsDetachedNoTSP
const asHead = () => ({ ...NCALayerClient.basicsSignerSignAny, iin: head().iin, bin: head().bin, chain: [] })

async function verdict(signature: string, content?: Uint8Array) {
  const cms = readCms(signature)
  if (cms === null) return 'damaged'
  return (await verifyCms(cms, content === undefined ? {} : { content })).reasons
}

describe('the published client of NCALayer', () => {
  it('connects and learns the version and the tokens', async () => {
    const one = new NCALayerClient(server.url, false)
    expect(await one.connect()).toBe('1.4')
    expect(await one.getActiveTokens()).toEqual([])
  })

  it('signs one document, several at once, and with the document inside', async () => {
    const one = await client()
    const signature = await one.basicsSignCMS(null, base64, detached, asHead(), 'kk')
    expect(signature).toMatch(/^-----BEGIN CMS-----\n/)
    expect(await verdict(signature, document)).toEqual([])
    expect(await verdict(signature, Buffer.from('other'))).not.toEqual([])
    const many = await one.basicsSignCMS(null, [base64, Buffer.from('second').toString('base64')], detached, asHead(), 'kk')
    expect(await verdict(many[1] ?? '', Buffer.from('second'))).toEqual([])
    const inside = await one.basicsSignCMS(null, base64, { ...NCALayerClient.basicsCMSParamsAttached, tsaProfile: null }, asHead())
    expect(Buffer.from(readCms(inside)?.content ?? [])).toEqual(document)
  })

  it('signs XML, which comes back as an array also of one document', async () => {
    const one = await client()
    const signed = await one.basicsSignXML(null, '<application><iin>850315399990</iin></application>', {}, asHead())
    const [text = ''] = [signed].flat()
    const { certificate } = await pki.identity('almaty.head')
    expect(await verifyEnveloped(readXml(Buffer.from(text)))).toMatchObject({ kind: 'valid', certificate: { serial: certificate.serial } })
  })

  it('gives the key’s description, and signs the older way', async () => {
    const one = await client()
    const info = await one.getKeyInfo('PKCS12')
    expect(info).toMatchObject({ algorithm: 'ECDSA', issuerCn: expect.stringContaining('ОРТАЛЫҚ') })
    const signature = await one.createCAdESFromBase64('PKCS12', base64, 'SIGNATURE', false)
    expect(signature).not.toContain('BEGIN')
    expect(await verdict(signature, document)).toEqual([])
  })

  it('is told of a person who cancels, in both modules', async () => {
    server.emulator.automatic = () => null
    const one = await client()
    await expect(one.basicsSignCMS(null, base64, detached, asHead())).rejects.toMatchObject({ canceledByUser: true })
    await expect(one.createCAdESFromBase64('PKCS12', base64)).rejects.toThrow('500: action.canceled')
  })

  it('gets the program’s own words for what cannot be signed', async () => {
    const one = await client()
    await expect(one.basicsSignCMS(null, 'not base64!', detached, asHead())).rejects.toThrow('INVOCATION_ERROR')
    await expect(one.basicsSignCMS(null, [base64, 'not base64!'], detached, asHead())).rejects.toThrow('INVOCATION_ERROR')
    await expect(one.basicsSignXML(null, '<not xml', {}, asHead())).rejects.toThrow('SAXParseException')
    await expect(one.createCAdESFromBase64('PKCS12', 7 as never)).rejects.toThrow() // what a page might send by mistake
    expect(await verdict(await one.basicsSignCMS(null, base64, detached, asHead()), document)).toEqual([])
  })
})

/** Raw frames: what the client itself never sends. */
async function talk(frames: readonly string[], count: number, origin = server): Promise<unknown[]> {
  const socket = new WebSocket(origin.url)
  const heard: string[] = []
  await new Promise<void>((done, failed) => {
    socket.on('message', (data) => {
      heard.push(data.toString())
      if (heard.length === 1) for (const frame of frames) socket.send(frame)
      if (heard.length === count + 1) done()
    })
    socket.on('close', () => done())
    socket.on('error', failed)
  })
  socket.terminate()
  return heard.map((text) => (text.startsWith('{') ? JSON.parse(text) : text))
}

const samples = resolve(import.meta.dirname, '../../../shared/egov/samples/ncalayer')
const sample = (name: string) => readFileSync(join(samples, name), 'utf8')

describe.skipIf(!existsSync(samples))('against the samples (../shared/egov, where it lies beside the project)', () => {
  const answers: [string, string][] = [
    ['20-commonUtils-getActiveTokens.send.json', '{"code":"200","responseObject":[]}'],
    ['40-heartbeat.send.txt', sampleOr('41-heartbeat.recv.txt')],
  ]

  it.each(answers)('%s', async (sent, answer) => {
    const [greeting, heard] = await talk([sample(sent).trim()], 1)
    expect(greeting).toEqual(JSON.parse(sample('00-greeting.recv.json')))
    expect(heard).toEqual(answer.startsWith('{') ? JSON.parse(answer) : answer.trim())
  })

  it('signs, cancels and fails in the shapes of the samples', async () => {
    // Nobody of the samples has a key here: whoever is first in the list signs.
    server.emulator.automatic = (dialog) => dialog.choices[0]?.id ?? null
    const send = sample('10-basics-sign-cms.send.json')
    const [, signed] = await talk([send], 1)
    expect(signed).toEqual({ status: true, body: { result: expect.stringMatching(/^-----BEGIN CMS-----\n[\s\S]+\n-----END CMS-----\n$/) } })
    const [, xml] = await talk([sample('16-basics-sign-xml.send.json')], 1)
    expect(xml).toMatchObject({ status: true, body: { result: [expect.stringContaining('<ds:Signature')] } })
    const [, common] = await talk([sample('24-commonUtils-createCAdESFromBase64.send.json')], 1)
    expect(common).toEqual({ code: '200', responseObject: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) })
    const [, info] = await talk([sample('22-commonUtils-getKeyInfo.send.json')], 1)
    const wanted = JSON.parse(sample('23-commonUtils-getKeyInfo.recv.ok.json')).responseObject
    expect(Object.keys((info as { responseObject: object }).responseObject).sort()).toEqual(Object.keys(wanted).sort()) // seen above
    server.emulator.automatic = () => null
    expect((await talk([send], 1))[1]).toEqual(JSON.parse(sample('12-basics-sign.recv.cancel.json')))
    expect((await talk([sample('24-commonUtils-createCAdESFromBase64.send.json')], 1))[1]).toEqual(
      JSON.parse(sample('26-commonUtils.recv.cancel.json')),
    )
    const broken = { ...JSON.parse(send), args: { ...JSON.parse(send).args, signingParams: 'text' } }
    const [, failed] = await talk([JSON.stringify(broken)], 1)
    const { details, ...shape } = JSON.parse(sample('13-basics-sign.recv.error.json'))
    expect(failed).toEqual({ ...shape, details: expect.stringContaining('JSONObject["signingParams"]') })
  })
})

function sampleOr(name: string): string {
  return existsSync(samples) ? sample(name) : ''
}

describe('the emulator', () => {
  const ask = (args: object) => JSON.stringify({ module: 'kz.gov.pki.knca.basics', method: 'sign', args })
  const raw = { format: 'raw', data: base64, signingParams: { decode: 'true', outputCert: true }, signerParams: { extKeyUsageOids: [] } }

  it('answers one request after another, passes a uuid back, and knows no other module', async () => {
    const heard = await talk(
      [
        '{"module":"kz.other","method":"x"}',
        'no json',
        '{"module":"kz.gov.pki.knca.commonUtils","method":"getActiveTokens","uuid":"7"}',
        ask(raw),
      ],
      4,
    )
    expect(heard.slice(1)).toEqual([
      { success: false, errorCode: 'MODULE_NOT_FOUND' },
      { success: false, code: 'COMMON_JSON_WRAPPING_EXCEPTION' },
      { code: '200', responseObject: [], uuid: '7' },
      { status: true, body: { result: { signatures: [expect.any(String)], certificate: expect.stringContaining('BEGIN CERTIFICATE') } } },
    ])
  })

  it('signs a digest that was made elsewhere as it signs the document', async () => {
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', document)).toString('base64')
    const params = { format: 'cms', data: hash, signingParams: { decode: true, digested: true, encapsulate: false } }
    const [, heard] = await talk([ask({ ...params, signerParams: { extKeyUsageOids: [] } })], 1)
    expect(await verdict((heard as { body: { result: string } }).body.result, document)).toEqual([]) // seen above
    const short = { ...params, data: 'AAAA', signerParams: { extKeyUsageOids: [] } }
    expect((await talk([ask(short)], 1))[1]).toMatchObject({ status: false, details: expect.stringContaining('length of the hash') })
  })

  it('asks about one page’s documents at a time, and lets go of a page that went away', async () => {
    server.emulator.automatic = undefined
    const { dialogs } = server.emulator
    const [first, second] = [await client(), await client()]
    const one = first.basicsSignCMS(null, base64, detached, asHead())
    await until(() => dialogs.current() !== null)
    const asked = dialogs.current() ?? expect.fail('nothing is asked')
    expect(asked.choices[0]).toMatchObject({ id: 'almaty.head', unfit: null })
    expect(asked.choices.map(({ unfit }) => unfit)).toEqual(
      expect.arrayContaining(['usage', 'expired', 'revoked', 'untrusted', 'person', 'organisation']),
    )
    const other = expect(second.basicsSignCMS(null, base64, detached, asHead())).rejects.toThrow()
    expect(dialogs.current()?.id).toBe(asked.id)
    // A key that does not fit is not taken, unless the person insists as with older builds.
    expect(dialogs.choose(asked.id, 'almaty.head.expired')).toBe(true)
    expect(dialogs.current()).toMatchObject({ id: asked.id, refused: 'almaty.head.expired' })
    expect(dialogs.choose(asked.id, 'almaty.head')).toBe(true)
    expect(await verdict(await one, document)).toEqual([])
    await until(() => dialogs.current() !== null)
    expect(dialogs.choose(asked.id, 'almaty.head')).toBe(false)
    second.wsConnection?.close()
    await until(() => dialogs.current() === null)
    await other
  })

  it('breaks off, is slow, is old and is absent, as it is told', async () => {
    const { faults } = server.emulator
    faults.crash = 'afterDialog'
    expect(await talk([ask(raw)], 1)).toHaveLength(1)
    Object.assign(faults, noFaults(), { version: '1.2' })
    expect((await talk([ask(raw)], 1)).slice(0, 2)).toEqual([
      { result: { version: '1.2' } },
      { success: false, errorCode: 'MODULE_NOT_FOUND' },
    ])
    Object.assign(faults, noFaults(), { slowMs: 80 })
    const began = performance.now()
    await talk([ask(raw)], 1)
    expect(performance.now() - began).toBeGreaterThan(75)
    Object.assign(faults, noFaults(), { absent: true })
    await expect(talk([], 1)).rejects.toThrow()
  })

  it('asks the password of the store where it has one, and gives up after three wrong ones, in both modules', async () => {
    server.emulator.automatic = undefined
    const { dialogs, faults } = server.emulator
    faults.asksPassword = true
    const one = await client()
    const sign = [
      () => one.basicsSignCMS(null, base64, detached, asHead()),
      () => one.createCAdESFromBase64('PKCS12', base64, 'SIGNATURE', false),
    ]
    for (const ask of sign) {
      const signature = ask()
      const refused = expect(signature).rejects.toThrow('keystore password was incorrect')
      await until(() => dialogs.current() !== null)
      const id = dialogs.current()?.id ?? ''
      for (const triesLeft of [2, 1]) {
        dialogs.choose(id, 'almaty.head', { password: 'qyzmet' })
        expect(dialogs.current()).toMatchObject({ id, isPasswordWrong: true, triesLeft })
      }
      dialogs.choose(id, 'almaty.head')
      await refused
      expect(dialogs.current()).toBeNull()
    }
    const signature = one.basicsSignCMS(null, base64, detached, asHead())
    await until(() => dialogs.current() !== null)
    dialogs.choose(dialogs.current()?.id ?? '', 'almaty.head', { password: storePassword })
    expect(await verdict(await signature, document)).toEqual([])
  })

  it('gives answers that no page can use, and says which tokens are plugged in, as it is told', async () => {
    const { faults } = server.emulator
    faults.answer = 'otherShape'
    expect((await talk([ask(raw)], 1))[1]).toEqual({ status: true, body: { result: { signed: true } } })
    faults.tokens = ['AKKaztokenStore']
    expect(await (await client()).getActiveTokens()).toEqual(['AKKaztokenStore'])
    faults.answer = 'cutShort'
    await expect(talk([ask(raw)], 1)).rejects.toThrow(SyntaxError)
  })

  it('lets its window be used by its own page alone', async () => {
    server.emulator.automatic = undefined
    const one = await client()
    const signature = one.basicsSignCMS(null, base64, detached, asHead(), 'kk')
    await until(() => server.emulator.dialogs.current() !== null)
    const page = await (await fetch(server.window)).text()
    expect(page).toContain('NCALayer эмуляторы')
    const body = new URLSearchParams({ dialog: server.emulator.dialogs.current()?.id ?? '', key: 'almaty.head', do: 'sign' })
    const post = (headers: Record<string, string>) => fetch(server.window, { method: 'POST', body, headers, redirect: 'manual' })
    expect((await post({ origin: 'https://elsewhere.kz' })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(303)
    expect(await verdict(await signature, document)).toEqual([])
  })
})

describe('over TLS', () => {
  it('stands where NCALayer stands, with a certificate that the browser can be told to trust', async () => {
    const tls = await ownTls(new Date().toISOString())
    const translator = (language: 'kk' | 'ru' | 'en') => createTranslator(languages[language], language)
    const parts = { keys: pki, people: staffWithKeys(), signing: pkiSigning({ now: () => at }), translator }
    const secure = await serveEmulator({ ...parts, port: 0, tls })
    expect(secure.url).toMatch(/^wss:/)
    const socket = new WebSocket(secure.url, { ca: tls.cert })
    const greeting = await new Promise((heard, failed) => {
      socket.on('message', (data) => heard(data.toString()))
      socket.on('error', failed)
    })
    expect(greeting).toBe('{"result":{"version":"1.4"}}')
    socket.terminate()
    await secure.close()
  })
})

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn++) await sleep(10)
  expect(holds()).toBe(true)
}
