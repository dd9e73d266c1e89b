import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import pg from 'pg'
import { expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { move, open } from './commands.ts'
import { dropDatabase, newDatabase, testKeyRing } from './database.ts'

/** The same server behind two addresses, of which one is there: what a failover looks like from where we stand. The real one: `npm run bench:failover`. */
it('goes where writes are taken, and again when that has changed under load', async () => {
  const url = await newDatabase()
  const [a, b] = [await address(url), await address(url)]
  await b.shut()
  const ledger = await openLedger({
    url: `postgresql://${a.userOf(url)}@127.0.0.1:${b.port},127.0.0.1:${a.port}${a.pathOf(url)}?target_session_attrs=read-write`,
    keyRing: testKeyRing,
  })
  try {
    const first = open()
    expect((await ledger.append(first)).kind).toBe('appended')
    const many = Array.from({ length: 20 }, () => open())
    const under = Promise.all(many.map((command) => ledger.append(command)))
    await b.reopen()
    await a.shut()
    // Sent before or after, over the one or the other: each is done once.
    expect(new Set((await under).map(({ kind }) => kind))).toSatisfy((kinds: Set<string>) =>
      [...kinds].every((kind) => kind === 'appended' || kind === 'repeated'),
    )
    expect((await ledger.append(move(first, 2))).kind).toBe('appended')
    for (const { home, case: number } of many) expect((await ledger.load(home, number))?.version).toBe(2)
  } finally {
    await ledger.close()
    await b.shut()
    await dropDatabase(url)
  }
})

it('is told when no server takes writes', async () => {
  const url = await newDatabase()
  const a = await address(url)
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`)
  await client.end()
  const both = `postgresql://${a.userOf(url)}@127.0.0.1:1,127.0.0.1:${a.port}${a.pathOf(url)}`
  await expect(openLedger({ url: both, keyRing: testKeyRing, patienceMs: 300 })).rejects.toThrow('no server takes writes')
  await a.shut()
  await dropDatabase(url)
})

/** A TCP port in front of the tests' server, which may have only a socket. */
async function address(url: string) {
  const { host, port } = new pg.Client(url)
  const open = new Set<Socket>()
  const pass = (incoming: Socket) => {
    const outgoing = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const socket of [incoming, outgoing]) open.add(socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket)))
    incoming.pipe(outgoing).pipe(incoming)
  }
  let server: Server = createServer(pass).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const listening = (server.address() as AddressInfo).port // as: it listens on TCP
  return {
    port: listening,
    userOf: (of: string) => new pg.Client(of).user ?? '',
    pathOf: (of: string) => `/${new pg.Client(of).database ?? ''}`,
    shut: async () => {
      server.close()
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => setImmediate(resolve))
    },
    reopen: async () => {
      server = createServer(pass).listen(listening, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}
