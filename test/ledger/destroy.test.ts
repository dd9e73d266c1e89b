import { expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { anEvent, destroyedBy, law, lawText, move } from './commands.ts'
import { testKeyRing, withDatabase } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

it('a destruction on one server reaches what another one remembers, what waits, and what only repeats a request', () =>
  withDatabase(async ({ ledger, url }) => {
    const other = await openLedger({ url, keyRing: testKeyRing })
    try {
      await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
      const command = openReplayable({ effects: [{ task: 'notify', key: 'accepted', payload: { name: 'Айгүл Сейтқали' } }] })
      await ledger.append(command)
      await ledger.files.put(7, command.case, Buffer.from('scan'))
      const { pool } = ledger.database
      const waiting = async () => (await pool.query(`select from graphile_worker.jobs where key like '7/${command.case}/%'`)).rowCount
      expect(await waiting()).toBe(1)
      const done = await Promise.all([
        other.destroy(7, command.case, destroyedBy()),
        other.destroy(7, command.case, destroyedBy()),
        ledger.destroy(7, command.case, destroyedBy()),
      ])
      expect(done.filter(Boolean)).toHaveLength(1)
      expect(await waiting()).toBe(0)
      await expect(ledger.files.put(7, command.case, Buffer.from('late'))).rejects.toThrow('destroyed')
      // The one that remembers the case decides on what it was, and is told that it has moved.
      expect(await ledger.append(move(command, 2, { events: [anEvent('named', {}, { name: 'x' })] }))).toMatchObject({ kind: 'conflict' })
      const { rows } = await pool.query('select request_hash from command where case_number = $1', [command.case])
      expect(rows).toEqual([{ request_hash: '' }, { request_hash: '' }])
      expect((await verify(ledger.database, testKeyRing, { rowsOf })).problems).toEqual([])
    } finally {
      await other.close()
    }
  }))
