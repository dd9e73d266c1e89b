import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopPostmaster } from '../../src/ledger/embedded/postmaster.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { type Append, LedgerAway } from '../../src/ledger/ledger.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { law, lawText } from './commands.ts'
import { testKeyRing } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

describe('a database that goes away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-away-'))
  const cluster = join(folder, 'cluster')
  let url: string
  let ledger: PostgresLedger

  beforeAll(async () => {
    url = (await startEmbedded(folder)).url
    ledger = await openLedger({ url, keyRing: testKeyRing, patienceMs: 10_000 })
    await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
  })
  afterAll(async () => {
    await ledger.close()
    await stopPostmaster(cluster)
    rmSync(folder, { recursive: true })
  })

  /** Opens cases from many callers until told to stop; returns every command with whether it was acknowledged. */
  function load() {
    let going = true
    const acknowledged: Append[] = []
    const failed: unknown[] = []
    const callers = Array.from({ length: 16 }, async () => {
      while (going) {
        const command = openReplayable()
        await ledger.append(command).then(
          () => acknowledged.push(command),
          (cause: unknown) => failed.push(cause),
        )
      }
    })
    return {
      stop: async () => {
        going = false
        await Promise.all(callers)
        return { acknowledged, failed }
      },
    }
  }

  async function expectEachOnce({ acknowledged, failed }: { acknowledged: Append[]; failed: unknown[] }) {
    expect(failed).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(50)
    const { rows } = await ledger.database.pool.query<{ key: string }>('select key from command where key = any ($1)', [
      acknowledged.map((command) => command.idempotencyKey),
    ])
    expect(rows).toHaveLength(acknowledged.length)
    const { rows: events } = await ledger.database.pool.query('select count(*) as events from event where case_number = any ($1)', [
      acknowledged.map((command) => command.case),
    ])
    expect(events).toEqual([{ events: acknowledged.length * 2 }])
    expect((await verify(ledger.database, testKeyRing, { rowsOf })).problems).toEqual([])
  }

  it('loses nothing and doubles nothing when connections are cut under load, in the middle of commits too', async () => {
    const running = load()
    for (let cut = 0; cut < 20; cut++) {
      await sleep(50)
      await ledger.database.query({
        name: 'cut',
        text: `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'qyzmet'`,
      })
    }
    await expectEachOnce(await running.stop())
  })

  it('loses nothing and doubles nothing when the server is killed and started again', async () => {
    const running = load()
    for (let kill = 0; kill < 3; kill++) {
      await sleep(150)
      process.kill((await startEmbedded(folder)).pid, 'SIGKILL')
      await startEmbedded(folder)
    }
    await sleep(150)
    await expectEachOnce(await running.stop())
  })

  it('is told to whoever waits too long, and works again when it is back', async () => {
    const impatient = await openLedger({ url, keyRing: testKeyRing, patienceMs: 300 })
    await impatient.append(openReplayable())
    await stopPostmaster(cluster)
    const command = openReplayable()
    const from = performance.now()
    await expect(impatient.append(command)).rejects.toThrow(LedgerAway)
    await expect(impatient.load(7, command.case)).rejects.toThrow(LedgerAway)
    await expect(
      impatient.journal.record({ home: 7, at: '2019-10-14T04:00:00Z', who: 'u', role: 'r', purpose: 'p', cases: [] }),
    ).rejects.toThrow(LedgerAway)
    expect(performance.now() - from).toBeLessThan(3_000)
    await startEmbedded(folder)
    await expect.poll(async () => (await impatient.append(command).catch(() => undefined))?.kind, { timeout: 5_000 }).toBe('appended')
    expect(await impatient.append(command)).toMatchObject({ kind: 'repeated' })
    await impatient.close()
  })
})
