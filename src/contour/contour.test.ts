import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edgeIins } from '../gateway/register/simulator/world.ts'
import { readEnvelope } from '../gateway/shep/envelope.ts'
import { shepSchemas } from '../gateway/shep/schemas.ts'
import { verifyBody } from '../seal/xmldsig/body.ts'
import { payloadDocument, verifyEnveloped } from '../seal/xmldsig/enveloped.ts'
import { openSchema } from '../xml/schema.ts'
import { descendants, textOf } from '../xml/tree.ts'
import { element } from '../xml/write.ts'
import { type Heard, personAsked, post, rawPost, responseOf, signed, syncMessage, testContour } from './contour.testing.ts'
import type { Contour } from './contour.ts'

let contour: Contour
beforeAll(async () => {
  contour = await testContour({ limits: { slowMs: 60, consentMs: 40 } })
})
afterAll(() => contour.close())

const ask = async (iin: string, as?: string): Promise<Heard> => post(contour.sync, await signed(contour, syncMessage(personAsked(iin)), as))
const values = (heard: Heard, name: string) =>
  [...descendants(readEnvelope(heard.bytes).content)].filter(({ local }) => local === name).map(textOf)

describe('a question to the register through the gateway', () => {
  it('is answered about an invented person, by the schemas, signed by the register and by the gateway', async () => {
    const heard = await ask('840404499918')
    expect([heard.status, heard.code]).toEqual([200, null])
    const { document, content } = readEnvelope(heard.bytes)
    expect((await shepSchemas()).problems(content)).toEqual([])
    expect((await verifyBody(document, { store: { certificates: contour.keys.known } })).kind).toBe('valid')
    expect(heard.text).toContain('X509IssuerSerial')
    const { data, sessionId, status } = responseOf('SendMessage', heard)
    expect(status.code).toBe('SCSS001')
    expect(sessionId).toMatch(/^\{[0-9a-f-]{36}\}$/)
    const alone = payloadDocument(document, data)
    if (alone === null) throw new Error('the payload leans on its envelope')
    expect((await verifyEnveloped(alone)).kind).toBe('valid')
    const schema = await openSchema(new URL('../gateway/register/shep/schema/person-register.xsd', import.meta.url))
    expect(schema.problems(alone)).toEqual([])
    schema.dispose()
    expect(values(heard, 'iin')).toEqual(['840404499918'])
  })

  it('is the same person each time, and nobody where the number says so', async () => {
    const [one, two, absent] = await Promise.all([ask('840404499918'), ask('840404499918'), ask(edgeIins.absent)])
    expect(values(one, 'surname')).toEqual(values(two, 'surname'))
    expect(absent.status).toBe(200)
    expect(values(absent, 'persons')).toEqual([])
  })

  it('has the documented oddities', async () => {
    expect((await ask(edgeIins.deceased)).text).toContain('DEMO-DECEASED')
    const slow = performance.now()
    expect((await ask(edgeIins.slow)).code).toBeNull()
    expect(performance.now() - slow).toBeGreaterThan(55)
    expect((await ask(edgeIins.gatewayRefuses)).code).toBe('SCE016')
    const down = await signed(contour, syncMessage(personAsked(edgeIins.down)))
    expect((await rawPost(contour.sync, down)).ended).toBe('ECONNRESET')
    const wrong = await ask(edgeIins.wrongAnswer)
    expect(values(wrong, 'requestId')).toHaveLength(1)
    expect(values(wrong, 'iin')).toEqual([edgeIins.wrongAnswer])
  })

  it('finds the listed people by name', async () => {
    const data = element(
      'data',
      {
        'xmlns:m': 'http://message.persistence.interactive.nat',
        'xmlns:x': 'http://www.w3.org/2001/XMLSchema-instance',
        'x:type': 'm:Request',
      },
      ...Object.entries({ messageId: '1', messageDate: '2019-10-14T10:00:00+05:00', senderCode: 'D', surname: 'СЫНАҚБЕКОВА' }).map(
        ([name, text]) => element(name, {}, text),
      ),
    )
    const heard = await post(contour.sync, await signed(contour, syncMessage(data)))
    expect(values(heard, 'iin')).toContain(edgeIins.nameDiffers)
  })
})

