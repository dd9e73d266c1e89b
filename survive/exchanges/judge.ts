import { viewsOfEvents } from '../../src/desk/views.ts'
import { tempStorageService } from '../../src/gateway/files/tempStorage.ts'
import type { ExchangeRow } from '../../src/gateway/journal/journal.ts'
import { registerService } from '../../src/gateway/register/register.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import type { Passage } from './contour.ts'
import type { Driven, Stranded } from './drive.ts'
import type { Stage, StageNode } from './stage.ts'

export interface Wrong {
  readonly kind: string
  readonly text: string
}

export interface Judged {
  readonly wrong: readonly Wrong[]
  readonly counts: Readonly<Record<string, number>>
}

export interface Event {
  readonly seq: number
  readonly hash: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}
export type Row = Pick<ExchangeRow, 'key' | 'attempt' | 'service' | 'direction' | 'messageId' | 'outcome'> & {
  case: string
  sent: number
  answered: number | null
}

/** What one side's ledger and journal hold. */
export interface Told {
  readonly events: ReadonlyMap<string, readonly Event[]>
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly messageIds: ReadonlySet<string>
}

/** What both ledgers, both journals and the contour's own log say when all is over: each case right, each query one effect, nothing lost, nothing twice. */
export async function judge(
  stage: Stage,
  driven: readonly Driven[],
  stranded: readonly Stranded[],
  passages: readonly Passage[],
): Promise<Judged> {
  const wrong: Wrong[] = stranded.map(({ number, where }) => ({ kind: 'stranded', text: `${number}: ${where}` }))
  const [corporation, region] = [await tellOf(stage.nodes.corporation), await tellOf(stage.nodes.region)]
  for (const one of driven) wrong.push(...caseProblems(one, corporation, region, passages.length > 0 ? answeredIds(passages) : null))
  wrong.push(...unknownToJournal(passages, corporation))
  let events = 0
  for (const { node } of [corporation, region]) {
    const found = await verify(node.database, node.keyRing, { rowsOf: viewsOfEvents(stage.statutes, new Map()) })
    events += found.events
    wrong.push(
      ...found.problems.map(({ kind, case: number, text }) => ({ kind: `verify ${node.name}`, text: `${kind} ${number}: ${text}` })),
    )
    wrong.push(...(await jobsLeft(node)))
  }
  const all = [corporation, region].flatMap(({ rows }) => [...rows.values()].flat())
  const out = all.filter(({ direction }) => direction === 'out')
  return {
    wrong,
    counts: {
      cases: driven.length,
      notFound: driven.filter(({ absent }) => absent).length,
      exchanges: new Set(all.map(({ case: number, key, direction }) => `${direction} ${number} ${key}`)).size,
      attempts: all.length,
      failedAttempts: out.filter(({ outcome }) => outcome !== null && !good.has(outcome)).length,
      withoutKnownAnswer: all.filter(({ outcome }) => outcome === null).length,
      events,
      passages: passages.length,
      pushed: passages.filter(({ channel }) => channel === 'push').length,
      fileCalls: passages.filter(({ service }) => service === tempStorageService).length,
      struck: passages.filter(({ faults }) => faults.length > 0).length,
    },
  }
}

const good = new Set<string>(['found', 'notFound', 'accepted', 'delivered', 'taken'])

async function tellOf(node: StageNode): Promise<Told & { node: StageNode }> {
  const { database } = node
  const events = await database.query<{ number: string; seq: number; hash: string; body: string }>({
    name: 'exchanges_events',
    text: `select case_number as number, seq, encode(hash, 'hex') as hash, body::text as body from event order by case_number, seq`,
  })
  const rows = await database.query<Omit<Row, 'sent' | 'answered'> & { sent: string; answered: string | null }>({
    name: 'exchanges_rows',
    text: `select case_number as "case", key, attempt, service, direction, message_id as "messageId", outcome, sent_at as sent, answered_at as answered
           from exchange order by case_number, sent_at, attempt`,
  })
  const read = events.map(({ number, seq, hash, body }) => ({ number, event: { seq, hash, ...JSON.parse(body) } as Event })) // as: bodies of events
  const times = rows.map(
    (row): Row => ({ ...row, sent: Date.parse(row.sent), answered: row.answered === null ? null : Date.parse(row.answered) }),
  )
  return {
    node,
    events: new Map([...Map.groupBy(read, ({ number }) => number)].map(([number, all]) => [number, all.map(({ event }) => event)])),
    rows: Map.groupBy(times, (row) => row.case),
    messageIds: new Set(rows.flatMap(({ messageId }) => messageId ?? [])),
  }
}

const answeredIds = (passages: readonly Passage[]): ReadonlySet<string> =>
  new Set(
    passages.flatMap(({ operation, outcome, message }) =>
      operation === 'SendMessage' && outcome !== 'refused' && message ? [message] : [],
    ),
  )

