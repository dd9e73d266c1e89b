import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTempStorageResponse, tempStorageRequest } from '../../gateway/files/tempStorage.ts'
import { loadLanguages } from '../../language/load.ts'
import { languages } from '../../language/messages.ts'
import { textOf } from '../../xml/tree.ts'
import { verbatim } from '../../xml/write.ts'
import { asyncMessage, iis, letter, personAsked, post, responseOf, rshep, signed, syncMessage, testContour } from '../contour.testing.ts'
import type { Contour } from '../contour.ts'

let contour: Contour
beforeAll(async () => {
  contour = await testContour({
    words: loadLanguages(new URL('../../language', import.meta.url).pathname),
    limits: { fileBytes: 7_000_000 },
  })
})
afterAll(() => contour.close())

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(contour.url + path, { redirect: 'manual', ...init })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
const sendForm = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  get(path, { method: 'POST', body: new URLSearchParams(fields), headers })
const json = (path: string, body: unknown, method = 'POST') =>
  get(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

const hostile = '"><script>alert(1)</script>&<i>'

describe('the pages', () => {
  it('stand in three languages, with every note in words', async () => {
    await post(contour.sync, await signed(contour, syncMessage(personAsked('840404499918')), 'corporation-system.expired'))
    const id = contour.watch.newest()
    for (const language of languages)
      for (const path of ['/', `/messages/${id}`, '/faults', '/participants', '/people', '/consents', '/workstation', '/files']) {
        const { status, text } = await get(`${path}?lang=${language}`)
        expect([status, path]).toEqual([200, path])
        expect(text).toContain(`<html lang="${language}"`)
        expect(text).not.toContain('transport.stale')
      }
    expect((await get('/nowhere')).status).toBe(404)
    expect((await get('/messages/999999')).status).toBe(404)
  })

  it('show what others sent as text, never as markup, and no secret of it', async () => {
    const sneaky = syncMessage(personAsked('840404499918'), hostile, { senderId: hostile, password: 'very-secret' })
    await post(contour.sync, await signed(contour, sneaky))
    await post(contour.sync, Buffer.from(`<a><password>very-secret<b/>${hostile}`))
    await post(contour.sync, Buffer.from('<a><x:password xmlns:x="urn:x"><![CDATA[very-secret]]></x:password></a>'))
    const newest = contour.watch.newest()
    for (const path of ['/', ...[newest, newest - 1, newest - 2].map((id) => `/messages/${id}`)]) {
      const { text } = await get(path)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('very-secret')
    }
    for (const which of ['request', 'response']) expect((await get(`/api/messages/${newest}/${which}`)).text).not.toContain('very-secret')
    const raw = await get(`/api/messages/${newest}/request?raw`)
    expect(raw.text).toContain('very-secret')
    expect([raw.headers.get('content-disposition'), raw.headers.get('x-content-type-options')]).toEqual([
      `attachment; filename="${newest}-request.bin"`,
      'nosniff',
    ])
  })

  it('filter by what was asked, whatever it was', async () => {
    expect((await get('/?service=GBDFL_UniversalServiceSync&outcome=refused')).text).toContain('SCE005')
    for (const query of [
      '?before=x',
      '?outcome=nothing',
      `?service=${encodeURIComponent(hostile)}`,
      '?before=-1',
      '?a=b',
      `?sender=${'x'.repeat(5000)}`,
    ])
      expect((await get(`/${query}`)).status).toBe(200)
  })

  it('change things by forms of their own alone', async () => {
    expect((await sendForm('/faults', { kind: 'delay', probability: '0.5', count: '', service: 'S' })).status).toBe(303)
    expect(contour.faults.list()).toMatchObject([{ kind: 'delay', probability: 0.5, service: 'S' }])
    expect((await sendForm('/faults', { kind: 'nothing', service: hostile })).text).not.toContain('<script>alert')
    expect((await sendForm('/faults', { kind: 'delay', probability: '7' })).status).toBe(422)
    const others: Record<string, string>[] = [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]
    for (const headers of others) expect((await sendForm('/reset', {}, headers)).status).toBe(403)
    expect(contour.faults.list()).toHaveLength(1)
    expect((await sendForm('/faults/clear', {}, { origin: contour.url })).status).toBe(303)
    expect((await sendForm('/participants', { senderId: 'new-one', serves: 'A  B', push: '', sync: '', password: 'x' })).status).toBe(303)
    expect(contour.participants.find('new-one')).toMatchObject({ serves: ['A', 'B'], push: null, asksPassword: true })
    expect((await sendForm('/participants', { senderId: hostile })).status).toBe(422)
    expect((await sendForm('/participants', { senderId: 'x', push: 'file:///etc/passwd' })).status).toBe(422)
    expect((await get('/participants')).text).not.toContain('"salt"')
  })

  it('answer to this machine alone, under a policy without script of others', async () => {
    const { headers } = await get('/')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(contour.url, { headers: { host: 'evil.example:80' } }, (response) => resolve(response.statusCode)).end()
    })
    expect(status).toBe(421)
  })
})

