import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetRetired, idOf, keysIn, prepareNext, turn } from '../../src/ledger/keys/keyFolder.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { countByKey, rewrapAll } from '../../src/ledger/keys/rewrap.ts'
import type { Database } from '../../src/ledger/postgres/database.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { destroyedBy, law, lawText } from './commands.ts'
import { dropDatabase, newDatabase } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

let folder: string
let url: string
let ledger: PostgresLedger
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qyzmet-rotate-'))
  url = await newDatabase()
  ledger = await openLedger({ url, keyRing: keyRingIn(folder) })
  await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
})
afterEach(async () => {
  await ledger.close()
  await dropDatabase(url)
  rmSync(folder, { recursive: true })
})

const heads = async () => (await ledger.database.pool.query('select number, version, head from case_head order by number')).rows
const problems = async () => (await verify(ledger.database, keyRingIn(folder), { rowsOf })).problems
const counts = async () => Object.fromEntries(await countByKey(ledger.database, keysIn(folder)))
const form = { of: null, staff: 'u1', action: '/intake', values: '{"name":"Айгүл"}', savedAt: 1, until: 9_000_000_000_000 }

async function somethingKept(): Promise<readonly string[]> {
  const commands = Array.from({ length: 5 }, () => openReplayable())
  for (const command of commands) {
    await ledger.append(command)
    await ledger.files.put(7, command.case, Buffer.from(`scan of ${command.case}`))
  }
  await ledger.savedForms.keep(form)
  return commands.map((command) => command.case)
}

it('wraps every key anew and touches no chain; a server that runs goes on; a destroyed key stays destroyed', async () => {
  const [first = ''] = await somethingKept()
  await ledger.destroy(7, first, destroyedBy())
  const before = await heads()
  const { from, to } = turn(folder)
  expect(readdirSync(folder).sort()).toEqual(['master.key', `retired-${from}.key`])
  expect(await counts()).toEqual({ [to]: 0, [from]: 5 })
  // Between the turn and the wrapping, and after it, the same server reads, writes and checks.
  await ledger.append(openReplayable())
  expect(await rewrapAll(ledger.database, keysIn(folder))).toEqual({ moved: 5, stood: 1, unopened: 0 })
  expect(await counts()).toEqual({ [to]: 6, [from]: 0 })
  expect(await problems()).toEqual([])
  expect((await heads()).slice(0, before.length)).toEqual(before)
  expect(await ledger.savedForms.find(form, 2)).toMatchObject({ values: form.values })
  // The old key is nothing any more.
  forgetRetired(folder, from)
  expect(await problems()).toEqual([])
  const { rows } = await ledger.database.pool.query('select wrapped from case_key where case_number = $1', [first])
  expect(rows).toEqual([{ wrapped: null }])
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600)
})

it('may be killed between any two of its steps: everything opens, and the next one ends it', async () => {
  await somethingKept()
  const old = keysIn(folder)[0]?.id ?? ''
  const opens = async () => expect(await problems()).toEqual([])
  const next = prepareNext(folder).id
  await opens()
  linkSync(join(folder, 'master.key'), join(folder, `retired-${old}.key`))
  await opens()
  expect(keysIn(folder).map(({ id }) => id)).toEqual([old, next])
  expect(turn(folder)).toEqual({ from: old, to: next })
  await opens()
  // The connection goes in the middle of the wrapping: after the cases, before the forms.
  let pages = 0
  const broken: Database = {
    ...ledger.database,
    query: (statement) => {
      if (statement.name.startsWith('page_')) pages += 1
      return pages > 1 ? Promise.reject(new Error('killed')) : ledger.database.query(statement)
    },
  }
  await expect(rewrapAll(broken, keysIn(folder))).rejects.toThrow('killed')
  expect(await counts()).toEqual({ [next]: 5, [old]: 1 })
  await opens()
  await Promise.all([rewrapAll(ledger.database, keysIn(folder)), rewrapAll(ledger.database, keysIn(folder))])
  expect(await counts()).toEqual({ [next]: 6, [old]: 0 })
  await opens()
})

it('a process that is killed at any moment leaves a whole folder', async () => {
  keyRingIn(folder)
  const module = join(import.meta.dirname, '../../src/ledger/keys/keyFolder.ts')
  const script = `const { turn } = await import(${JSON.stringify(module)}); console.log('ready'); for (;;) turn(${JSON.stringify(folder)})`
  const known = new Set(keysIn(folder).map(({ id }) => id))
  for (const [round, delay] of [5, 20, 45].entries()) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await new Promise((done) => setTimeout(done, delay))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const now = new Set(keysIn(folder).map(({ id }) => id))
    expect(
      [...known].filter((id) => !now.has(id)),
      `round ${round}`,
    ).toEqual([])
    expect(existsSync(join(folder, 'master.key'))).toBe(true)
    for (const id of now) known.add(id)
  }
  expect(known.size).toBeGreaterThan(2)
})

it('says nothing of a key by its id, and refuses a damaged file', () => {
  keyRingIn(folder)
  const text = readFileSync(join(folder, 'master.key'), 'utf8').trim()
  const key = Buffer.from(text, 'base64')
  expect(key.toString('hex')).not.toContain(idOf(key))
  prepareNext(folder)
  chmodSync(join(folder, 'next.key'), 0o600)
  expect(keysIn(folder).map(({ state }) => state)).toEqual(['current', 'next'])
})
