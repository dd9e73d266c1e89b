import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { envelopeBytes } from '../gateway/shep/envelope.ts'
import { signBody, signEnveloped } from '../seal/xmldsig/sign.ts'
import { verbatim } from '../xml/write.ts'
import { asyncMessage, iis, letter, nextId, personAsked, post, rshep, signed, syncMessage, testContour } from './contour.testing.ts'
import type { Contour } from './contour.ts'

let contour: Contour
beforeAll(async () => {
  contour = await testContour({
    limits: { requestBytes: 300_000, waiting: 3 },
    participants: [{ senderId: 'taker', serves: ['DEMO_TEST'] }],
  })
})
afterAll(() => contour.close())

const person = () => syncMessage(personAsked('840404499918'))
const sent = (content = person(), as?: string) => signed(contour, content, as)
const sync = async (bytes: Uint8Array | Promise<Uint8Array>) => (await post(contour.sync, await bytes)).code
const async_ = async (bytes: Uint8Array | Promise<Uint8Array>) => (await post(contour.async, await bytes)).code
/** Changes the text of a message before it is signed. */
const changed = async (from: string, to: string, content = person()) => {
  const signer = await contour.keys.system('corporation-system')
  if (signer === null) throw new Error('no signer')
  const text = envelopeBytes(content).toString()
  if (!text.includes(from)) throw new Error(`no ${from}`)
  return signBody(Buffer.from(text.replaceAll(from, to)), signer)
}

describe('SCE001, what is of another format', () => {
  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['another envelope', '<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body/></Envelope>'],
    ['an endless tag', '<'.repeat(100_000)],
    ['half of a message', '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'],
  ])('%s', async (_, text) => {
    expect(await sync(Buffer.from(text))).toBe('SCE001')
    expect(await async_(Buffer.from(text))).toBe('SCE001')
  })

  it('what is too long', async () => {
    const heard = await post(contour.sync, Buffer.alloc(300_001, 'x')).catch(() => null)
    expect(heard?.code ?? 'cut off').toMatch(/SCE001|cut off/)
  })

  it('an operation of the other channel', async () => {
    expect(await async_(sent())).toBe('SCE001')
    expect(await sync(sent(letter('REQUEST')))).toBe('SCE001')
  })

  it('qualified children, told by name', async () => {
    expect(await sync(changed('<request>', '<request xmlns="http://bip.bee.kz/SyncChannel/v10/Types">'))).toBe('SCE001')
    const seen = contour.watch.list({}, 1)[0]
    expect(seen?.notes.map(({ code }) => code)).toContain('qualified')
  })

  it.each([
    ['a date without its form', '2019-10-14T10:15:30.120+05:00', 'yesterday'],
    ['no messageDate', '<messageDate>2019-10-14T10:15:30.120+05:00</messageDate><sender>', '<sender>'],
    ['a session without braces', '</sender>', '</sender><sessionId>0b5a2a86-4b0e-4a57-9a4f-6a9d0f1c2b3d</sessionId>'],
    ['payload of no type', 'xsi:type="cs:Request"', ''],
    ['payload of another type', 'cs:Request', 'cs:Response'],
    ['an unknown field of the payload', '<senderCode>', '<extra>1</extra><senderCode>'],
    [
      'payload in another order',
      '<senderCode>DEMO</senderCode><iin>840404499918</iin>',
      '<iin>840404499918</iin><senderCode>DEMO</senderCode>',
    ],
    ['nobody asked about', '<iin>840404499918</iin>', ''],
    ['a number that is none', '840404499918', '84040449991x'],
  ])('%s', async (_, from, to) => {
    expect(await sync(changed(from, to))).toBe('SCE001')
  })

  it('a message without the correlation that it belongs to, or with one of nobody', async () => {
    expect(await async_(sent(letter('RESPONSE')))).toBe('SCE001')
    expect(await async_(sent(letter('NOTIFICATION', iis, nextId())))).toBe('SCE001')
  })

  it('of a talk of others', async () => {
    const { id, correlation } = await begun()
    expect(await async_(sent(letter('RESPONSE', rshep, correlation)))).toBe('SCE001')
    expect(await async_(sent(status(id, rshep)))).toBe('SCE001')
    expect(await async_(sent(status(nextId(), iis)))).toBe('SCE001')
    expect(await async_(sent(status(id, iis)))).toBeNull()
  })
})

const status = (messageId: string, sender: typeof iis) =>
  asyncMessage('getMessageStatus', { messageId, requestDate: '2019-10-14T10:16:00+05:00', sender, properties: [] })

async function begun() {
  const posted = await contour.mailbox.post(
    { type: 'REQUEST', service: 'DEMO_TEST', sender: iis.senderId, messageDate: '2019-10-14T10:16:00+05:00', data: '<data/>' },
    () => 'taker',
  )
  if (posted.kind !== 'posted') throw new Error(posted.kind)
  return posted
}

