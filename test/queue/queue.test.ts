import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { queueContract } from '../../src/queue/contract.ts'
import { sealLine } from '../../src/queue/line.ts'
import { logInPostgres } from '../../src/queue/postgres/log.ts'
import { migrateQueue } from '../../src/queue/postgres/migrate.ts'
import { openQueue } from '../../src/queue/postgres/open.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

const letters = { attestation: 'Д', housing: 'Б' }
const homeOf = (branch: string): number => (branch.startsWith('almaty') ? 75 : 15)

queueContract('in PostgreSQL, three servers', async () => {
  const url = await newDatabase()
  const databases = [1, 2, 3].map(() => openDatabase({ url, connections: 4 }))
  const [first, ...others] = await Promise.all(databases.map((database) => openQueue(database, homeOf, { letters })))
  const [database] = databases
  if (first === undefined || database === undefined) throw new Error('three were opened')
  return {
    queues: [first, ...others],
    restart: () => openQueue(database, homeOf, { letters }),
    stop: async () => {
      for (const each of databases) await each.close()
      await dropDatabase(url)
    },
  }
})

describe('the log of a hall in PostgreSQL', () => {
  it('knows its own line again when the first answer was lost', async () => {
    const url = await newDatabase()
    const database = openDatabase({ url })
    await migrateQueue(database)
    let losses = 1
    // The server commits, and the connection falls before the answer: the statement is repeated as it was.
    const losing: typeof database = {
      ...database,
      async query(statement) {
        const first = await database.query(statement)
        return losses-- > 0 ? database.query(statement) : first
      },
    } as typeof database // one generic method is replaced by itself, called twice
    const line = sealLine(
      { branch: 'b', day: '2019-10-14', seq: 1, at: '2019-10-14T09:00:00+05:00', act: 'taken', number: 'Д-001', details: {} },
      '',
    )
    expect(await logInPostgres(losing, homeOf).append(line)).toBe(true)
    expect(await logInPostgres(database, homeOf).append(line)).toBe(false)
    expect(await logInPostgres(database, homeOf).read('b', '2019-10-14', 0)).toEqual([line])
    await database.close()
    await dropDatabase(url)
  })
})
