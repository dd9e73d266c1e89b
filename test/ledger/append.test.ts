import { describe, expect, it } from 'vitest'
import { anEvent, move, open } from './commands.ts'
import { withDatabase } from './database.ts'

describe('appending', () => {
  it('keeps what was given, and gives it back in order with personal values opened', () =>
    withDatabase(async ({ ledger }) => {
      const command = open()
      expect(await ledger.append(command)).toEqual({ kind: 'appended', version: 2, result: command.result })
      const loaded = await ledger.load(7, command.case)
      expect(loaded?.events).toMatchObject(command.events.map(({ personal, ...event }) => (personal ? { ...event, personal } : event)))
      expect(await ledger.append(move(command, 2))).toMatchObject({ kind: 'appended', version: 3 })
      expect((await ledger.load(7, command.case))?.version).toBe(3)
      expect(await ledger.append(move(command, 2, { events: [anEvent('late')] }))).toEqual({ kind: 'conflict', version: 3 })
    }))
})