describe('other refusals', () => {
  it('SCE004, a service that nobody serves', async () => {
    expect(await sync(sent(syncMessage(personAsked('840404499918'), 'NO_SUCH')))).toBe('SCE004')
    expect(await async_(sent(letter('REQUEST', iis, undefined, 'x', 'NO_SUCH')))).toBe('SCE004')
  })

  it('SCE005, a certificate that is not current', async () => {
    expect(await sync(sent(person(), 'corporation-system.expired'))).toBe('SCE005')
    expect(await sync(sent(person(), 'corporation-system.notYetValid'))).toBe('SCE005')
    expect(await sync(sent(person(), 'corporation-system.revoked'))).toBe('SCE005')
  })

  it('SCE006, a wrong signature, another trust, another certificate than was registered', async () => {
    const good = (await sent()).toString()
    expect(await sync(Buffer.from(good.replace('840404499918', '820707399915')))).toBe('SCE006')
    expect(await sync(sent(person(), 'corporation-system.untrusted'))).toBe('SCE006')
    const region = await contour.keys.pki.identity('region-system')
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(region.certificate.der).toString('base64')}\n-----END CERTIFICATE-----\n`
    const card = {
      senderId: 'pinned',
      name: '',
      serves: [],
      push: null,
      sync: null,
      confirms: 'notification' as const,
      certificates: [pem],
    }
    await contour.participants.register(card)
    const by = (as: string) => sync(sent(syncMessage(personAsked('840404499918'), undefined, { senderId: 'pinned' }), as))
    expect([await by('corporation-system'), await by('region-system')]).toEqual(['SCE006', null])
  })

  it('SCE006, a Body that is wrapped: the signed one elsewhere, another in its place', async () => {
    const good = (await sent()).toString()
    const [body = ''] = /<soap:Body[\s\S]*<\/soap:Body>/.exec(good) ?? []
    const forged = body.replace('840404499918', '820707399915').replace(/wsu:Id="[^"]*"/, 'wsu:Id="id-other"')
    const wrapped = good.replace(body, forged).replace('</wsse:Security>', `</wsse:Security><wrap>${body}</wrap>`)
    expect(await sync(Buffer.from(wrapped))).toMatch(/SCE00[16]/)
  })

  it('SCE007, no transport signature; taken where the contour is told to', async () => {
    expect(await sync(envelopeBytes(person()))).toBe('SCE007')
    await contour.rules.setStrictSignatures(false)
    expect(await sync(envelopeBytes(person()))).toBeNull()
    await contour.rules.setStrictSignatures(true)
  })

  it('SCE015, SCE016, SCE017, the signature of the payload', async () => {
    const payload = async (as: string) => {
      const signer = await contour.keys.system(as)
      if (signer === null) throw new Error('no signer')
      const bytes = await signEnveloped(Buffer.from('<data><demo xmlns="urn:demo">x</demo></data>'), signer)
      return bytes.toString()
    }
    const carrying = (data: string) =>
      sent(
        asyncMessage('sendMessage', {
          ...{ serviceId: 'DEMO_TEST', messageType: 'REQUEST', messageDate: '2019-10-14T10:16:00+05:00', sender: iis, properties: [] },
          data: verbatim(data),
        }),
      )
    await contour.rules.require('DEMO_TEST', true)
    expect(await async_(sent(letter('REQUEST')))).toBe('SCE017')
    expect(await async_(carrying(await payload('corporation-system.expired')))).toBe('SCE015')
    const right = await payload('corporation-system')
    expect(await async_(carrying(right.replace('>x<', '>y<')))).toBe('SCE016')
    expect(await async_(carrying(right))).toBeNull()
    await contour.rules.require('DEMO_TEST', false)
  })

  it('DEMO-SENDER, somebody unknown, a wrong password, nobody at all', async () => {
    const from = (sender: { senderId: string; password?: string }) =>
      sync(sent(syncMessage(personAsked('840404499918'), undefined, sender)))
    expect(await from({ senderId: 'nobody' })).toBe('DEMO-SENDER')
    expect(await from({ senderId: 'demo-iis', password: 'other' })).toBe('DEMO-SENDER')
    expect(await from({ senderId: 'demo-iis' })).toBe('DEMO-SENDER')
    expect(await async_(sent(asyncMessage('getMessages', { serviceId: 'DEMO_TEST', properties: [] })))).toBe('DEMO-SENDER')
  })

  it('SCE909, more waits than may', async () => {
    for (let n = 0; n < 4; n++)
      await contour.mailbox.post({ type: 'REQUEST', service: 'S', sender: 'demo-iis', messageDate: '', data: '' }, () => 'taker')
    expect(await async_(sent(letter('REQUEST')))).toBe('SCE909')
    await contour.state.reset()
  })
})

describe('what is refused', () => {
  it('because its namespace has no meaning is no breakage of the contour', async () => {
    await contour.rules.setStrictSignatures(false)
    const text = envelopeBytes(person()).toString().replace('<request>', '<request xmlns:odd="relative">')
    expect(await sync(Buffer.from(text))).toBe('SCE001')
    const data = envelopeBytes(letter('REQUEST')).toString().replace('<data>', '<data><x xmlns:odd="relative"/>')
    expect(await async_(Buffer.from(data))).not.toBe('SCE909')
    await contour.rules.setStrictSignatures(true)
  })

  it('is told in a fault of its operation, and in the watch with the reason', async () => {
    const heard = await post(contour.async, await sent(letter('RESPONSE')))
    expect(heard.text).toContain('sendMessageFault1_sendMessageFault')
    expect([heard.status, heard.type]).toEqual([500, 'text/xml; charset=UTF-8'])
    expect(contour.watch.list({}, 1)[0]).toMatchObject({ outcome: 'refused', code: 'SCE001', operation: 'sendMessage', sender: 'demo-iis' })
  })
})
