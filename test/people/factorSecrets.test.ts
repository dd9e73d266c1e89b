import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { floors } from '../../src/cli/floors.ts'
import { keysIn, turn } from '../../src/ledger/keys/keyFolder.ts'
import { type KeyRing, keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { countByKey, rewrapAll } from '../../src/ledger/keys/rewrap.ts'
import type { Database } from '../../src/ledger/postgres/database.ts'
import { migrateFloor } from '../../src/ledger/postgres/migrate.ts'
import { openPeople, type People } from '../../src/people/people.ts'
import { codeAt } from '../../src/people/totp.ts'
import { backup, elsewhere, restore, withNew } from '../ledger/backups.ts'
import { testKeyRing, withDatabase } from '../ledger/database.ts'
import { codeOf, directorate, grant, password, person, seed, value } from './house.ts'

const clock = { now: Date.UTC(2026, 10, 23, 4) }
const address = '10.0.0.7'
const credentials = { login: 'almaty.clerk', password, address }

async function withPeopleOf<T>(database: Database, keyRing: KeyRing, work: (people: People) => Promise<T>): Promise<T> {
  const people = await openPeople({
    ...{ database, keyRing, machineClock: () => clock.now, today: () => '2019-10-14' },
    roles: () => new Set(['clerk']),
  })
  try {
    return await work(people)
  } finally {
    people.close()
  }
}

/** A clerk with a second factor; the secret. */
async function connect(people: People): Promise<Buffer> {
  value(await people.accounts.createOrganisation(directorate, seed))
  const clerk = value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed, { mustChange: false }))
  const { token } = value(await people.signIn(credentials, 'page'))
  const draft = await people.factors.draft(clerk.id, token)
  value(await people.factors.confirm(clerk.id, token, draft, codeAt(draft.secret, clock.now), address))
  clock.now += 60_000
  return draft.secret
}

const comesIn = async (people: People, secret: Buffer) => {
  clock.now += 60_000
  expect(codeOf(await people.signIn(credentials, 'token'))).toBe('codeNeeded')
  return codeOf(await people.signIn({ ...credentials, code: codeAt(secret, clock.now) }, 'token'))
}

const everyFloor = async (database: Database) => {
  for (const floor of floors) await migrateFloor(database, floor)
}

it('a backup has the secrets of second factors in its file of keys alone, under the passphrase, and brings them back elsewhere', () =>
  withDatabase(async ({ ledger }) => {
    await everyFloor(ledger.database)
    const secret = await withPeopleOf(ledger.database, testKeyRing, connect)
    const where = await backup(ledger.database)
    expect(where.manifest.keys).toMatchObject({ rows: 1, unopened: 0 })
    const { rows } = await ledger.database.pool.query<{ wrapped: Buffer }>('select wrapped from second_factor')
    const files = readdirSync(where.folder).filter((name) => name.endsWith('.zst'))
    const text = [where.keysFile, ...files.map((name) => join(where.folder, name))].map((file) =>
      zstdDecompressSync(readFileSync(file)).toString(),
    )
    for (const bytes of [secret, rows[0]?.wrapped ?? secret])
      for (const form of ['hex', 'base64'] as const) expect(text.join()).not.toContain(bytes.toString(form).replace(/=+$/, ''))
    await withNew(async (database) => {
      await restore(database, where)
      expect(await withPeopleOf(database, elsewhere, (people) => comesIn(people, secret))).toBe('yes')
    })
  }))

it('a rotation wraps them anew, and no key is forgotten before', () =>
  withDatabase(async ({ ledger }) => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-factor-keys-'))
    const sealed = floors.flatMap((floor) => floor.sealed ?? [])
    try {
      await everyFloor(ledger.database)
      const keyRing = keyRingIn(folder)
      const secret = await withPeopleOf(ledger.database, keyRing, connect)
      const { from, to } = turn(folder)
      const counts = async () => Object.fromEntries(await countByKey(ledger.database, keysIn(folder), sealed))
      expect(await counts()).toEqual({ [to]: 0, [from]: 1 })
      expect(await rewrapAll(ledger.database, keysIn(folder), sealed)).toEqual({ moved: 1, stood: 0, unopened: 0 })
      expect(await counts()).toEqual({ [to]: 1, [from]: 0 })
      rmSync(join(folder, `retired-${from}.key`))
      expect(await withPeopleOf(ledger.database, keyRingIn(folder), (people) => comesIn(people, secret))).toBe('yes')
    } finally {
      rmSync(folder, { recursive: true })
    }
  }))
