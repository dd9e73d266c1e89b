import { expect, it } from 'vitest'
import { migrateExchanges } from '../../src/gateway/journal/postgres/migrate.ts'
import { seenInPostgres, usualSeen } from '../../src/gateway/journal/postgres/seen.ts'
import type { IncomingMessage, Receipt } from '../../src/gateway/messages/channel.ts'
import { once } from '../../src/gateway/messages/once.ts'
import { newPair, now, personQuestion, sender } from '../../src/gateway/shep/contour.testing.ts'
import { envelopeBytes, readEnvelope } from '../../src/gateway/shep/envelope.ts'
import { readFault } from '../../src/gateway/shep/faults.ts'
import { syncNamespace } from '../../src/gateway/shep/names.ts'
import { shepServer } from '../../src/gateway/shep/server/server.ts'
import { requestMarkup } from '../../src/gateway/shep/write.ts'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { signBody } from '../../src/seal/xmldsig/sign.ts'
import { element } from '../../src/xml/write.ts'
import { withDatabase } from '../ledger/database.ts'

const pair = await newPair()

/** A server of one process: each has connections of its own. */
async function processOver(url: string, handled: string[], limits = usualSeen) {
  const database = openDatabase({ url })
  await migrateExchanges(database)
  const memory = seenInPostgres(database, limits)
  const server = shepServer({
    channel: 'sync',
    trust: pair.trustsParticipant,
    signer: null,
    now,
    seen: memory.seen,
    handlers: {
      async SendMessage({ messageId }) {
        handled.push(messageId)
        if (messageId.startsWith('breaks') && handled.length === 1) throw new Error('a breakage of ours')
        return {
          messageId: 'answer',
          correlationId: messageId,
          responseDate: now(),
          status: { code: 'SCSS001', message: '' },
          data: element('data', {}),
        }
      },
    },
  })
  return { ...memory, server, database, close: () => database.close() }
}

const question = (id: string) =>
  signBody(envelopeBytes(requestMarkup('SendMessage', syncNamespace, { ...personQuestion(id), sender })), pair.participant)

it('a message is taken once by two processes and after a restart; one that broke, or died with its process, may come again', () =>
  withDatabase(async ({ url }) => {
    const handled: string[] = []
    const [one, other] = [await processOver(url, handled), await processOver(url, handled)]
    const bytes = await question('m1')
    const answers = await Promise.all([one, other, one, other].map(({ server }) => server.handle(bytes)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 500, 500, 500])
    expect(handled).toEqual(['m1'])
    await Promise.all([one.close(), other.close()])
    const restarted = await processOver(url, handled)
    const again = await restarted.server.handle(bytes)
    expect(readFault(readEnvelope(again.body).content)?.error?.errorCode).toBe('SCE001')
    handled.length = 0
    const broken = await question('breaks')
    expect((await restarted.server.handle(broken)).fault).toBe('SCE909')
    expect((await restarted.server.handle(broken)).status).toBe(200)
    // Whoever took it and was killed: it is somebody else's after a while, not before.
    expect(await restarted.seen.take('of the dead')).toBe(true)
    expect(await restarted.seen.take('of the dead')).toBe(false)
    await restarted.database.pool.query(`update message_seen set held_until = now() - interval '1 second' where done_at is null`)
    expect(await restarted.seen.take('of the dead')).toBe(true)
    await restarted.close()
  }))

it('a receipt is given again after a restart, and a rejection as it was', () =>
  withDatabase(async ({ url }) => {
    const heard: IncomingMessage[] = []
    const said: Receipt[] = [
      { kind: 'accepted', at: now() },
      { kind: 'notAccepted', at: now(), resend: false, code: 'lawDiffers' },
    ]
    const take = async () => {
      const process = await processOver(url, [])
      const listener = async (message: IncomingMessage): Promise<Receipt> => said[heard.push(message) - 1] ?? expect.unreachable()
      return { take: once(listener, now, process.taken), close: process.close }
    }
    const message = (id: string) => ({ senderId: 'demo', messageId: id, payload: { message: `name ${id}` } }) as unknown as IncomingMessage // what `once` looks at
    const first = await take()
    expect([await first.take(message('1')), await first.take(message('2'))]).toEqual(said)
    await first.close()
    const second = await take()
    expect([await second.take(message('1')), await second.take(message('2'))]).toEqual(said)
    expect(heard).toHaveLength(2)
    await second.close()
  }))

it('no more is remembered than may be, and nothing for longer', () =>
  withDatabase(async ({ url }) => {
    const { seen, taken, database, close } = await processOver(url, [], { most: 500, days: 30, heldMs: 1000 })
    await database.pool.query(
      `insert into message_seen (kind, key, done_at, held_until)
       select 'seen', sha256(n::text::bytea), now(), now() - n * interval '1 hour' from generate_series(1, 2000) as n`,
    )
    await seen.take('looks')
    const { rows } = await database.pool.query<{ count: number; oldest: number }>(
      `select count(*)::integer as count, max(extract(day from now() - held_until))::integer as oldest from message_seen`,
    )
    expect(rows[0]?.count).toBeLessThanOrEqual(502)
    expect(rows[0]?.oldest).toBeLessThanOrEqual(30)
    await taken.keep('kept', { kind: 'accepted', at: now() })
    expect(await taken.find('kept')).toEqual({ kind: 'accepted', at: now() })
    await close()
  }))
