import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acts } from '../../scripts/tamper/acts.ts'
import { judge } from '../../scripts/tamper/judge.ts'
import { openScene, type Scene } from '../../scripts/tamper/scene.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { dropDatabase, newDatabase } from './database.ts'

/** The same as `npm run tamper`, with fewer cases: each kind of tampering in a transaction that is taken back. */
describe('verify names', () => {
  let scene: Scene
  let url = ''
  beforeAll(async () => {
    url = await newDatabase()
    scene = await openScene(url, 5)
  })
  afterAll(async () => {
    await scene?.close()
    await dropDatabase(url)
  })
  const whole = async () => (await verify(scene.ledger.database, scene.keyRing, { rowsOf: scene.rowsOf, kept: scene.kept })).problems

  it('nothing in a ledger that nobody touched', async () => {
    expect(await whole()).toEqual([])
  })

  it.each(acts.map((act) => [act.name, act] as const))('%s', async (_, act) => {
    const { problems, missed, withoutKept } = await judge(scene, act)
    expect({ missed, told: problems.slice(0, 5) }).toMatchObject({ missed: [] })
    // What only somebody outside can see is really seen by nobody else.
    if (act.needsKept) expect(withoutKept).toEqual([])
  })

  it('nothing when all of it was taken back', async () => {
    expect(await whole()).toEqual([])
  })
})
