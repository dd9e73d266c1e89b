import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evidenceCommand } from '../../src/cli/evidence.ts'
import { readConfig } from '../../src/config.ts'
import { startDailyEvidence } from '../../src/desk/evidence/daily.ts'
import { evidenceState } from '../../src/desk/evidence/run.ts'
import { loadLanguages } from '../../src/language/load.ts'
import type { Language } from '../../src/language/messages.ts'
import { createTranslator } from '../../src/language/translator.ts'
import { createLog } from '../../src/observe/log.ts'
import { toPem } from '../../src/seal/certificates/pem.ts'
import { withDatabase } from '../ledger/database.ts'
import { type AuthorityWorld, authorityWorld, signedCases } from './ledgerOf.ts'
import { fillSigned } from './many.ts'

let world: AuthorityWorld
let folder: string
beforeAll(async () => {
  // The command's clock is the machine's.
  world = await authorityWorld('rsa', new Date().toISOString())
  folder = mkdtempSync(join(tmpdir(), 'qyzmet-evidence-'))
  const { roots, authorities } = world.running.pki.trust
  for (const [n, { der }] of [...roots, ...authorities].entries()) writeFileSync(join(folder, `${n}.pem`), toPem(der, 'CERTIFICATE'))
})
afterAll(async () => {
  await world.running.close()
  rmSync(folder, { recursive: true })
})

const envOf = (url: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ DATABASE_URL: url, QYZMET_TRUST: folder, QYZMET_TSP: `${world.running.url}/tsp` },
  ...{ QYZMET_KEYS: join(folder, 'keys'), QYZMET_DATA: join(folder, 'data') },
})

const translator = (language: Language) => createTranslator(languages[language], language)
const languages = loadLanguages('src/language')

/** Of this process: what is said, and the exit code. */
async function command(url: string, ...args: string[]) {
  const heard = { out: '', err: '' }
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        heard[name] += chunk
        done()
      },
    })
  const code = await evidenceCommand(
    args,
    { stdin: process.stdin, stdout: into('out'), stderr: into('err') },
    { config: readConfig(envOf(url), false), translator },
  )
  return { code, ...heard }
}

it('the command goes on where a killed one stopped, one of two at once does the work, and check tells what is missing', () =>
  withDatabase(async ({ ledger, url }) => {
    await fillSigned(ledger.database, 5000)
    const missing = await command(url, 'check', '--json')
    expect([missing.code, JSON.parse(missing.out)]).toMatchObject([1, { records: 0, missing: 5000 }])
    const killed = spawn(process.execPath, ['src/cli.ts', 'evidence', 'make'], { env: envOf(url), stdio: 'ignore' })
    const ended = new Promise((done) => killed.once('close', done))
    while (killed.exitCode === null && (await ledger.evidence.stamps()).length === 0) await sleep(20)
    killed.kill('SIGKILL')
    await ended
    const [left, stamps] = [
      await ledger.evidence.without({ after: null, limit: 6000 }, ['AnswerSigned'], null),
      await ledger.evidence.stamps(),
    ]
    expect(left.length).toBe(5000 - 4096 * stamps.length)
    const both = await Promise.all([command(url, 'make', '--json'), command(url, 'make', '--json')])
    expect(both.map(({ code, err }) => (code === 0 ? '' : err)).join('')).toMatch(/^$|басқа процесс/)
    expect(both.flatMap(({ out }) => (out === '' ? [] : [JSON.parse(out).made])).reduce((sum: number, made: number) => sum + made, 0)).toBe(
      left.length,
    )
    const whole = await command(url, 'check')
    expect([whole.code, whole.out.split('\n')[0]]).toEqual([0, expect.stringMatching(/^Жазбалар: 5000\. Жарамсызы: 0\./)])
    world.running.faults.down.add('tsp')
    await fillMore(ledger.database.pool)
    const away = await command(url, 'make')
    world.running.faults.down.delete('tsp')
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('Ештеңе жоғалған жоқ')])
    expect((await command(url, 'show', '--case', '750-191014-10000-1', '--out', join(folder, 'out'))).code).toBe(1)
    expect((await command(url, 'burn')).code).toBe(2)
  }))

async function fillMore(pool: { query(text: string): Promise<unknown> }): Promise<void> {
  await pool.query(`delete from evidence_leaf where sha256 = (select min(sha256) from evidence_leaf)`)
}

it('runs by itself once a day, tries again an hour after the authority was away, and says so', () =>
  withDatabase(async ({ ledger }) => {
    await signedCases(ledger, 2)
    const from = Temporal.Instant.from(world.now)
    const at = (minutes: number) => {
      world.now = from.add({ minutes }).toString()
    }
    const lines: string[] = []
    const log = createLog({ form: 'json', write: (line) => lines.push(line), machine: () => 0 })
    const daily = startDailyEvidence({ ...world.parts(ledger), log, everyMs: 1_000_000 })
    try {
      world.running.faults.down.add('tsp')
      await daily.once()
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { event: 'evidence', made: 0 },
        { event: 'evidence.late', why: 'away' },
      ])
      world.running.faults.down.delete('tsp')
      at(30)
      await daily.once()
      expect((await ledger.evidence.stamps()).length).toBe(0)
      at(60)
      await daily.once()
      expect((await evidenceState(ledger.settings)).wholeAt).toBe(world.now)
      expect((await ledger.evidence.stamps()).length).toBe(1)
      await signedCases(ledger, 1)
      at(24 * 60)
      await daily.once()
      expect((await ledger.evidence.stamps()).length).toBe(1)
      at(25 * 60)
      await daily.once()
      expect((await ledger.evidence.stamps()).length).toBe(2)
    } finally {
      await daily.stop()
    }
    expect(readdirSync(folder)).toContain('0.pem')
  }))
