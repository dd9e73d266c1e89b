import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { migrate } from '../../src/ledger/postgres/migrate.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { testServer, type UrlOf } from './server.ts'

export interface TestDatabase {
  url: string
  ledger: PostgresLedger
}

/** The installation's key of every test ledger: 32 bytes that are no secret. */
export const testKeyRing = keyRingOf(Buffer.alloc(32, 'qyzmet'))

/** A fresh, migrated database with a ledger over it; both are gone afterwards. */
export async function withDatabase<T>(work: (test: TestDatabase) => Promise<T>): Promise<T> {
  const url = await newDatabase()
  const ledger = await openLedger({ url, keyRing: testKeyRing })
  try {
    return await work({ url, ledger })
  } finally {
    await ledger.close()
    await dropDatabase(url)
  }
}

/** A copy of a migrated template: quicker than migrating anew. */
export async function newDatabase(): Promise<string> {
  const urlOf = await testServer()
  await ensureTemplate(urlOf)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(urlOf, (client) => client.query(`create database ${name} template ${template} strategy file_copy`))
  return urlOf(name)
}

/** A database without a table. */
export async function emptyDatabase(): Promise<string> {
  const urlOf = await testServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(urlOf, (client) => client.query(`create database ${name} template template0 encoding 'UTF8'`))
  return urlOf(name)
}

export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url.replace('@/', '@socket/')).pathname.slice(1)
  await administer(await testServer(), (client) => client.query(`drop database if exists ${name} with (force)`))
}

const template = `qyzmet_template_${process.env.VITEST_POOL_ID ?? '0'}_${process.pid}`
let templated: Promise<void> | undefined

function ensureTemplate(urlOf: UrlOf): Promise<void> {
  templated ??= makeTemplate(urlOf)
  return templated
}

/** One for each process of the run: `create database` copies a template only while nobody is connected to it. */
async function makeTemplate(urlOf: UrlOf): Promise<void> {
  await administer(urlOf, (client) => client.query(`create database ${template} template template0 encoding 'UTF8'`))
  const database = openDatabase({ url: urlOf(template) })
  await migrate(database)
  await database.close()
}

async function administer(urlOf: UrlOf, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  await work(client)
  await client.end()
}
