import { parseArgs } from 'node:util'
import { type Office, openOffice } from '../../test/desk/office.ts'

/**
 * How many bytes a case takes: so many cases of both regulations through the real desk, from the application to its end, by the provider's office and by the
 * State Corporation in turn; then heap, indexes and TOAST of each table, and the WAL that was written. Scans are not among it: they are counted by their size.
 */
const { values } = parseArgs({ options: { cases: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false } } })
const wanted = Number(values.cases)

const ways = [
  ['almaty', 'office'],
  ['almaty', 'corporation'],
  ['aktobe', 'office'],
  ['aktobe', 'corporation'],
] as const

async function wholeCase(office: Office, index: number): Promise<void> {
  const [region, channel] = ways[index % ways.length] ?? ways[0]
  const number = await office.open(region, channel)
  for (let { step } = (await office.file(number)).state; step !== null; { step } = (await office.file(number)).state) {
    office.later(1)
    const outcome = await (step.awaiting === undefined ? office.go(number) : office.answer(number))
    if (outcome.kind !== 'done') throw new Error(`${number} ${step.id}: ${JSON.stringify(outcome)}`)
  }
}

interface Written {
  readonly bytes: number
  readonly images: number
}

async function walOf({ ledger }: Office): Promise<Written> {
  const { rows } = await ledger.database.pool.query<Written>('select wal_bytes::float as bytes, wal_fpi::float as images from pg_stat_wal')
  return rows[0] ?? { bytes: 0, images: 0 }
}

interface Table {
  readonly name: string
  readonly rows: number
  readonly heap: number
  readonly indexes: number
  readonly toast: number
}

async function tablesOf({ ledger }: Office): Promise<Table[]> {
  await ledger.database.pool.query('vacuum analyze')
  const { rows } = await ledger.database.pool.query<Table>(
    `select n.nspname || '.' || c.relname as name, c.reltuples::float as rows, pg_relation_size(c.oid)::float as heap,
       pg_indexes_size(c.oid)::float as indexes, coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)::float as toast
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') and c.reltuples > 0
     order by pg_total_relation_size(c.oid) desc`,
  )
  return rows
}

const { office, close } = await openOffice()
try {
  const before = await walOf(office)
  let next = 0
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < wanted) await wholeCase(office, next++)
    }),
  )
  const after = await walOf(office)
  const tables = (await tablesOf(office)).filter(({ name }) => !/law_|setting|migration|known_crontabs|_private_tasks/.test(name))
  const each = (bytes: number) => Math.round(bytes / wanted)
  const wal = { bytes: each(after.bytes - before.bytes), ofImages: each((after.images - before.images) * 8192) }
  const rows = tables.map(({ name, rows, heap, indexes, toast }) => ({
    table: name.replace('public.', ''),
    rows: Number((rows / wanted).toFixed(1)),
    heap: each(heap),
    indexes: each(indexes),
    toast: each(toast),
  }))
  if (values.json) console.log(JSON.stringify({ cases: wanted, wal, tables: rows }))
  else {
    console.table(rows)
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0)
    console.log(
      `a case: ${sum((r) => r.heap)} bytes of heap, ${sum((r) => r.indexes)} of indexes, ${sum((r) => r.toast)} of TOAST; ${wal.bytes} of WAL, whole pages among it at most ${wal.ofImages}`,
    )
  }
} finally {
  await close()
}
