import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseRuns, openWorkshop } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

describe('a backup of a demonstration', () => {
  const passphrase = { QYZMET_PASSPHRASE: 'қырық бес құлаш арқан' }
  let from = ''
  let folder = ''

  beforeAll(async () => {
    from = shop.folder()
    await (await shop.serve('start', { QYZMET_DATA: from })).end()
    folder = join(shop.folder(), 'backup')
  })

  it('is not made without a passphrase, nor at a pace that is no number', async () => {
    const without = await shop.run(['backup', folder], { env: { QYZMET_DATA: from } })
    expect([without.code, without.out]).toEqual([2, ''])
    expect(without.err).toContain('QYZMET_PASSPHRASE')
    const wrong = await shop.run(['backup', folder, '--pace', 'slow'], { env: { QYZMET_DATA: from, ...passphrase } })
    expect([wrong.code, wrong.out]).toEqual([2, ''])
    expect(wrong.err).toContain('--pace')
  })

  it('killed in its middle leaves nothing that looks like one; ended by a signal it leaves nothing', async () => {
    const env = { QYZMET_DATA: from, ...passphrase }
    const target = join(shop.folder(), 'killed')
    const drafts = () => readdirSync(dirname(target)).filter((name) => name.includes('.unfinished-'))
    const killed = shop.begin(['backup', target, '--pace', '0.2'], { env })
    await expect.poll(drafts, { timeout: 30_000 }).toHaveLength(1)
    killed.kill('SIGKILL')
    await killed.ended
    expect([existsSync(target), existsSync(`${target}.keys`)]).toEqual([false, false])
    const [draft = ''] = drafts()
    const restored = await shop.run(['restore', join(dirname(target), draft)], { env: { QYZMET_DATA: shop.folder(), ...passphrase } })
    expect(restored.code).toBe(1)
    expect(restored.err).toContain('is no finished backup')
    rmSync(join(dirname(target), draft), { recursive: true })
    const ended = shop.begin(['backup', target, '--pace', '0.2'], { env })
    await expect.poll(drafts, { timeout: 30_000 }).toHaveLength(1)
    ended.kill('SIGTERM')
    expect(await ended.ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Көшірмелеу тоқтатылды') })
    expect(readdirSync(dirname(target))).toEqual([])
  })

  it('is a folder and a file of keys, closed to others', async () => {
    const { code, out, err } = await shop.run(['backup', folder], { env: { QYZMET_DATA: from, ...passphrase } })
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`${folder}.keys`)
    expect([folder, `${folder}.keys`, join(folder, 'event.copy.zst')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o600, 0o600,
    ])
    const again = await shop.run(['backup', folder], { env: { QYZMET_DATA: from, ...passphrase } })
    expect([again.code, again.out]).toEqual([1, ''])
    expect(again.err).toContain(folder)
    const key = readFileSync(join(from, 'keys', 'master.key'), 'utf8').trim()
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
    expect(text).toContain('"staff"')
    expect(text).not.toMatch(/"(case_view|session)"/)
    expect(text).not.toContain(key)
  })

  it('comes back into another folder: it verifies, and people sign in as before', async () => {
    const to = { QYZMET_DATA: shop.folder(), ...passphrase }
    // Killed while it writes, it has written nothing: the same database takes it again.
    const killed = shop.begin(['restore', folder], { env: to })
    await expect.poll(() => databaseRuns(to.QYZMET_DATA), { timeout: 60_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    killed.kill('SIGKILL')
    await killed.ended
    const restored = await shop.run(['restore', folder], { env: to })
    expect([restored.code, restored.err]).toEqual([0, ''])
    const before = JSON.parse((await shop.run(['verify', '--json'], { env: { QYZMET_DATA: from } })).out)
    const against = await shop.run(['verify', '--against', folder, '--json'], { env: to })
    expect(JSON.parse(against.out)).toEqual({
      ...before,
      against: { madeAt: expect.any(String), cases: before.cases, destroyed: [] },
    })
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
    const again = await shop.run(['restore', folder], { env: to })
    expect(again.code).toBe(1)
  })

  it('tells of an empty ledger that every case is missing', async () => {
    const { code, out } = await shop.run(['verify', '--against', folder], { env: { QYZMET_DATA: shop.folder() } })
    expect(code).toBe(1)
    expect(out).toMatch(/✗ missing \d+ \S+ : the backup has it with \d+ events, the ledger has no such case/)
    expect(out).toContain('көшірмесімен салыстырылды')
  })

  it('is refused in words when it was cut off, or with another passphrase', async () => {
    const other = { QYZMET_DATA: shop.folder(), QYZMET_PASSPHRASE: 'басқа құпиясөз тіркесі' }
    expect((await shop.run(['restore', folder], { env: other })).code).toBe(1)
    truncateSync(join(folder, 'event.copy.zst'), 1000)
    const { code, err } = await shop.run(['restore', folder], { env: { QYZMET_DATA: shop.folder(), ...passphrase } })
    expect(code).toBe(1)
    expect(err).toMatch(/event\.copy\.zst: expected \d+ bytes with SHA-256 \w{64}, found 1000 bytes/)
    expect(err).not.toMatch(/\n {4}at /)
  })
})
