import { expect, it } from 'vitest'
import { checkRecords } from '../../src/desk/evidence/check.ts'
import { runEvidence } from '../../src/desk/evidence/run.ts'
import { recordFiles } from '../../src/desk/pack/records.ts'
import { exportLedger } from '../../src/ledger/transfer/export.ts'
import { importLedger } from '../../src/ledger/transfer/import.ts'
import { noViews } from '../../src/ledger/views/rows.ts'
import { testKeyRing, withDatabase } from '../ledger/database.ts'
import { authorityWorld, sha256, signedCases, signedFile } from './ledgerOf.ts'

it('records go along with an export, renewed ones too, and into a pack with a report', () =>
  withDatabase(async (from) => {
    const world = await authorityWorld()
    try {
      const [number = ''] = await signedCases(from.ledger, 3)
      const parts = world.parts(from.ledger)
      await runEvidence(parts)
      world.now = '2024-06-01T00:00:00Z'
      await world.renewStamping('2024-06-01')
      await runEvidence(parts)
      const lines = exportLedger(from.ledger.database, { keyRing: testKeyRing })
      await withDatabase(async ({ ledger }) => {
        const trimmed = (async function* () {
          for await (const line of lines) yield line.trimEnd()
        })()
        await importLedger(ledger.database, trimmed, { keyRing: testKeyRing, rowsOf: () => noViews })
        expect(await ledger.evidence.stamps()).toEqual(await from.ledger.evidence.stamps())
        expect(await checkRecords(world.parts(ledger))).toMatchObject({ records: 3, broken: 0, missing: 0 })
        expect(await runEvidence(world.parts(ledger), { all: true })).toMatchObject({ made: 0, renewed: 0, failure: null })
        const place = { home: 7, case: number, sha256: sha256(signedFile(0)) }
        const question = { court: world.parts(ledger).court, at: world.now }
        const files = await recordFiles(ledger.evidence, place, signedFile(0), question)
        expect(files.map(({ path }) => path)).toEqual(
          ['.ers', '.ers.evidence.json', '.record.json'].map((end) => `signatures/${place.sha256}${end}`),
        )
        expect(JSON.parse(Buffer.from(files[2]?.bytes ?? []).toString())).toMatchObject({
          valid: true,
          reasons: [],
          since: '2019-10-14T04:00:00Z',
        })
        expect(await recordFiles(ledger.evidence, { ...place, sha256: '0'.repeat(64) }, signedFile(0), question)).toEqual([])
      })
    } finally {
      await world.running.close()
    }
  }))
