import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keptRecord } from '../../src/desk/evidence/record.ts'
import { runEvidence } from '../../src/desk/evidence/run.ts'
import { toPem } from '../../src/seal/certificates/pem.ts'
import { withDatabase } from '../ledger/database.ts'
import { authorityWorld, sha256, signedCases, signedFile } from './ledgerOf.ts'

/** A program that shares no line with ours checks the trees, and openssl each time-stamp. */
it.each(['rsa', 'ecdsa'] as const)('a record checks by python and openssl ts -verify, and nothing that was bent does: %s', (algorithm) =>
  withDatabase(async ({ ledger }) => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-evidence-'))
    const world = await authorityWorld(algorithm)
    try {
      const numbers = await signedCases(ledger, 5)
      const parts = world.parts(ledger)
      await runEvidence(parts)
      world.now = '2021-05-01T00:00:00Z'
      await runEvidence({ ...parts, digest: 'sha512' })
      world.now = '2024-06-01T00:00:00Z'
      await world.renewStamping('2024-06-01')
      await runEvidence({ ...parts, digest: 'sha512' })
      const kept = await keptRecord(ledger.evidence, { home: 7, case: numbers[3] ?? '', sha256: sha256(signedFile(3)) })
      if (kept === null) throw new Error('made')
      const at = (name: string) => join(folder, name)
      writeFileSync(at('signed.json'), signedFile(3))
      writeFileSync(at('record.ers'), kept.record)
      const { roots, authorities } = world.running.pki.trust
      writeFileSync(at('trust.pem'), roots.map(({ der }) => toPem(der, 'CERTIFICATE')).join(''))
      const check = (file: string, record: string, moment = '2026-03-01T00:00:00Z') =>
        spawnSync(
          'python3',
          ['docs/verify/check_evidence.py', at(file), at(record), '--trust', at('trust.pem'), '--tokens', at('tokens'), '--at', moment],
          { encoding: 'utf8' },
        )
      const whole = check('signed.json', 'record.ers')
      expect(whole.stderr).toBe('')
      expect([whole.status, whole.stdout.trim().split('\n').at(-1)]).toEqual([
        0,
        'holds: these bytes were there on 2019-10-14T04:00:00+00:00; time-stamps: 3',
      ])
      expect(readdirSync(at('tokens')).sort()).toEqual(['stamp1.tst', 'stamp2.tst', 'stamp3.tst'])
      // After the last authority's own end it says no more.
      expect(check('signed.json', 'record.ers', '2030-01-01T00:00:00Z')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('expired'),
      })
      writeFileSync(at('other.json'), signedFile(2))
      expect(check('other.json', 'record.ers')).toMatchObject({ status: 1 })
      expect(authorities).toHaveLength(1)
      const record = readFileSync(at('record.ers'))
      for (const place of [40, 120, Math.floor(record.length / 2)]) {
        const bent = Buffer.from(record)
        bent[place] = (bent[place] ?? 0) ^ 1
        writeFileSync(at('bent.ers'), bent)
        expect(check('signed.json', 'bent.ers').status, `byte ${place}`).toBe(1)
      }
    } finally {
      await world.running.close()
      rmSync(folder, { recursive: true })
    }
  }),
)
