import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { databaseRuns, openWorkshop, root } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

/** Why a test that takes another account cannot run here; null: it can. */
function hindrance(uid: number): string | null {
  if (process.getuid?.() !== 0) return 'these tests run as an ordinary user already'
  const mayRead = spawnSync('setpriv', [...becoming(uid).slice(1), 'test', '-r', join(root, 'bin', 'qyzmet.js')])
  if (mayRead.error !== undefined) return 'setpriv is not installed'
  return mayRead.status === 0 ? null : `user ${uid} may not read ${root}`
}

const becoming = (uid: number): string[] => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']

describe.each([
  { who: 'nobody, who has a name', uid: 65_534 },
  { who: 'a user without a name, as in containers', uid: 23_457 },
])('as $who', ({ uid }) => {
  it('the demonstration and production start in a folder of their own, closed to others', { timeout: 180_000 }, async (test) => {
    const reason = hindrance(uid)
    if (reason !== null) return test.skip(reason)
    // Built before, by whoever owns the tree.
    expect((await shop.run(['--help'])).code).toBe(0)
    const home = shop.folder()
    chownSync(home, uid, uid)
    for (const name of uid === 65_534 ? (['serve', 'start'] as const) : (['serve'] as const)) {
      const data = join(home, name)
      mkdirSync(data, { mode: 0o700 })
      chownSync(data, uid, uid)
      const server = await shop.serve(name, { HOME: home, QYZMET_DATA: data }, { as: becoming(uid) })
      expect((await fetch(server.url)).status).toBe(200)
      expect((await server.end()).code).toBe(0)
      expect(databaseRuns(data)).toBe(false)
    }
  })

  it('a data folder of somebody else is refused in words', async (test) => {
    const reason = hindrance(uid)
    if (reason !== null) return test.skip(reason)
    const { code, out, err } = await shop.run(['start'], { env: { QYZMET_DATA: shop.folder(), PORT: '0' }, as: becoming(uid) })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('QYZMET_DATA')
    expect(err).not.toMatch(/\n {4}at /)
  })
})
