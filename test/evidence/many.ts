import type { Database } from '../../src/ledger/postgres/database.ts'

/** Rows of so many signed files, as the evidence records read them, without their contents: what a ledger of a million signatures costs is asked of these. */
export async function fillSigned({ pool }: Database, count: number): Promise<void> {
  const number = `lpad((701 + n % 20)::text, 3, '0') || '-191014-' || lpad(n::text, 7, '0') || '-1'`
  const from = `from generate_series(1, $1) as n`
  const insert = (table: string, columns: string, values: string) =>
    pool.query(`insert into ${table} (${columns}) select ${values} ${from}`, [count])
  await insert('case_head', 'home, number, version, head', `701 + n % 20, ${number}, 6, sha256(n::text::bytea)`)
  await insert('case_key', 'home, case_number, wrapped', `701 + n % 20, ${number}, sha256(n::text::bytea)`)
  await insert('file', 'home, case_number, sha256, size', `701 + n % 20, ${number}, sha256(('file ' || n)::bytea), 9000`)
  const body = (type: string) =>
    `'{"actor":{"id":"u1","kind":"staff"},"at":"2019-10-14T10:00:00+06:00","case":"x","clause":"8.1","data":{"algorithm":"cms","digest":"' || repeat('0', 64) || '","file":"' ||
     encode(sha256(('file ' || n)::bytea), 'hex') || '","signer":"head"},"home":701,"law":{"edition":"2018-07-20","regulation":"test","sha256":"' || repeat('1', 64) || '"},"schema":1,"seq":' || s || ',"type":"${type}"}'`
  await pool.query(
    `insert into event (home, case_number, seq, hash, body)
     select 701 + n % 20, ${number}, s, sha256((n || '/' || s)::bytea), case when s = 5 then ${body('AnswerSigned')} else ${body('StepDone')} end
     ${from}, generate_series(1, 6) as s`,
    [count],
  )
  await pool.query('analyze case_head, case_key, file, event')
}
