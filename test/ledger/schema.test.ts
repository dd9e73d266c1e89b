import { readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { describeSchema } from '../../src/ledger/postgres/describeSchema.ts'
import { migrate } from '../../src/ledger/postgres/migrate.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { dropDatabase, newDatabase, testKeyRing, withDatabase } from './database.ts'
import { testServer } from './server.ts'

const file = new URL('schema.txt', import.meta.url)

describe('the schema', () => {
  it('is the one that schema.txt shows (UPDATE_SCHEMA=1 writes it)', () =>
    withDatabase(async ({ ledger }) => {
      const found = await describeSchema(ledger.database.pool)
      if (process.env.UPDATE_SCHEMA) writeFileSync(file, found)
      expect(found).toBe(readFileSync(file, 'utf8'))
    }))

  it('has no sequence, and no unique or foreign key that spans homes', () =>
    withDatabase(async ({ ledger }) => {
      const { rows: sequences } = await ledger.database.pool.query(
        `select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
      )
      expect(sequences).toEqual([])
      const { rows: keys } = await ledger.database.pool.query<{ name: string }>(
        `select x.indexrelid::regclass::text as name
         from pg_index as x
         join pg_class as c on c.oid = x.indrelid and c.relnamespace = 'public'::regnamespace
         join pg_attribute as first on first.attrelid = c.oid and first.attnum = x.indkey[0]
         where x.indisunique and first.attname <> 'home'
         order by 1`,
      )
      // Of the installation, not of cases: copied whole to every shard. Seals are over all homes, and the one sealer writes them, no command.
      expect(keys.map((key) => key.name)).toEqual([
        'evidence_stamp_pkey',
        'law_file_pkey',
        'law_version_pkey',
        'migration_pkey',
        'seal_node_pkey',
        'seal_pkey',
        'setting_pkey',
      ])
      const { rows: foreign } = await ledger.database.pool.query(
        `select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
      )
      expect(foreign).toEqual([])
    }))

  it('is made once when many servers start together', async () => {
    const urlOf = await testServer()
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    await client.query(`create database together template template0 encoding 'UTF8'`)
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => openLedger({ url: urlOf('together'), keyRing: testKeyRing })))
    expect(await describeSchema(ledgers[0]?.database.pool ?? expect.fail())).toBe(readFileSync(file, 'utf8'))
    await Promise.all(ledgers.map((ledger) => ledger.close()))
    await client.query('drop database together')
    await client.end()
  })

  it('of a newer release is refused', () =>
    withDatabase(async ({ ledger }) => {
      await ledger.database.pool.query('insert into migration (number) values (999999)')
      await expect(migrate(ledger.database)).rejects.toMatchObject({ name: 'UnfitDatabase', code: 'newer', found: '999999' })
    }))

  it('is refused in a database that is not UTF8', async () => {
    const urlOf = await testServer()
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    await client.query(`create database ascii template template0 encoding 'SQL_ASCII' locale 'C' locale_provider libc`)
    await expect(openLedger({ url: urlOf('ascii'), keyRing: testKeyRing })).rejects.toMatchObject({ code: 'encoding', found: 'SQL_ASCII' })
    await client.query('drop database ascii with (force)')
    await client.end()
  })

  it('comes with a template that is whole', async () => {
    const url = await newDatabase()
    await dropDatabase(url)
    await expect(openLedger({ url, keyRing: testKeyRing })).rejects.toThrow(/does not exist/)
  })
})
