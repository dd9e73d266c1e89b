import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPki, servePki } from '../../src/contour/pki/server.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { cmsToPem } from '../../src/seal/ncalayer/cms.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

const at = '2019-10-14T10:00:00+06:00'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-own-keys-'))
let authority: RunningPki
let opened: OpenedHouse
let databaseUrl: string

/** A house that holds no keys, as production does: it believes the roots of a folder and asks their authority over HTTP. */
beforeAll(async () => {
  const trust = join(folder, 'trust')
  authority = await servePki({ algorithm: 'ecdsa', at, now: () => at, folder: trust })
  databaseUrl = await newDatabase()
  opened = await openHouse({
    ...{ demonstration: true, host: '127.0.0.1', port: 0, data: folder, databaseUrl, publicUrl: 'http://127.0.0.1:8080' },
    ...{ regulations: resolve(import.meta.dirname, '../../regulations'), keys: join(folder, 'keys'), seals: { trust } },
  })
})
afterAll(async () => {
  await opened?.close()
  await authority?.close()
  if (databaseUrl) await dropDatabase(databaseUrl)
  rmSync(folder, { recursive: true, force: true })
})

const inputs = (html: string): URLSearchParams =>
  new URLSearchParams(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]),
  )

async function signedBy(name: string, bytes: Uint8Array): Promise<string> {
  const { key, chain } = await authority.pki.identity(name)
  const [certificate = new Uint8Array(0), ...above] = chain.map(({ der }) => der)
  return cmsToPem(await signCms(bytes, [{ key, certificate, chain: above }], { at }))
}

describe('a house that holds no keys', () => {
  it('shows what is signed before a step, takes the signature and judges it; without one nothing is done', async () => {
    const { house, app, ledger } = opened
    const session = await house.people.signIn({ login: 'almaty.head', password: demonstrationPassword, address: '127.0.0.1' }, 'page')
    if (!session.ok) return expect.fail(session.error.code)
    const headers = { host: '127.0.0.1', cookie: `${cookieName(false)}=${session.value.token}; lang=kk` }
    const [item] = await ledger.database.query<{ case_number: string }>({
      name: 'test_own_keys',
      text: `select case_number from work_item where step = 'signAnswer' and organisation = 'almaty.directorate' limit 1`,
      values: [],
    })
    const path = `http://127.0.0.1/cases/${item?.case_number}/steps/signAnswer`
    const form = await (await app.request(path, { headers })).text()
    expect(form).toContain('Келесі бетте қол қойылатын мәтін көрсетіледі')
    expect(form).not.toContain('value="key"')
    const send = (body: URLSearchParams) => app.request(path, { method: 'POST', headers, body })
    const typed = inputs(form)
    typed.set('taken', 'yes')

    const asked = await send(typed)
    const page = await asked.text()
    expect(asked.headers.get('content-security-policy')).toContain('connect-src')
    expect(page).not.toContain('value="server"')
    const bytes = Buffer.from(/data-sign="([^"]+)"/.exec(page)?.[1] ?? '', 'base64')
    expect(JSON.parse(bytes.toString())).toMatchObject({ format: 'qyzmet.statement/3', case: item?.case_number })

    // A browser without script sends the same button: it is told what can be done instead, and has everything that was typed.
    const again = inputs(page)
    expect(again.get('taken')).toBe('yes')
    again.set('_sign', 'key')
    const plain = await send(again)
    expect([plain.status, (await plain.text()).includes('<noscript>')]).toEqual([200, true])
    again.delete('_sign')

    again.set('_signature', await signedBy('almaty.head.expired', bytes))
    const refused = await send(again)
    expect([refused.status, (await refused.text()).includes('мерзімі өткен')]).toEqual([422, true])
    again.set('_signature', 'no signature')
    expect((await send(again)).status).toBe(422)
    again.set('_signature', await signedBy('almaty.head', Buffer.concat([bytes, Buffer.from(' ')])))
    expect((await send(again)).status).toBe(422)
    again.set('_signature', await signedBy('almaty.head', bytes))
    const done = await send(again)
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining('since=')])
    // The same form again, as when the answer was lost: done once.
    expect((await send(again)).status).toBe(303)
  })
})
