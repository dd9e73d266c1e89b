import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareWithBackup } from '../../src/ledger/backup/against.ts'
import { backup, passphrase, withFilled } from './backups.ts'
import { destroyedBy, move } from './commands.ts'
import { openReplayable } from './replay.ts'

describe('a ledger against its backup', () => {
  it('names cases that are missing, rolled back or changed, rows that are gone, and knows what was destroyed by an order', () =>
    withFilled(async (ledger, { command, destroyed }) => {
      const others = [openReplayable(), openReplayable(), openReplayable(), openReplayable()]
      for (const other of others) {
        await ledger.append(other)
        await ledger.append(move(other, 2))
      }
      const [gone, rolled, changed, moved] = others.map((other) => other.case)
      const where = await backup(ledger.database)
      await ledger.append(move(others[3] ?? command, 3))
      await ledger.append(openReplayable())
      await ledger.destroy(7, command.case, destroyedBy())
      const compare = () => compareWithBackup(ledger.database, where.folder, passphrase)
      expect(await compare()).toEqual({
        madeAt: '2026-11-26T08:00:00Z',
        cases: 6,
        destroyed: [command.case, destroyed.case].sort().map((number) => ({ home: 7, case: number })),
        problems: [],
      })
      // What an administrator of the database can do, whom no trigger stops.
      await ledger.database.pool.query(`
        set session_replication_role = replica;
        delete from event where case_number = '${gone}';
        delete from case_head where number = '${gone}';
        delete from event where case_number = '${rolled}' and seq = 3;
        update case_head as h set version = 2, head = e.hash from event as e where h.number = '${rolled}' and e.case_number = h.number and e.seq = 2;
        update event set hash = sha256(hash) where case_number = '${changed}' and seq = 3;
        delete from read_journal;
        update law_file set text = 'another law';
        set session_replication_role = origin`)
      const { problems } = await compare()
      expect(problems.map(({ kind, case: number, text }) => [kind, number, text.split(':')[0]])).toEqual([
        ['missing', gone, expect.stringContaining('no such case')],
        ['rolledBack', rolled, expect.stringContaining('3 events, the ledger 2')],
        ['changed', changed, expect.stringContaining('event 3 had the hash')],
        ['missing', '', expect.stringMatching(/^law_file [0-9a-f]{64}$/)],
        ['missing', '', expect.stringMatching(/^read_journal 7 /)],
      ])
      expect(problems.some(({ case: number }) => number === moved)).toBe(false)
    }))

  it('is not compared with a backup that is not whole, or that another passphrase sealed', () =>
    withFilled(async (ledger) => {
      const where = await backup(ledger.database)
      await expect(compareWithBackup(ledger.database, where.folder, 'басқа құпиясөз тіркесі')).rejects.toMatchObject({ code: 'passphrase' })
      truncateSync(join(where.folder, 'case_head.copy.zst'), 20)
      await expect(compareWithBackup(ledger.database, where.folder, undefined)).rejects.toMatchObject({ code: 'notWhole' })
    }))
})
