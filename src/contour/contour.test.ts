import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readResponse as readPerson } from '../gateway/register/response.ts'
import { edgeIins } from '../gateway/register/simulator/world.ts'
import { readEnvelope } from '../gateway/shep/envelope.ts'
import { verifyBody } from '../seal/xmldsig/body.ts'
import { payloadDocument, verifyEnveloped } from '../seal/xmldsig/enveloped.ts'
import { personAsked, post, responseOf, signed, syncMessage, testContour } from './contour.testing.ts'
import type { Contour } from './contour.ts'

let contour: Contour
beforeAll(async () => {
  contour = await testContour({ limits: { slowMs: 50 } })
})
afterAll(() => contour.close())

describe('a question to the register through the gateway', () => {
  it('is answered about an invented person, signed by the register and by the gateway', async () => {
    const heard = await post(contour.sync, await signed(contour, syncMessage(personAsked('840404499918'))))
    expect(heard.text).toContain('SCSS001')
    expect([heard.status, heard.code]).toEqual([200, null])
    const { document } = readEnvelope(heard.bytes)
    expect((await verifyBody(document, { store: { certificates: contour.keys.known } })).kind).toBe('valid')
    const { data, sessionId } = responseOf('SendMessage', heard)
    expect(sessionId).toMatch(/^\{[0-9a-f-]{36}\}$/)
    const alone = payloadDocument(document, data)
    expect(alone && (await verifyEnveloped(alone)).kind).toBe('valid')
    void readPerson
    void edgeIins
  })
})
