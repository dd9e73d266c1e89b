import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkshop } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

describe('a backup of a demonstration', () => {
  const passphrase = { QYZMET_PASSPHRASE: 'қырық бес құлаш арқан' }
  let from = ''
  let file = ''

  beforeAll(async () => {
    from = shop.folder()
    await (await shop.serve('start', { QYZMET_DATA: from })).end()
    file = join(shop.folder(), 'backup.ndjson.gz')
  })

  it('is not made without a passphrase', async () => {
    const { code, err } = await shop.run(['backup', file], { env: { QYZMET_DATA: from } })
    expect(code).toBe(2)
    expect(err).toContain('QYZMET_PASSPHRASE')
  })

  it('is one closed file without views and without what opens it', async () => {
    expect(await shop.run(['backup', file], { env: { QYZMET_DATA: from, ...passphrase } })).toEqual({ code: 0, out: '', err: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = gunzipSync(readFileSync(file)).toString()
    expect(text).toContain('["staff"')
    expect(text).not.toContain('["case_view"')
    expect(text).not.toContain('["session"')
    const key = readFileSync(join(from, 'keys', 'master.key'), 'utf8').trim()
    expect(text).not.toContain(key)
  })

  it('comes back into another folder: it verifies, and people sign in as before', async () => {
    const to = { QYZMET_DATA: shop.folder(), ...passphrase }
    const restored = await shop.run(['restore', file], { env: to })
    expect([restored.code, restored.err]).toEqual([0, ''])
    const before = JSON.parse((await shop.run(['verify', '--json'], { env: { QYZMET_DATA: from } })).out)
    expect(JSON.parse((await shop.run(['verify', '--json'], { env: to })).out)).toEqual(before)
    const server = await shop.serve('start', to)
    try {
      const signed = await fetch(`${server.url}/api/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'almaty.clerk', password: 'qyzmet-demo' }),
      })
      expect(signed.ok).toBe(true)
    } finally {
      await server.end()
    }
    const again = await shop.run(['restore', file], { env: to })
    expect(again.code).toBe(1)
  })

  it('is refused when it was altered, or with another passphrase', async () => {
    const text = gunzipSync(readFileSync(file)).toString()
    const altered = join(shop.folder(), 'altered.ndjson.gz')
    writeFileSync(altered, gzipSync(text.replace('almaty.head', 'almaty.dead')))
    expect((await shop.run(['restore', altered], { env: { QYZMET_DATA: shop.folder(), ...passphrase } })).code).toBe(1)
    const other = { QYZMET_DATA: shop.folder(), QYZMET_PASSPHRASE: 'басқа құпиясөз тіркесі' }
    expect((await shop.run(['restore', file], { env: other })).code).toBe(1)
  })
})
