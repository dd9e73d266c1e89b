// Seconds and memory of sealing: all heads at once, then those that moved since; the plan of what is read. The cases are bare heads.
// node test/ledger/measureSeals.ts [cases] [moved]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { makeSeal, movedHeads } from '../../src/ledger/seals/makeSeal.ts'
import { sealProblems } from '../../src/ledger/verify/seals.ts'

const [cases = 1_000_000, moved = 20_000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-measure-'))
const server = await startEmbedded(folder)
const ledger = await openLedger({ url: server.url, keyRing: keyRingOf(Buffer.alloc(32, 'qyzmet')) })
const { pool } = ledger.database

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const [from, used] = [performance.now(), process.cpuUsage()]
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const value = await work()
  clearInterval(watch)
  const { user, system } = process.cpuUsage(used)
  const line = {
    what,
    seconds: (performance.now() - from) / 1000,
    ownProcessorSeconds: (user + system) / 1e6,
    peakMegabytes: Math.round(peak / 1e6),
  }
  console.log(JSON.stringify({ ...line, value }))
}

const move = (every: number) =>
  pool.query(`update case_head set version = version + 1, head = sha256(head) where abs(hashtext(number)) % $1 = 0`, [every])

try {
  await pool.query(
    `insert into case_head (home, number, version, head)
     select 701 + n % 20, lpad((701 + n % 20)::text, 3, '0') || '-191014-' || lpad(n::text, 7, '0') || '-1', 10, sha256(n::text::bytea)
     from generate_series(1, $1) as n`,
    [cases],
  )
  await pool.query('vacuum analyze case_head')
  await measured(`seal ${cases} heads`, () => makeSeal(ledger.database, '2019-10-14T10:00:00+06:00'))
  await pool.query('vacuum analyze seal_leaf')
  for (const turn of [1, 2]) {
    await move(Math.max(1, Math.round(cases / moved)))
    await measured(`seal what moved, turn ${turn}`, () => makeSeal(ledger.database, '2019-10-14T11:00:00+06:00'))
  }
  await measured('seal when nothing moved', () => makeSeal(ledger.database, '2019-10-14T12:00:00+06:00'))
  await measured('verify the seals', () => ledger.database.transaction((client) => sealProblems(client)))
  const sizes = await pool.query(
    `select relname, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class where relname in ('case_head', 'seal_leaf', 'seal_node', 'seal')`,
  )
  console.log(JSON.stringify(sizes.rows))
  const plan = await pool.query(`explain analyze ${movedHeads}`)
  console.log(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
} finally {
  await ledger.close()
  await server.stop()
  rmSync(folder, { recursive: true })
}
