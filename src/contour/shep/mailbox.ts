import { randomUUID } from 'node:crypto'
import type { MessageState, MessageType } from '../../gateway/messages/channel.ts'
import type { ContourClock } from '../clock.ts'
import type { State } from '../state/state.ts'

/** A message that the gateway has taken. */
export interface Letter {
  readonly seq: number
  readonly id: string
  readonly correlation: string
  readonly service: string
  readonly type: MessageType
  readonly sender: string
  /** senderId of whom it is for; `workstation` is the contour's own. */
  readonly receiver: string
  readonly messageDate: string
  /** The inside of `messageData/data`, as it came. */
  readonly data: string
  readonly state: MessageState
  readonly code: string | null
  readonly reason: string | null
  readonly changedAt: string
  readonly tries: number
  /** How often it goes out the first time. */
  readonly copies: number
}

export interface Posting {
  readonly type: MessageType
  readonly correlation?: string
  readonly service: string
  readonly sender: string
  readonly messageDate: string
  readonly data: string
}

export type Posted =
  | { readonly kind: 'posted'; readonly id: string; readonly correlation: string; readonly receiver: string }
  | { readonly kind: 'noService' | 'noTalk' | 'notOfTalk' | 'full' }

/** What a fault does to a message on its way: `laterMs` lets others overtake it, of `copies` each is handed out once. */
export interface Oddity {
  readonly laterMs: number
  readonly copies: number
}

export interface Delivery {
  readonly accepted: boolean
  readonly resend: boolean
  readonly code?: string
  readonly reason?: string
}

export interface MailboxLimits {
  /** Messages that nobody has taken yet. */
  readonly waiting: number
  /** Messages kept after their end, for `getMessageStatus`. */
  readonly ended: number
  /** A message handed out is not handed out again for so long, unless its receiver says no. */
  readonly leaseMs: number
  /** First wait after a failed push; doubled up to a minute. */
  readonly retryMs: number
  /** Pushes and fetches until the gateway gives up. */
  readonly tries: number
}

export interface Mailbox {
  /** `receiverOf` says who serves a service. */
  post(posting: Posting, receiverOf: (service: string) => string | null, oddity?: Oddity): Promise<Posted>
  /** The receiver's word; `unknown` where there is no such message for this receiver. */
  deliver(id: string, receiver: string, delivery: Delivery): Promise<'kept' | 'unknown'>
  /** What its sender may know. */
  status(id: string, sender: string): Letter | null
  /** For getMessages: oldest first; those handed out a moment ago only when asked for by name. */
  fetch(receiver: string, wish: { service: string; message?: string; correlation?: string; amount: number }): Promise<Letter[]>
  /** Takes up to `most` messages that may be pushed to this receiver now, one of a talk, and holds them for the lease. */
  takeDue(receiver: string, most: number): Promise<Letter[]>
  /** A push failed: again later, or given up. */
  failed(letter: Letter, reason: string): Promise<void>
  /** Messages whose end their senders were not told yet. */
  untold(most: number): Letter[]
  markTold(seq: number): Promise<void>
  list(most: number, state?: MessageState): Letter[]
  counts(): { readonly waiting: number; readonly delivered: number; readonly notDelivered: number }
}

