import { expect, it } from 'vitest'
import { verify } from '../../src/ledger/verify/verify.ts'
import { rebuildStaleViews } from '../../src/ledger/views/rebuild.ts'
import { destroyedBy, law, lawText } from './commands.ts'
import { testKeyRing, withDatabase } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

it('views that a migration left behind are built anew from the events, once', () =>
  withDatabase(async ({ ledger }) => {
    await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
    const commands = [openReplayable(), openReplayable(), openReplayable()]
    for (const command of commands) await ledger.append(command)
    const [first, second, third] = commands
    await ledger.destroy(7, third?.case ?? '', destroyedBy())
    const problems = async () => (await verify(ledger.database, testKeyRing, { rowsOf })).problems
    expect(await rebuildStaleViews(ledger.database, testKeyRing, async () => rowsOf)).toBe(0)
    await ledger.database.pool.query(
      `delete from case_view where case_number = '${first?.case}'; update work_item set step = 'wrong' where case_number = '${second?.case}';
       insert into setting (name, value) values ('viewsStale', 'true')`,
    )
    expect(await problems()).toHaveLength(2)
    expect(await rebuildStaleViews(ledger.database, testKeyRing, async () => rowsOf)).toBe(2)
    expect(await problems()).toEqual([])
    expect(await rebuildStaleViews(ledger.database, testKeyRing, async () => rowsOf)).toBe(0)
  }))
