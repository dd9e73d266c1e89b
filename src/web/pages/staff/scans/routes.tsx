import { Hono } from 'hono'
import { isTheirs } from '../../../../engine/case/steps.ts'
import { flawWords } from '../../../../language/flaw.ts'
import { scanFacts } from '../../../components/scans/scans.tsx'
import { type Door, type DoorContext, filesOf, formOf, signedIn } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { scanPath } from '../../../paths.ts'

/**
 * A scan is a stranger's file shown under our address: it may run nothing, load nothing and be framed by nobody. Pictures are sandboxed besides;
 * a browser's own PDF viewer refuses to start in a sandbox, so a PDF, which was read through before it was kept, goes without.
 */
const policyOf = (type: string): string =>
  [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...(type === 'application/pdf' ? [] : ['sandbox']),
  ].join('; ')

/** Scans of a case: one laid in or taken back (by the script of a form that is still being filled), one opened. */
export function scanRoutes(house: House) {
  const routes = new Hono<Door>()

  routes.get('/cases/:number/scans/:sha256', async (c) => {
    const opened = await house.scans.open(c.req.param('number'), c.req.param('sha256'), signedIn(c).who)
    if (opened === null) throw new Refused('notFound')
    const { bytes, scan } = opened
    const ending = scan.type.slice(scan.type.indexOf('/') + 1)
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': scan.type,
      'content-disposition': `inline; filename="${c.req.param('number')}-${scan.sha256.slice(0, 8)}.${ending}"`,
      'content-security-policy': policyOf(scan.type),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
  })

  routes.post('/cases/:number/scans', async (c) => {
    const form = await formOf(c)
    const number = c.req.param('number')
    const { who } = signedIn(c)
    const state = (await house.reading.case(number, who, 'step'))?.file.state
    if (state === undefined) throw new Refused('notFound')
    if (state.step === null || !isTheirs(state.step, who.actor)) throw new Refused('forbidden')
    const removed = form.get('remove')
    if (removed !== null) return c.json({ removed: await house.scans.remove(number, removed, who) })
    return attach(house, c, number, form.get('replaces'))
  })
  return routes
}

async function attach(house: House, c: DoorContext, number: string, replaces: string | null): Promise<Response> {
  const { who, speech } = signedIn(c)
  const [sent] = await filesOf(c)
  const bytes = sent?.bytes ?? null
  if (bytes === null)
    return c.json({ error: flawWords(speech.t, { code: sent === undefined ? 'empty' : 'tooLarge', params: { most: 10 } }) }, 422)
  const attached = await house.scans.attach(number, who, bytes)
  if (attached.kind === 'notFound' || attached.kind === 'ended') throw new Refused('conflict')
  if (attached.kind === 'flawed') return c.json({ error: flawWords(speech.t, attached.flaw) }, 422)
  const { scan } = attached
  if (replaces !== null && replaces !== scan.sha256) await house.scans.remove(number, replaces, who)
  return c.json(
    { sha256: scan.sha256, href: scanPath(number, scan.sha256), open: speech.t('scans.open'), facts: scanFacts(speech, scan) },
    201,
  )
}
