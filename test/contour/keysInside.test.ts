import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { keysInside } from '../../src/contour/ncalayer/inside.ts'
import { staffWithKeys } from '../../src/contour/ncalayer/people.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createTranslator } from '../../src/language/translator.ts'
import { cmsFromText } from '../../src/seal/ncalayer/cms.ts'
import type { Signature, ToBeSigned } from '../../src/seal/seal.ts'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-inside-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const languages = loadLanguages('src/language')

/** One demonstration as it is started: twice over the same folder is a restart. */
function start(clock: { now: string }) {
  const translator = (language: 'kk' | 'ru' | 'en') => createTranslator(languages[language], language)
  return keysInside({ folder, now: () => clock.now, translator, prefix: '/demo/ncalayer' })
}

const head = staffWithKeys().find(({ id }) => id === 'almaty.head') ?? expect.fail('there is no head')

/** What a page and a person do with the machine, over its wire. */
async function signed(inside: ReturnType<typeof start>, { bytes, digest }: ToBeSigned, at: string): Promise<Signature> {
  const machine = inside.program.machine('one')
  machine.automatic = () => 'almaty.head'
  const answer = await new Promise<string>((heard) => {
    let greeted = false
    const send = (frame: string) => {
      if (greeted) heard(frame)
      greeted = true
    }
    const side = machine.connect({ send, cut: () => undefined })
    const signingParams = { decode: true, encapsulate: false, tsaProfile: {} }
    const args = { format: 'cms', data: Buffer.from(bytes).toString('base64'), signingParams, signerParams: { extKeyUsageOids: [] } }
    side.receive(JSON.stringify({ module: 'kz.gov.pki.knca.basics', method: 'sign', args }))
  })
  const value = cmsFromText(JSON.parse(answer).body.result) ?? expect.fail('no CMS')
  return { algorithm: 'cms', certificate: '', value, signedAt: at, digest }
}

describe('the keys inside of the demonstration', () => {
  it('are valid wherever its clock is set, and what was signed before is believed after a restart', async () => {
    const clock = { now: '2019-10-14T10:00:00+06:00' }
    let inside = start(clock)
    const signer = { staffId: 'head', iin: head.iin, name: head.name, organisationBin: head.bin, role: 'head' }
    const kept: { signature: Signature; bytes: Uint8Array; at: string }[] = []
    for (const at of ['2019-10-14T10:00:00+06:00', '2018-08-24T10:00:00+06:00', '2026-11-26T10:00:00+05:00', '2019-12-30T10:00:00+06:00']) {
      clock.now = at
      const bytes = new TextEncoder().encode(`{"at":"${at}"}`)
      const prepared = await inside.seal.prepare({ bytes, signer, at })
      const outcome = await inside.seal.accept(prepared, await signed(inside, prepared, at), at)
      if (outcome.kind === 'refused') expect.fail(`${at}: ${outcome.reasons.join(', ')}`)
      kept.push({ signature: outcome.signature, bytes, at })
    }
    expect(readdirSync(folder).sort()).toEqual(['2018-08-24', '2019-10-14', '2026-11-26'])
    inside.program.close()
    inside = start(clock)
    for (const { signature, bytes, at } of kept)
      expect(await inside.seal.verify(bytes, signature, { at, signer }), at).toMatchObject({ valid: true, signedBy: { iin: head.iin } })
    inside.program.close()
  })
})
