import { Hono } from 'hono'
import { signatureFile } from '../../../../desk/papers/signed.ts'
import type { KeptSignature } from '../../../../desk/signatures.ts'
import { type Door, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { SignedPage } from './SignedPage.tsx'

/** What was signed in a case, and its files for whoever checks them by other means. */
export function signedRoutes(house: House, frameOf: FrameOf): Hono<Door> {
  const routes = new Hono<Door>()

  routes.get('/cases/:number/signed', async (c) => {
    const history = await house.reading.case(c.req.param('number'), signedIn(c).who, 'case')
    if (history === null || history.file.state.destroyed !== null) throw new Refused('notFound')
    return c.html(<SignedPage frame={frameOf(c)} number={history.file.number} all={await house.signed.ofCase(history)} />)
  })

  routes.get('/cases/:number/signed/:file/:what', async (c) => {
    const history = await house.reading.case(c.req.param('number'), signedIn(c).who, 'export')
    const kept = history === null ? null : await house.signed.file(history, c.req.param('file'))
    const sent = kept === null ? null : fileOf(kept, c.req.param('what'))
    if (sent === null) throw new Refused('notFound')
    return c.body(new Uint8Array(sent.bytes), 200, {
      'content-type': sent.type,
      'content-disposition': `attachment; filename="${sent.name}"`,
      'cache-control': 'private, no-store',
    })
  })
  return routes
}

/** Under the names that they have in papers. */
function fileOf({ bytes, signature }: KeptSignature, what: string): { bytes: Uint8Array; type: string; name: string } | null {
  const { evidence } = signature
  const json = 'application/json'
  if (what === 'statement') return { bytes, type: json, name: 'statement.json' }
  if (what === 'evidence') return evidence === undefined ? null : { bytes: evidence, type: json, name: 'statement.evidence.json' }
  if (what !== 'signature') return null
  const file = signatureFile(signature)
  return { bytes: file.bytes, ...named[file.form] }
}

const named = {
  cms: { type: 'application/pkcs7-signature', name: 'statement.p7s' },
  xml: { type: 'application/xml', name: 'statement.xml' },
  other: { type: 'application/json', name: 'statement.signature.json' },
}
