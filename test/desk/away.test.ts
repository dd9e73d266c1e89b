import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopPostmaster } from '../../src/ledger/embedded/postmaster.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { LedgerAway } from '../../src/ledger/ledger.ts'
import { type Office, openOffice, who } from './office.ts'

describe('a database that goes away from the desk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-desk-away-'))
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    const { url } = await startEmbedded(folder)
    ;({ office, close } = await openOffice({ url, patienceMs: 300 }))
  })
  afterAll(async () => {
    await close()
    await stopPostmaster(join(folder, 'cluster'))
    rmSync(folder, { recursive: true })
  })

  it('is told to whoever asks, leaves nothing half done, and the same request succeeds when it is back', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const before = await office.events(number)
    const request = { key: randomUUID() }
    const sign = () => office.desk.step(number, 'signAnswer', { taken: true }, who('almaty', 'head'), request)
    await stopPostmaster(join(folder, 'cluster'))
    await expect(sign()).rejects.toThrow(LedgerAway)
    await expect(office.desk.office(number, { do: 'return', reason: 'a' }, who('almaty', 'head'), { key: randomUUID() })).rejects.toThrow(
      LedgerAway,
    )
    await expect(office.reading.case(number, who('almaty', 'head'), 'case')).rejects.toThrow(LedgerAway)
    await startEmbedded(folder)
    await expect.poll(() => office.events(number).catch(() => []), { timeout: 10_000 }).toHaveLength(before.length)
    expect(await office.events(number)).toEqual(before)
    const done = await sign()
    expect(done).toMatchObject({ kind: 'done', repeated: false })
    expect(await sign()).toEqual({ ...done, repeated: true })
    expect((await office.events(number)).filter((e) => e.type === 'AnswerSigned')).toHaveLength(1)
  })

  it('for a moment, by cut connections, is not noticed, and every request is done once', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, () => office.walk('almaty', 'office', 'refer')))
    const cut = setInterval(() => {
      office.ledger.database
        .query({
          name: 'cut',
          text: `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'qyzmet'`,
        })
        .catch(() => undefined)
    }, 40)
    const keys = new Map(numbers.map((number) => [number, randomUUID()]))
    const untilDone = async (number: string) => {
      for (let tries = 0; tries < 50; tries++) {
        const request = { key: keys.get(number) ?? '' }
        const input = { taken: true, assignee: 'specialist' }
        const outcome = await office.desk.step(number, 'refer', input, who('almaty', 'head'), request).catch(() => null)
        if (outcome !== null) return outcome.kind
      }
      return 'never'
    }
    const kinds = await Promise.all(numbers.map(untilDone))
    clearInterval(cut)
    expect(new Set(kinds)).toEqual(new Set(['done']))
    for (const number of numbers) expect((await office.events(number)).filter((e) => e.type === 'ApplicationReferred')).toHaveLength(1)
    expect(await office.problems()).toEqual([])
  })
})
