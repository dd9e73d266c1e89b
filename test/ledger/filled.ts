import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { destroyedBy, law, lawText } from './commands.ts'
import { openReplayable } from './replay.ts'

/** A ledger with one of everything: a case with values, a scan, a waiting effect, a reading; and a case that was destroyed. */
export async function fill(ledger: PostgresLedger) {
  await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
  await ledger.settings.set('demonstration', true)
  const command = openReplayable({ effects: [{ task: 'notify', key: 'accepted', payload: 'once' }] })
  const scan = await ledger.files.put(7, command.case, Buffer.alloc(600_000, 'scan'))
  await ledger.append(command)
  const destroyed = openReplayable()
  await ledger.append(destroyed)
  await ledger.destroy(7, destroyed.case, destroyedBy())
  await ledger.journal.record({
    home: 7,
    at: '2019-10-14T04:00:00Z',
    who: 'u1',
    role: 'clerk',
    purpose: 'step',
    cases: [{ home: 7, case: command.case }],
  })
  return { command, destroyed, scan }
}