export function openMailbox(state: State, clock: ContourClock, limits: MailboxLimits): Mailbox {
  const sql = statements(state)
  // Counted once and then kept in step: counting thousands at every message would cost more than taking it.
  let counted: number | null = null
  state.whenForgotten(() => {
    counted = null
  })
  const waiting = (): number => {
    counted ??= Number(sql.waiting.get()?.n ?? 0)
    return counted
  }
  let posts = 0

  function post(posting: Posting, receiverOf: (service: string) => string | null, { laterMs, copies }: Oddity): Posted {
    if (waiting() >= limits.waiting) return { kind: 'full' }
    const talk = openTalk(posting, receiverOf)
    if (talk.kind !== 'talk') return talk
    const { correlation, receiver } = talk
    const id = randomUUID()
    const { service, type, sender, messageDate, data } = posting
    sql.insert.run(
      id,
      correlation,
      service,
      type,
      sender,
      receiver,
      messageDate,
      data,
      'ON_DELIVERY',
      clock.now(),
      clock.ms() + laterMs,
      copies,
    )
    counted = waiting() + 1
    if (++posts % 100 === 0) {
      sql.trim.run(limits.ended)
      sql.trimTalks.run(2 * (limits.ended + limits.waiting))
    }
    return { kind: 'posted', id, correlation, receiver }
  }

  function openTalk({ type, correlation, service, sender }: Posting, receiverOf: (service: string) => string | null) {
    if (type === 'REQUEST') {
      const receiver = receiverOf(service)
      if (receiver === null) return { kind: 'noService' as const }
      const made = randomUUID()
      sql.talk.run(made, service, sender, receiver, clock.now())
      return { kind: 'talk' as const, correlation: made, receiver }
    }
    const talk = correlation === undefined ? undefined : sql.findTalk.get(correlation)
    if (talk === undefined) return { kind: 'noTalk' as const }
    const [requester, server] = [String(talk.requester), String(talk.server)]
    if (sender !== requester && sender !== server) return { kind: 'notOfTalk' as const }
    return { kind: 'talk' as const, correlation: String(talk.correlation), receiver: sender === server ? requester : server }
  }

  const end = (id: string, to: MessageState, code: string | null, reason: string | null) => {
    const before = waiting()
    const { changes } = sql.change.run(to, code, reason?.slice(0, 250) ?? null, clock.now(), id)
    counted = before - Number(changes)
  }

  function deliver(id: string, receiver: string, { accepted, resend, code, reason }: Delivery): 'kept' | 'unknown' {
    const row = sql.find.get(id)
    if (row === undefined || row.receiver !== receiver) return 'unknown'
    // A second word changes nothing: the first one has been told.
    if (row.state !== 'ON_DELIVERY') return 'kept'
    if (accepted) end(id, 'DELIVERED', null, null)
    else if (!resend) end(id, 'NOT_DELIVERED', code ?? null, reason ?? null)
    else again(toLetter(row), reason ?? code ?? null)
    return 'kept'
  }

  function again(letter: Letter, reason: string | null) {
    if (letter.tries >= limits.tries) end(letter.id, 'DELIVERY_STOPPED', null, reason)
    else sql.later.run(clock.ms() + Math.min(60_000, limits.retryMs * 2 ** Math.min(letter.tries, 16)), letter.id)
  }

  function take(rows: Letter[]): Letter[] {
    for (const { seq } of rows) sql.hold.run(clock.ms() + limits.leaseMs, seq)
    // A doubled message goes out twice the first time, under one id.
    return rows.flatMap((letter) =>
      Array.from({ length: letter.tries === 0 ? letter.copies : 1 }, () => ({ ...letter, tries: letter.tries + 1 })),
    )
  }

  return {
    post: (posting, receiverOf, oddity = { laterMs: 0, copies: 1 }) => state.durably(() => post(posting, receiverOf, oddity)),
    deliver: (id, receiver, delivery) => state.durably(() => deliver(id, receiver, delivery)),
    status(id, sender) {
      const row = sql.find.get(id)
      return row === undefined || row.sender !== sender ? null : toLetter(row)
    },
    fetch: (receiver, { service, message, correlation, amount }) =>
      state.durably(() => {
        const named = message !== undefined || correlation !== undefined
        const before = named ? Number.MAX_SAFE_INTEGER : clock.ms()
        const found = sql.fetch.all(
          receiver,
          service,
          before,
          message ?? null,
          message ?? null,
          correlation ?? null,
          correlation ?? null,
          amount,
        )
        return take(found.map(toLetter))
      }),
    async takeDue(receiver, most) {
      const found = sql.due.all(receiver, clock.ms(), clock.ms(), most)
      return found.length === 0 ? [] : state.durably(() => take(found.map(toLetter)))
    },
    failed: ({ id }, reason) =>
      state.durably(() => {
        // The receiver may have said its word before its call broke down.
        const row = sql.find.get(id)
        if (row?.state === 'ON_DELIVERY') again(toLetter(row), reason)
      }),
    untold: (most) => sql.untold.all(most).map(toLetter),
    markTold: (seq) =>
      state.durably(() => {
        sql.told.run(seq)
      }),
    list: (most, which) => (which === undefined ? sql.list.all(most) : sql.listOf.all(which, most)).map(toLetter),
    counts: () => ({
      waiting: waiting(),
      delivered: Number(sql.count.get('DELIVERED')?.n ?? 0),
      notDelivered: Number(sql.count.get('NOT_DELIVERED')?.n ?? 0) + Number(sql.count.get('DELIVERY_STOPPED')?.n ?? 0),
    }),
  }
}

