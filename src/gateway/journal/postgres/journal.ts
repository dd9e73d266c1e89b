import { randomUUID } from 'node:crypto'
import type { FileStore } from '../../../ledger/ledger.ts'
import type { Database } from '../../../ledger/postgres/database.ts'
import type { Attempt, AttemptEnd, ExchangeJournal, ExchangeQuery, ExchangeRow } from '../journal.ts'
import { recordOf } from '../record.ts'

type Row = Omit<ExchangeRow, 'case' | 'messageId' | 'answerId' | 'correlationId' | 'sentAt' | 'answeredAt' | 'tookMs'> & {
  case_number: string
  message_id: string | null
  answer_id: string | null
  correlation_id: string | null
  sent_at: string
  answered_at: string | null
  took_ms: number | null
}

const columns = `home, id, case_number, key, attempt, service, direction, message_id, answer_id, correlation_id, sent_at, answered_at, took_ms, outcome,
  encode(request, 'hex') as request, encode(response, 'hex') as response`

/** Outcomes that are an answer of the other side; every other one is a failure or a rejection. */
const answers = ['found', 'notFound', 'accepted', 'delivered', 'taken']

/** The journal in PostgreSQL, over the tables that `migrateExchanges` has made; messages lie as files under the keys of their cases. */
export function exchangesInPostgres(database: Database, files: Pick<FileStore, 'put'>): ExchangeJournal {
  return {
    begin: (attempt) => insertAttempt(database, attempt),
    async keep({ home, case: number, id }, part, message) {
      const record = number === '' ? null : await files.put(home, number, recordOf(part, message))
      await updateMessage(database, { home, id, part, record, wireId: message.id, correlationId: message.correlationId ?? null })
    },
    end: (home, id, end) => updateEnd(database, home, id, end),
    settle: (answerId, outcome, at) => updateSettled(database, answerId, outcome, at),
    async wasDelivered(home, number, key) {
      const rows = await database.query({
        name: 'exchange_delivered',
        text: `select from exchange where home = $1 and case_number = $2 and key = $3 and outcome = 'delivered' limit 1`,
        values: [home, number, key],
      })
      return rows.length > 0
    },
    async find(home, id) {
      const [row] = await database.query<Row>({
        name: 'exchange',
        text: `select ${columns} from exchange where home = $1 and id = $2`,
        values: [home, id],
      })
      return row === undefined ? null : rowOf(row)
    },
    list: async (query) => (await selectList(database, query)).map(rowOf),
    async ofCase(home, number) {
      const rows = await database.query<Row>({
        name: 'exchanges_of_case',
        text: `select ${columns} from exchange where home = $1 and case_number = $2 order by sent_at, key, attempt`,
        values: [home, number],
      })
      return rows.map(rowOf)
    },
  }
}

async function insertAttempt(database: Database, { home, case: number, key, service, direction, sentAt }: Attempt): Promise<string> {
  const id = randomUUID()
  await database.query({
    name: 'exchange_begins',
    text: `
      insert into exchange (home, id, case_number, key, attempt, service, direction, sent_at)
      select $1, $2, $3, $4, 1 + coalesce(max(e.attempt), 0), $5, $6, $7
      from exchange as e where e.home = $1 and e.case_number = $3 and e.key = $4
      on conflict (home, id) do nothing`,
    values: [home, id, number, key, service, direction, sentAt],
  })
  return id
}

interface Told {
  readonly home: number
  readonly id: string
  readonly part: 'request' | 'response'
  readonly record: string | null
  readonly wireId: string | null
  readonly correlationId: string | null
}

async function updateMessage(database: Database, { home, id, part, record, wireId, correlationId }: Told): Promise<void> {
  await database.query(
    part === 'request'
      ? {
          name: 'exchange_request',
          text: `
            update exchange set request = decode($3, 'hex'), message_id = coalesce($4, message_id), correlation_id = coalesce($5, correlation_id)
            where home = $1 and id = $2`,
          values: [home, id, record, wireId, correlationId],
        }
      : {
          name: 'exchange_response',
          text: `
            update exchange set response = decode($3, 'hex'), answer_id = coalesce(answer_id, $4), correlation_id = coalesce(correlation_id, $5)
            where home = $1 and id = $2`,
          values: [home, id, record, wireId, correlationId],
        },
  )
}

