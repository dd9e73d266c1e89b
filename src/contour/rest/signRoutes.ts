import { Hono } from 'hono'
import { signBody, signEnveloped } from '../../seal/xmldsig/sign.ts'
import { XmlRefused } from '../../xml/refused.ts'
import type { ContourParts } from '../parts.ts'
import { problem } from './answers.ts'

const mostBytes = 8 * 1024 * 1024

/**
 * Signs for whoever has no signer yet, with a key of the contour's own test PKI: `?as=corporation-system` the Body of an envelope, with `&payload` a
 * document from within. A fault of the key may be asked for by its name: `corporation-system.expired`.
 */
export function signRoutes({ keys }: ContourParts): Hono {
  const app = new Hono()
  app.post('/', async (c) => {
    const signer = await keys.system(c.req.query('as') ?? 'corporation-system')
    if (signer === null) return problem(c, 404, 'The test PKI has no system of this name.')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > mostBytes) return problem(c, 413, 'The document is too long.')
    try {
      const signed = c.req.query('payload') === undefined ? await signBody(bytes, signer) : await signEnveloped(bytes, signer)
      return c.body(Uint8Array.from(signed), 200, { 'content-type': 'text/xml; charset=UTF-8' })
    } catch (cause) {
      if (cause instanceof XmlRefused || cause instanceof TypeError) return problem(c, 422, cause.message)
      throw cause
    }
  })
  return app
}