function statements({ db }: State) {
  return {
    waiting: db.prepare("select count(*) as n from messages where state = 'ON_DELIVERY'"),
    count: db.prepare('select count(*) as n from messages where state = ?'),
    insert: db.prepare(
      `insert into messages (id, correlation, service, type, sender, receiver, message_date, data, state, changed_at, due_ms, copies)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    trim: db.prepare(
      `delete from messages where state <> 'ON_DELIVERY' and told = 1
         and seq <= (select seq from messages order by seq desc limit 1 offset ?)`,
    ),
    // The oldest talks of which nothing is kept any more.
    trimTalks: db.prepare(
      `delete from talks where rowid <= (select rowid from talks order by rowid desc limit 1 offset ?)
         and not exists (select 1 from messages where messages.correlation = talks.correlation)`,
    ),
    talk: db.prepare('insert into talks (correlation, service, requester, server, begun_at) values (?, ?, ?, ?, ?)'),
    findTalk: db.prepare('select correlation, requester, server from talks where correlation = ?'),
    find: db.prepare('select * from messages where id = ?'),
    change: db.prepare("update messages set state = ?, code = ?, reason = ?, changed_at = ? where id = ? and state = 'ON_DELIVERY'"),
    later: db.prepare('update messages set due_ms = ? where id = ?'),
    hold: db.prepare('update messages set due_ms = ?, tries = tries + 1 where seq = ?'),
    fetch: db.prepare(
      `select * from messages where receiver = ? and service = ? and state = 'ON_DELIVERY' and due_ms <= ?
         and (? is null or id = ?) and (? is null or correlation = ?) order by seq limit ?`,
    ),
    // Of one talk the oldest only: the gateway keeps the order where it can, but for those that `reorder` holds back.
    due: db.prepare(
      `select * from messages as m where receiver = ? and state = 'ON_DELIVERY' and due_ms <= ?
         and not exists (select 1 from messages as o where o.correlation = m.correlation and o.receiver = m.receiver
           and o.state = 'ON_DELIVERY' and o.seq < m.seq and (o.tries > 0 or o.due_ms <= ?))
       order by seq limit ?`,
    ),
    untold: db.prepare("select * from messages where told = 0 and state <> 'ON_DELIVERY' order by seq limit ?"),
    told: db.prepare('update messages set told = 1 where seq = ?'),
    list: db.prepare('select * from messages order by seq desc limit ?'),
    listOf: db.prepare('select * from messages where state = ? order by seq desc limit ?'),
  }
}

const nullable = (value: unknown) => (value === null || value === undefined ? null : String(value))

function toLetter(row: Record<string, unknown>): Letter {
  return {
    seq: Number(row.seq),
    id: String(row.id),
    correlation: String(row.correlation),
    service: String(row.service),
    type: row.type as MessageType, // the schema of the envelope has let no other in
    sender: String(row.sender),
    receiver: String(row.receiver),
    messageDate: String(row.message_date),
    data: String(row.data),
    state: row.state as MessageState, // written by this file alone
    code: nullable(row.code),
    reason: nullable(row.reason),
    changedAt: String(row.changed_at),
    tries: Number(row.tries),
    copies: Number(row.copies),
  }
}