/** A message whose receiver was faster than our own note of the gateway's answer stays delivered. */
async function updateEnd(database: Database, home: number, id: string, end: AttemptEnd): Promise<void> {
  await database.query({
    name: 'exchange_ends',
    text: `
      update exchange set outcome = case when outcome in ('delivered', 'undelivered') then outcome else $3 end,
        answered_at = coalesce(answered_at, $4), took_ms = $5, answer_id = coalesce($6, answer_id), correlation_id = coalesce($7, correlation_id)
      where home = $1 and id = $2`,
    values: [home, id, end.outcome, end.answeredAt, Math.round(end.tookMs), end.answerId ?? null, end.correlationId ?? null],
  })
  if (typeof end.answerId !== 'string' || end.outcome !== 'accepted') return
  const [early] = await database.query<{ outcome: string; at: string }>({
    name: 'exchange_settled_early',
    text: 'select outcome, at from exchange_settled where answer_id = $1',
    values: [end.answerId],
  })
  if (early !== undefined) await updateSettled(database, end.answerId, early.outcome, early.at)
}

/** How long a word is kept for a message of which nothing was written: its answer was lost, and it was sent again under another id. */
const keptDays = 7

/** Said before the message's own row knows its id, it is kept until then. In this order nothing is lost: whoever writes the id looks here after it. */
async function updateSettled(database: Database, answerId: string, outcome: string, at: string): Promise<void> {
  await database.query({
    name: 'exchange_settled_keep',
    text: `
      with old as (delete from exchange_settled where kept_at < now() - make_interval(days => $4))
      insert into exchange_settled (answer_id, outcome, at) values ($1, $2, $3) on conflict (answer_id) do nothing`,
    values: [answerId, outcome, at, keptDays],
  })
  const rows = await database.query({
    name: 'exchange_settled',
    text: `
      update exchange set outcome = case when outcome in ('delivered', 'undelivered') then outcome else $2 end,
        answered_at = case when outcome in ('delivered', 'undelivered') then answered_at else $3::timestamptz end
      where answer_id = $1 and direction = 'out'
      returning id`,
    values: [answerId, outcome, at],
  })
  if (rows.length > 0)
    await database.query({ name: 'exchange_settled_done', text: 'delete from exchange_settled where answer_id = $1', values: [answerId] })
}

function selectList(database: Database, query: ExchangeQuery): Promise<Row[]> {
  const { home, organisations, case: number, service, direction, outcome, from, until, after, limit } = query
  return database.query<Row>({
    name: 'exchange_list',
    text: `
      select ${columns} from exchange as e
      where home = $1 and sent_at >= $2 and sent_at < $3
        and ($4::text[] is null or exists (
          select from case_view as v
          where v.home = $1 and v.case_number = e.case_number and (v.provider = any ($4) or v.branch = any ($4))))
        and ($5::text is null or case_number = $5)
        and ($6::text is null or service = $6)
        and ($7::text is null or direction = $7)
        and case $8::text
          when 'open' then outcome is null
          when 'failed' then outcome <> all ($9)
          when 'answered' then outcome = any ($9)
          else true
        end
        and ($10::timestamptz is null or (sent_at, id) < ($10, $11::uuid))
      order by sent_at desc, id desc limit $12`,
    values: [
      home,
      from,
      until,
      organisations ?? null,
      number ?? null,
      service ?? null,
      direction ?? null,
      outcome ?? null,
      answers,
      after?.sentAt ?? null,
      after?.id ?? null,
      limit,
    ],
  })
}

const rowOf = ({ case_number, message_id, answer_id, correlation_id, sent_at, answered_at, took_ms, ...row }: Row): ExchangeRow => ({
  ...row,
  case: case_number,
  messageId: message_id,
  answerId: answer_id,
  correlationId: correlation_id,
  sentAt: sent_at,
  answeredAt: answered_at,
  tookMs: took_ms,
})
