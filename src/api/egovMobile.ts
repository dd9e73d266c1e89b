import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { algorithmOf, type PhoneRequest } from '../desk/phoneSigning.ts'
import { readStatement } from '../desk/statement.ts'
import { createTranslator } from '../language/translator.ts'
import { documentsAnswer, firstAnswer, signatureIn } from '../seal/egovMobile/protocol.ts'
import { wrappedInXml } from '../seal/national/wrapped.ts'
import type { House } from '../web/house.ts'

/** Where a phone comes: `<id>` is API 1, `<id>/documents` API 2. Nobody is signed in here; the address itself is the secret, and it lives ten minutes. */
export function egovMobileRoutes(house: Pick<House, 'phone' | 'publicUrl' | 'languages'>): Hono {
  const { phone, publicUrl } = house
  const t = createTranslator(house.languages.kk, 'kk')
  const routes = new Hono()
  const noStore = { 'cache-control': 'no-store' }
  const isGiven = (authorization: string | undefined, id: string) => phone.fits(id, /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '')

  routes.get('/:id', async (c) => {
    const request = await phone.find(c.req.param('id'))
    if (request === null) return c.json({ message: 'unknown or expired' }, 404, noStore)
    const { id, number, expiresAt } = request
    const { organisation } = statementOf(request).signer
    const uri = `${publicUrl}/egov-sign/${id}/documents`
    const description = t('signing.phonePage.description', { number })
    return c.json(firstAnswer({ description, expiresAt, organisation, uri, token: phone.tokenOf(id) }), 200, noStore)
  })

  routes.get('/:id/documents', async (c) => {
    const id = c.req.param('id')
    if (!isGiven(c.req.header('authorization'), id)) return c.json({ message: 'no token' }, 401, noStore)
    const request = await phone.find(id)
    if (request === null) return c.json({ message: 'unknown or expired' }, 404, noStore)
    const { bytes, digest } = request.toBeSigned
    const asked = request.method === 'XML' ? wrappedInXml(bytes, digest) : bytes
    const { title } = statementOf(request)
    const meta = [
      { name: t('components.workList.number'), value: request.number },
      { name: 'SHA-256', value: digest },
    ]
    return c.json(documentsAnswer(request.method, [{ id: 1, name: title, meta, bytes: asked }]), 200, noStore)
  })

  const limit = bodyLimit({ maxSize: 1024 * 1024, onError: (c) => c.json({ message: 'too large' }, 413) })
  routes.put('/:id/documents', limit, async (c) => {
    const id = c.req.param('id')
    if (!isGiven(c.req.header('authorization'), id)) return c.json({ message: 'no token' }, 401, noStore)
    const request = await phone.find(id)
    if (request === null) return c.json({ message: 'unknown or expired' }, 404, noStore)
    const value = signatureIn(request.method, await c.req.json().catch(() => null))
    if (value === null) return c.json({ message: t('seal.damaged'), reason: 'damaged' }, 403, noStore)
    const [reason] = await phone.take(request, { algorithm: algorithmOf(request.method), value })
    return reason === undefined ? c.json({}, 200, noStore) : c.json({ message: t(`seal.${reason}`), reason }, 403, noStore)
  })
  return routes
}

function statementOf({ toBeSigned }: PhoneRequest) {
  const statement = readStatement(toBeSigned.bytes)
  if (statement === null) throw new Error('what waits for a phone is no statement')
  return statement
}