describe('the API', () => {
  it.each([
    ['/api/faults', { kind: 'nothing' }, 422],
    ['/api/faults', { kind: 'delay', delayMs: -1 }, 422],
    ['/api/faults', { kind: 'delay', extra: 1 }, 422],
    ['/api/faults', [], 422],
    ['/api/faults', null, 422],
    ['/api/consents/7', { answer: 'yes' }, 409],
    ['/api/workstation/none', { act: 'register' }, 404],
    ['/api/nowhere', {}, 404],
  ])('%s with %j: %i', async (path, body, status) => {
    expect((await json(path, body)).status).toBe(status)
  })

  it('takes JSON that is told as such, and no form of another page', async () => {
    expect((await get('/api/faults', { method: 'POST', body: '{"kind":"delay"}', headers: { 'content-type': 'text/plain' } })).status).toBe(
      415,
    )
    expect((await get('/api/faults', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(400)
    expect((await json('/api/participants/a%2Fb', {}, 'PUT')).status).toBe(422)
    expect((await json('/api/participants/__proto__', { password: 'x' }, 'PUT')).status).toBe(200)
    expect(JSON.parse((await get('/api/participants')).text).participants.map(({ senderId }: { senderId: string }) => senderId)).toContain(
      '__proto__',
    )
    expect((await get('/api/messages?most=99999')).status).toBe(422)
  })

  it('is described, each address answered', async () => {
    const { paths } = JSON.parse((await get('/api/openapi.json')).text)
    for (const [path, methods] of Object.entries<Record<string, unknown>>(paths)) {
      if (path.includes('{') || methods.get === undefined) continue
      expect([path, (await get(path)).status]).toEqual([path, 200])
    }
    expect((await get('/api/trust')).text).toContain('BEGIN CERTIFICATE')
  })
})

describe('temporary files', () => {
  it('are laid and fetched, larger ones too, and refused in words where they are too large or gone', async () => {
    const ask = async (request: Parameters<typeof tempStorageRequest>[0]) => {
      const heard = await post(contour.sync, await signed(contour, syncMessage(tempStorageRequest(request), 'EDS_TEMP_FILES')))
      return readTempStorageResponse(responseOf('SendMessage', heard).data)
    }
    const credentials = iis
    const lay = (content: Uint8Array, lifeTimeMs = 60_000) =>
      ask({ type: 'UPLOAD', credentials, files: [{ process: 'p', name: 'диплом.pdf', content, lifeTimeMs, needToBeConfirmed: false }] })
    const content = Buffer.alloc(6_500_000, 7)
    const laid = await lay(content)
    if (laid?.type !== 'UPLOAD') throw new Error('not laid')
    const identifier = laid.results[0]?.identifier ?? ''
    const fetched = await ask({ type: 'DOWNLOAD', credentials, identifiers: [identifier, 'none'] })
    if (fetched?.type !== 'DOWNLOAD') throw new Error('not fetched')
    expect(Buffer.compare(content, Buffer.from(fetched.results[0]?.content ?? []))).toBe(0)
    expect(fetched.results[1]).toMatchObject({ status: { code: 'NOT_FOUND' } })
    expect(await lay(Buffer.alloc(7_000_001))).toMatchObject({ results: [{ status: { code: 'TOO_LARGE' } }] })
    const short = await lay(Buffer.from('x'), 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const gone = short?.type === 'UPLOAD' ? (short.results[0]?.identifier ?? '') : ''
    expect(await ask({ type: 'GET_FILE_INFO', credentials, identifiers: [gone] })).toMatchObject({
      results: [{ status: { code: 'NOT_FOUND' } }],
    })
  })
})

describe('the workstation', () => {
  const requests = async () => JSON.parse((await get('/api/workstation')).text).requests
  const until = async (what: () => Promise<boolean> | boolean) => {
    for (let n = 0; n < 500 && !(await what()); n++) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const heard = async () => {
    const question = asyncMessage('getMessages', { serviceId: 'DEMO_RSHEP_INTAKE', sender: iis, properties: [], amount: 50 })
    return responseOf('getMessages', await post(contour.async, await signed(contour, question))).messages
  }

  it('takes a request, registers it, and answers once whatever is pressed twice', async () => {
    await json('/api/workstation/mode', { mode: 'byHand' }, 'PUT')
    const data = verbatim('<data><demoApplication xmlns="urn:demo"><externalRequestId>101</externalRequestId></demoApplication></data>')
    const said = {
      serviceId: 'DEMO_RSHEP_INTAKE',
      messageType: 'REQUEST' as const,
      messageDate: '2019-10-14T10:00:00+05:00',
      sender: iis,
      properties: [],
      data,
    }
    const { correlationId } = responseOf('sendMessage', await post(contour.async, await signed(contour, asyncMessage('sendMessage', said))))
    await until(async () => (await requests()).length === 1)
    expect(await requests()).toMatchObject([{ request: '101', sender: 'demo-iis', state: 'taken', correlation: correlationId }])
    const pressed = await Promise.all(['register', 'register', 'register'].map((act) => json(`/api/workstation/${correlationId}`, { act })))
    expect(pressed.map(({ status }) => status).sort()).toEqual([204, 409, 409])
    expect((await sendForm(`/workstation/${correlationId}`, { act: 'refuse' })).status).toBe(303)
    expect((await json(`/api/workstation/${correlationId}`, { act: 'decide' })).status).toBe(409)
    const messages = await heard()
    expect(messages.map(({ messageType }) => messageType)).toEqual(['NOTIFICATION', 'RESPONSE'])
    expect(messages[1] && textOf(messages[1].data)).toContain('NEGATIVE')
  })

  it('gives way to a participant who registers for its service', async () => {
    await contour.participants.register({
      ...rshep,
      name: '',
      serves: ['DEMO_RSHEP_INTAKE'],
      push: null,
      sync: null,
      confirms: 'notification',
      certificates: [],
    })
    await post(contour.async, await signed(contour, letter('REQUEST', iis, undefined, 'x', 'DEMO_RSHEP_INTAKE')))
    expect(contour.mailbox.list(1)).toMatchObject([{ receiver: 'demo-rshep', state: 'ON_DELIVERY' }])
  })
})