/** Nothing may have left for the register of which no row was written before. */
function unknownToJournal(passages: readonly Passage[], { messageIds }: Told): Wrong[] {
  return passages
    .filter(
      ({ operation, service, message }) =>
        operation === 'SendMessage' && service === registerService && message !== null && !messageIds.has(message),
    )
    .map(({ message }) => ({ kind: 'leftWithoutRow', text: `${message} reached the register and is in no journal` }))
}

export function caseProblems(one: Driven, corporation: Told, region: Told, answered: ReadonlySet<string> | null): Wrong[] {
  const [here, there] = [corporation.events.get(one.number) ?? [], region.events.get(one.number) ?? []]
  const problems: string[] = []
  const must = (holds: boolean, text: string) => {
    if (!holds) problems.push(text)
  }
  const of = (events: readonly Event[], type: string) => events.filter((event) => event.type === type)
  const ending = (events: readonly Event[]) => String(of(events, 'CaseEnded').at(-1)?.data.kind)

  must(ending(here) === one.expected, `ended as ${ending(here)} at the corporation, not as ${one.expected}`)
  if (!one.absent) must(ending(there) === one.expected, `ended as ${ending(there)} at the region, not as ${one.expected}`)

  const answers = of(here, 'RegisterAnswered')
  must(answers.length === 1, `the register's answer took hold ${answers.length} times`)
  must(
    answers[0]?.data.found === !one.absent,
    `${one.absent ? 'nobody' : 'somebody'} was asked about, and the case was told found=${answers[0]?.data.found}`,
  )
  const id = String(answers[0]?.data.exchange)
  const row = (corporation.rows.get(one.number) ?? []).find(({ messageId }) => messageId === id)
  // A process killed between the journal's last word and the next leaves the row without one; the answer is in the case all the same.
  must(
    row !== undefined && (row.outcome === null || row.outcome === (one.absent ? 'notFound' : 'found')),
    `the journal has ${row?.outcome} for ${id}`,
  )
  must(answered === null || answered.has(id), `the contour never answered ${id}`)

  for (const [from, to, side] of [
    [here, there, 'corporation'],
    [there, here, 'region'],
  ] as const) {
    // What one side did the other decides again: the request is in both chains, and was sent by one.
    const sent = from.filter(({ type }) => type === 'MessageSent' || (type === 'RequestSent' && side === 'corporation'))
    for (const message of sent) {
      const name = wireName(one.number, String(message.data.message))
      const delivered = from.filter(
        ({ type, data, seq }) =>
          seq > message.seq &&
          (type === 'RequestDelivered'
            ? message.type === 'RequestSent'
            : type === 'MessageDelivered' && data.message === message.data.message),
      )
      must(delivered.length === 1, `${side}: ${name} was told as delivered ${delivered.length} times`)
      const taken = of(to, 'MessageTaken').filter(({ data }) => data.message === name)
      must(taken.length === 1, `${side}: ${name} took hold ${taken.length} times at the other side`)
      const held = taken[0]?.data.event as { seq: number; hash: string } | undefined // as: see the sample of the event
      must(held === undefined || from[held.seq - 1]?.hash === held.hash, `${side}: the other chain holds another hash for ${name}`)
    }
    must(
      new Set(of(from, 'MessageTaken').map(({ data }) => data.message)).size === of(from, 'MessageTaken').length,
      `${side}: a message was taken twice`,
    )
  }
  problems.push(...orderProblems(one.number, there, region.rows.get(one.number) ?? []))
  return problems.map((text) => ({ kind: 'case', text: `${one.number} (${one.name}): ${text}` }))
}

const wireName = (number: string, message: string): string => (message.startsWith(`${number}/`) ? message : `${number}/${message}`)

/** No message of a case left before the one before it had arrived. Times are whole seconds. */
function orderProblems(number: string, events: readonly Event[], rows: readonly Row[]): string[] {
  const names = events.filter(({ type }) => type === 'MessageSent').map(({ data }) => wireName(number, String(data.message)))
  return names.slice(1).flatMap((name, index) => {
    const before = rows.filter(
      (row) => row.direction === 'out' && row.key === names[index] && row.outcome === 'delivered' && row.answered !== null,
    )
    const first = rows.filter((row) => row.direction === 'out' && row.key === name)[0]
    const arrived = Math.min(...before.map((row) => row.answered ?? 0))
    if (first === undefined || before.length === 0) return []
    return first.sent + 999 < arrived ? [`${name} left ${arrived - first.sent} ms before ${names[index]} had arrived`] : []
  })
}

async function jobsLeft({ database, name }: StageNode): Promise<Wrong[]> {
  const jobs = await database.query<{ key: string; attempts: number; last: string | null }>({
    name: 'exchanges_jobs',
    text: `select key, attempts, last_error as last from graphile_worker.jobs where task_identifier in ('queryRegister', 'sendRequest', 'sendMessage')`,
  })
  return jobs.map(({ key, attempts, last }) => ({
    kind: 'effectLost',
    text: `${name}: ${key} was tried ${attempts} times and still waits: ${last ?? ''}`,
  }))
}
