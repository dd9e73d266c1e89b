// Seconds, processor and memory of evidence records over many signatures, with an authority over HTTP; then once more when nothing is missing, the check of all, and verify's part.
// node test/evidence/measureEvidence.ts [signatures]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkRecords } from '../../src/desk/evidence/check.ts'
import { runEvidence } from '../../src/desk/evidence/run.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { evidenceProblems } from '../../src/ledger/verify/evidence.ts'
import { authorityWorld } from './ledgerOf.ts'
import { fillSigned } from './many.ts'

const [signatures = 1_000_000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-measure-'))
const server = await startEmbedded(folder)
const ledger = await openLedger({ url: server.url, keyRing: keyRingOf(Buffer.alloc(32, 'qyzmet')) })
const world = await authorityWorld('rsa')
const parts = world.parts(ledger, { atOnce: 4096 })

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const [from, used] = [performance.now(), process.cpuUsage()]
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const value = await work()
  clearInterval(watch)
  const { user, system } = process.cpuUsage(used)
  const seconds = (performance.now() - from) / 1000
  console.log(JSON.stringify({ what, seconds, ownProcessorSeconds: (user + system) / 1e6, peakMegabytes: Math.round(peak / 1e6), value }))
}

try {
  await measured('fill', () => fillSigned(ledger.database, signatures))
  await measured(`records over ${signatures} signatures`, () => runEvidence(parts))
  await ledger.database.pool.query('vacuum analyze evidence_leaf')
  await measured('a night with nothing to do', () => runEvidence(parts))
  await measured('the whole ledger looked through, nothing missing', () => runEvidence(parts, { all: true }))
  world.now = '2024-06-01T00:00:00Z'
  await world.renewStamping('2024-06-01')
  await measured('renewed', () => runEvidence(parts))
  await measured('checked', () => checkRecords(parts))
  await measured('verify, its part', () => ledger.database.transaction((client) => evidenceProblems(client)))
  const sizes = await ledger.database.pool.query(
    `select relname, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class where relname in ('evidence_leaf', 'evidence_stamp')`,
  )
  console.log(JSON.stringify(sizes.rows))
} finally {
  await world.running.close()
  await ledger.close()
  await server.stop()
  rmSync(folder, { recursive: true })
}