describe('the consent service', () => {
  const consent = (uin: string, more: Record<string, string> = {}) =>
    element(
      'data',
      {},
      ...Object.entries({
        uin,
        company: 'DEMO',
        company_bin: '200140999992',
        company_responsible: 'DEMO',
        employee_name: 'ҮЛГІБАЕВА ДИНАРА',
        access_name: 'GBDFLUniversal_token',
        personal_data_name: 'address',
        expiresIn: '600000',
        'omit-sms': 'false',
        ovt: 'a.b.c',
        ...more,
      }).map(([name, text]) => element(name, {}, text)),
    )
  const askConsent = async (uin: string, more?: Record<string, string>) =>
    post(contour.sync, await signed(contour, syncMessage(consent(uin, more), 'KDP_SERVICE')))
  const withToken = async (iin: string, token: string, key: string) =>
    post(
      contour.sync,
      await signed(
        contour,
        syncMessage(personAsked(iin, [element('kdpToken', {}, token), element('publicKey', {}, key)]), 'GBDFLUniversal_token'),
      ),
    )
  const answered = (heard: Heard) => ['status', 'code', 'public-key'].map((name) => values(heard, name).at(-1) ?? '')

  it('answers in its own envelope with a token that opens the register for this person alone', async () => {
    const heard = await askConsent('840404499918')
    expect(heard.text).toContain('http://service.2fa-chain.kz/ns/kdp')
    const [status, token = '', key = ''] = answered(heard)
    expect(status).toBe('VALID')
    expect(answered(await askConsent('840404499918'))).toEqual([status, token, key])
    expect(values(await withToken('840404499918', token, key), 'iin')).toEqual(['840404499918'])
    for (const [iin, tried, with_] of [
      ['820707399915', token, key],
      ['840404499918', 'x', key],
      ['840404499918', token, 'x'],
    ] as const) {
      const refused = await withToken(iin, tried, with_)
      expect(responseOf('SendMessage', refused).status.code).toBe('DEMO-KDP-TOKEN')
      expect(values(refused, 'persons')).toEqual([])
    }
  })

  it('gives a token that ends', async () => {
    const [, token = '', key = ''] = answered(await askConsent('770303399917', { expiresIn: '1' }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(responseOf('SendMessage', await withToken('770303399917', token, key)).status.message).toContain('expired')
  })

  it('waits for the person, who says yes, no, or nothing', async () => {
    await contour.consents.setMode('byHand')
    expect(answered(await askConsent('820707399915'))).toEqual(['DEMO-WAITING', '', ''])
    const asked = contour.consents.list(1)[0]
    expect(asked).toMatchObject({ iin: '820707399915', state: 'asked', asker: 'demo-iis' })
    const second = askConsent('820707399915')
    await contour.consents.answer(asked?.id ?? 0, true)
    expect(answered(await second)[0]).toBe('VALID')
    await askConsent('820707399915', { access_name: 'OTHER' })
    await contour.consents.answer(contour.consents.list(1)[0]?.id ?? 0, false)
    expect(await contour.consents.answer(contour.consents.list(1)[0]?.id ?? 0, true)).toBe(false)
    await contour.consents.setMode('automatic')
  })
})

describe('the samples of the protocol (absent: skipped)', () => {
  const folder = new URL('../../../shared/egov/samples/', import.meta.url)
  const sample = (name: string) => readFileSync(new URL(name, folder))
  it
    .skipIf(!existsSync(folder))
    .each(['shep/sync-request-gbdfl.xml', 'gbdfl/request-token.xml', 'kdp/kdp-request.xml', 'shep/async-sendMessage-REQUEST.xml'])(
    '%s is understood once it is signed',
    async (name) => {
      const bytes = sample(name)
      const channel = name.includes('async') ? contour.async : contour.sync
      expect((await post(channel, bytes)).code).toBe('SCE007')
      const answer = await fetch(`${contour.url}/api/sign?as=corporation-system`, { method: 'POST', body: Uint8Array.from(bytes) })
      const heard = await post(channel, new Uint8Array(await answer.arrayBuffer()))
      expect(heard.code).toBeNull()
      if (name.includes('token')) expect(responseOf('SendMessage', heard).status.code).toBe('DEMO-KDP-TOKEN')
    },
  )
  it.skipIf(!existsSync(folder))('signed by keys of others are refused as such', async () => {
    for (const name of ['shep/sync-request-gbdfl.signed-rsa.xml', 'shep/sync-request-gbdfl.signed-gost512.xml']) {
      expect((await post(contour.sync, sample(name))).code, name).toBe('SCE006')
    }
  })
})

it('shows no password in the list of what passed', async () => {
  await ask('840404499918')
  expect(JSON.stringify(contour.watch.list({}, 1000))).not.toContain('demo-secret')
})
