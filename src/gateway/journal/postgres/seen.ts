import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../../../ledger/postgres/database.ts'
import { type Receipt, rejectionCodes } from '../../messages/channel.ts'
import type { Taken } from '../../messages/once.ts'
import type { Seen } from '../../shep/server/seen.ts'

export interface SeenLimits {
  /** Rows of both kinds; the oldest give way. */
  readonly most: number
  /** Days for which a message is remembered. */
  readonly days: number
  /** Milliseconds for which whoever took a message has it alone: a process that died with it does not keep it away for good. */
  readonly heldMs: number
}

export const usualSeen: SeenLimits = { most: 1_000_000, days: 30, heldMs: 120_000 }

/** Between two looks at what may be forgotten. */
const forgetEvery = 1_000

const receipt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), at: z.string() }),
  z.object({ kind: z.literal('notAccepted'), at: z.string(), resend: z.boolean(), code: z.enum(rejectionCodes) }),
])

/** A digest: whoever sends chooses how long a name is. */
const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()

/** The memory of a receiver in the database: of two processes one takes a message, and none takes it again after a restart. */
export function seenInPostgres(
  database: Database,
  { most, days, heldMs }: SeenLimits = usualSeen,
): { readonly seen: Seen; readonly taken: Taken } {
  let since = forgetEvery
  const forget = async (): Promise<void> => {
    if (++since < forgetEvery) return
    since = 0
    await database.query({
      name: 'message_seen_forget',
      text: `
        delete from message_seen
        where held_until < now() - $1 * interval '1 day'
          or held_until < (select held_until from message_seen order by held_until desc offset $2 limit 1)`,
      values: [days, most],
    })
  }
  const seen: Seen = {
    async take(key) {
      await forget()
      const rows = await database.query({
        name: 'message_seen_take',
        text: `
          insert into message_seen as m (kind, key, held_until) values ('seen', $1, now() + $2 * interval '1 millisecond')
          on conflict (kind, key) do update set held_until = excluded.held_until where m.done_at is null and m.held_until < now()
          returning 1 as mine`,
        values: [digestOf(key), heldMs],
      })
      return rows.length === 1
    },
    async release(key) {
      await database.query({
        name: 'message_seen_release',
        text: `delete from message_seen where kind = 'seen' and key = $1 and done_at is null`,
        values: [digestOf(key)],
      })
    },
    async keep(key) {
      await database.query({
        name: 'message_seen_keep',
        text: `update message_seen set done_at = now() where kind = 'seen' and key = $1`,
        values: [digestOf(key)],
      })
    },
  }
  const taken: Taken = {
    async find(key) {
      const [row] = await database.query<{ receipt: unknown }>({
        name: 'message_taken',
        text: `select receipt from message_seen where kind = 'taken' and key = $1`,
        values: [digestOf(key)],
      })
      const read = receipt.safeParse(row?.receipt)
      return read.success ? read.data : null
    },
    async keep(key, said: Receipt) {
      await forget()
      await database.query({
        name: 'message_taken_keep',
        text: `
          insert into message_seen (kind, key, done_at, held_until, receipt) values ('taken', $1, now(), now(), $2)
          on conflict (kind, key) do nothing`,
        values: [digestOf(key), JSON.stringify(said)],
      })
    },
  }
  return { seen, taken }
}
