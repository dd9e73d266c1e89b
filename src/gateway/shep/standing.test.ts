import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personAsked, testContour } from '../../contour/contour.testing.ts'
import { faultRule } from '../../contour/faults/rule.ts'
import { type RunningPki, servePki } from '../../contour/pki/server.ts'
import { readCertificates } from '../../seal/certificates/certificate.ts'
import { signBody, type XmlSigner } from '../../seal/xmldsig/sign.ts'
import { element } from '../../xml/write.ts'
import { gatewayTrust } from '../access/open.ts'
import { openStanding, type RevocationSettings } from '../access/revocation.ts'
import { shepClient } from './client/client.ts'
import { personQuestion, sender } from './contour.testing.ts'
import { envelopeBytes } from './envelope.ts'
import { syncNamespace } from './names.ts'
import { shepServer } from './server/server.ts'
import type { TransportTrust } from './transport.ts'
import { requestMarkup } from './write.ts'

const at = '2019-10-14T10:00:00+06:00'
let pki: RunningPki
let good: XmlSigner
let bad: XmlSigner
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-standing-'))
beforeAll(async () => {
  pki = await servePki({ algorithm: 'ecdsa', at, now: () => at })
  const signer = async (name: string): Promise<XmlSigner> => {
    const { key, certificate } = await pki.pki.identity(name)
    return { key, certificate }
  }
  ;[good, bad] = [await signer('shep'), await signer('shep.revoked')]
})
afterAll(async () => {
  await pki.close()
  rmSync(folder, { recursive: true })
})

let count = 0
/** What a server says to a message by this key: the code of its fault, or null. */
async function faultOf(signer: XmlSigner, trust: TransportTrust): Promise<string | null> {
  const server = shepServer({
    channel: 'sync',
    trust,
    signer: null,
    now: () => at,
    handlers: {
      SendMessage: async () => ({ messageId: 'a', responseDate: at, status: { code: 'SCSS001', message: '' }, data: element('data', {}) }),
    },
  })
  const question = { ...personQuestion(`m${count++}`), sender }
  return (await server.handle(await signBody(envelopeBytes(requestMarkup('SendMessage', syncNamespace, question)), signer))).fault
}

const told: string[] = []
function trusting(settings: Partial<RevocationSettings>, pinned = [good.certificate, bad.certificate]): TransportTrust {
  const standing = openStanding({ mode: 'soft', lists: [], ...settings }, pki.pki.trust, (why) => told.push(why))
  return { trust: pki.pki.trust, pinned, ...(standing ? { standing } : {}) }
}

describe('a transport certificate that was taken back', () => {
  it.each<[string, string[]]>([
    ['pinned', ['shep', 'shep.revoked']],
    ['by the roots', []],
  ])('is refused as one that is not current (SCE005), %s; a good one is taken', async (_, names) => {
    const pinned = await Promise.all(names.map(async (name) => (await pki.pki.identity(name)).certificate))
    expect(await faultOf(good, trusting({}, pinned))).toBeNull()
    expect(await faultOf(bad, trusting({}, pinned))).toBe('SCE005')
    expect(await faultOf(bad, trusting({ mode: 'off' }, pinned))).toBeNull()
  })

  it('is found by a list in a file where no responder answers, and the list is read again when it has ended', async () => {
    pki.faults.down.add('ocsp').add('crl')
    try {
      const file = join(folder, 'authority.crl')
      const root = join(folder, 'root.crl')
      writeFileSync(root, await pki.pki.crl('root', at))
      // Made before anybody was revoked.
      writeFileSync(file, await pki.pki.crl('authority', '2019-10-14T09:30:00+06:00'))
      const lists = [file, root]
      expect(await faultOf(bad, trusting({ mode: 'hard', lists }))).toBe(null)
      const later = '2019-10-15T12:00:00+06:00'
      writeFileSync(file, await pki.pki.crl('authority', later))
      writeFileSync(root, await pki.pki.crl('root', later))
      expect(await faultOf(bad, trusting({ mode: 'hard', lists }))).toBe('SCE005')
      expect(await faultOf(good, trusting({ mode: 'hard', lists }))).toBeNull()
    } finally {
      pki.faults.down.clear()
    }
  })

  it('of which nobody tells is taken by default and told, and has to come again where that was chosen', async () => {
    for (const fault of ['down', 'garbage', 'cut'] as const) {
      pki.faults[fault].add('ocsp').add('crl')
      told.length = 0
      expect(await faultOf(good, trusting({}))).toBeNull()
      expect(told.length).toBeGreaterThan(0)
      expect(await faultOf(good, trusting({ mode: 'hard' }))).toBe('SCE909')
      pki.faults[fault].clear()
    }
    // A certificate that leads to nobody whom one could ask.
    const alone = {
      ...trusting({ mode: 'hard' }),
      standing: openStanding({ mode: 'hard', lists: [] }, { roots: [], authorities: [] }) ?? expect.unreachable(),
    }
    expect(await faultOf(good, alone)).toBe('SCE909')
  })

  it('is asked about once for all that come in a while, and a message waits three seconds at most', async () => {
    const trust = trusting({})
    await Promise.all(Array.from({ length: 20 }, () => faultOf(good, trust)))
    pki.faults.down.add('ocsp').add('crl')
    expect(await faultOf(good, trust)).toBeNull()
    pki.faults.down.clear()
    pki.faults.delayMs = 20_000
    const from = performance.now()
    expect(await faultOf(good, trusting({}))).toBeNull()
    expect(performance.now() - from).toBeLessThan(15_000)
    pki.faults.delayMs = 0
  })
})

it('the test contour signs by one on demand, and gives the list in which it stands', async () => {
  const contour = await testContour()
  try {
    const { keys } = contour
    const withheld = readCertificates(await (await fetch(`${contour.url}/api/trust/revoked`)).text()) ?? []
    const lists = ['authority', 'root'].map((which) => `${contour.url}/api/crl/${which}`)
    const standing = openStanding({ mode: 'hard', lists }, keys.trust) ?? expect.unreachable()
    const system = await keys.system('corporation-system')
    const client = shepClient({
      ...{ address: contour.sync, channel: 'sync', sender: { senderId: 'demo-iis', password: 'demo-secret' }, signer: system },
      trust: gatewayTrust({ known: [], gateway: [keys.gateway.certificate, ...withheld], standing }),
      now: contour.clock.now,
    })
    const ask = () =>
      client.call('SendMessage', {
        ...personQuestion(`c${count++}`),
        messageDate: contour.clock.now(),
        data: personAsked('840404499918'),
      })
    expect(await ask()).toMatchObject({ kind: 'answer' })
    await contour.faults.add(faultRule.parse({ kind: 'revoked', count: 1 }))
    expect(await ask()).toMatchObject({ kind: 'technicalFailure', stage: 'signature', detail: expect.stringContaining('revoked') })
    expect(await ask()).toMatchObject({ kind: 'answer' })
    client.close()
  } finally {
    await contour.close()
  }
})
