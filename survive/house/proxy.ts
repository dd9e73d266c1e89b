import { createConnection, createServer, type NetConnectOpts, type Socket } from 'node:net'

/**
 * Where a connection is cut: `before` the command is forwarded; `sent` as soon as it was, so that nobody knows whether it commits;
 * `answered` when the database has committed and said so, and the answer has not gone on.
 */
export type Cut = 'before' | 'sent' | 'answered'

/** What is cut: an append of the ledger, or a statement by which an effect is taken in hand or ended. */
export type Aim = 'append' | 'effect'

/** Stands between servers and database, and can cut a connection around a commit. */
export interface CommitProxy {
  readonly port: number
  /** Cuts the connection of the next statement that is aimed at; resolves when it is cut. */
  cut(aim: Aim, how: Cut): Promise<void>
  /** What was asked to be cut and has not come by is let through. */
  disarm(): void
  /** Cuts all connections at once. */
  dropAll(): void
  close(): Promise<void>
}

export async function openProxy(upstream: NetConnectOpts): Promise<CommitProxy> {
  const pairs = new Set<() => void>()
  const armed: Armed[] = []
  const server = createServer({ noDelay: true }, (client) => {
    const database = createConnection(upstream)
    const drop = () => {
      client.destroy()
      database.destroy()
      pairs.delete(drop)
    }
    pairs.add(drop)
    for (const one of [client, database]) one.on('error', drop).on('close', drop)
    carry(client, database, drop, (aim) => take(armed, aim))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    cut: (aim, how) => new Promise((done) => armed.push({ aim, how, done })),
    disarm: () => void armed.splice(0),
    dropAll: () => {
      for (const drop of [...pairs]) drop()
    },
    close: async () => {
      for (const drop of [...pairs]) drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Armed {
  readonly aim: Aim
  readonly how: Cut
  readonly done: () => void
}

function take(armed: Armed[], aim: Aim): Armed | undefined {
  const place = armed.findIndex((one) => one.aim === aim)
  return place < 0 ? undefined : armed.splice(place, 1)[0]
}

/** One connection. What the client sends is read message by message (PostgreSQL's protocol 3): a statement is known by its text. */
function carry(client: Socket, database: Socket, drop: () => void, next: (aim: Aim) => Armed | undefined): void {
  const aims = new Map<string, Aim | undefined>()
  const fromClient = messages(true)
  let cut: Armed | undefined
  let answer: ((chunk: Buffer) => Buffer[]) | undefined
  const finish = () => {
    cut?.done()
    drop()
  }
  client.on('data', (chunk: Buffer) => {
    for (const message of fromClient(chunk)) {
      if (letter(message) === 'P') aims.set(firstText(message), aimOf(message))
      const aim = letter(message) === 'B' ? aims.get(statementOf(message)) : undefined
      if (cut === undefined && aim !== undefined) {
        cut = next(aim)
        if (cut?.how === 'before') return finish()
        if (cut?.how === 'answered') answer = messages(false)
      }
      if (cut?.how === 'sent' && letter(message) === 'S') {
        // The rest leaves and the connection ends; the client is told nothing.
        database.end(message)
        client.destroy()
        cut.done()
        return
      }
      database.write(message)
    }
  })
  database.on('data', (chunk: Buffer) => {
    if (answer === undefined) client.write(chunk)
    else if (answer(chunk).some((message) => letter(message) === 'Z')) finish()
  })
}

const letter = (message: Buffer): string => String.fromCharCode(message[0] ?? 0)

/** Whole messages out of pieces; a client's first one has no letter. */
function messages(startsBare: boolean): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0)
  let bare = startsBare
  return (chunk) => {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    const whole: Buffer[] = []
    for (;;) {
      const head = bare ? 0 : 1
      if (rest.length < head + 4) return whole
      const length = head + rest.readUInt32BE(head)
      if (rest.length < length) return whole
      whole.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      bare = false
    }
  }
}

/** Of a Parse message. */
function aimOf(message: Buffer): Aim | undefined {
  if (message.includes('qyzmet_append')) return 'append'
  return message.includes('_private_jobs') ? 'effect' : undefined
}

/** Of a Parse message: the statement's name. */
const firstText = (message: Buffer): string => message.toString('utf8', 5, message.indexOf(0, 5))

/** Of a Bind message: the second text. */
function statementOf(message: Buffer): string {
  const from = message.indexOf(0, 5) + 1
  return message.toString('utf8', from, message.indexOf(0, from))
}
