import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-million-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const root = resolve(import.meta.dirname, '../..')

function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      args,
      { cwd: root, env: { ...process.env, QYZMET_DATA: folder, DATABASE_URL: undefined } },
      (cause, out, err) => done({ code: typeof cause?.code === 'number' ? cause.code : cause === null ? 0 : 1, out, err }),
    )
  })
}
const tool = (name: string, ...args: string[]) =>
  run(['--import', './bench/built.js', `bench/million/${name}.ts`, '--data', folder, ...args])

// The million is a small one here: that it is made whole, that what measures it runs, and that what it leaves is a ledger like any other.
describe('a ledger of so many cases', () => {
  it('is told, told again without harm, measured, and verifies', { timeout: 240_000 }, async () => {
    const size = ['--cases', '60', '--open', '30']
    expect(await tool('million', ...size)).toMatchObject({ code: 0, err: expect.stringContaining('60 of 60 cases') })
    expect(await tool('million', ...size)).toMatchObject({ code: 0, err: expect.stringContaining('0 of 0 cases') })
    expect((await tool('million', '--cases', '61')).err).toContain('holds another ledger')
    const reads = await tool('reads', '--samples', '2', '--limit', '60000')
    expect(reads, reads.err).toMatchObject({ code: 0, out: expect.stringContaining('60 cases, 30 open') })
    const bench = await run(['bin/qyzmet.js', 'bench', '--kept', '--callers', '2', '--seconds', '1', '--json'])
    expect(bench.code, bench.err).toBe(0)
    const { runs }: { runs: { load: string; steps: number }[] } = JSON.parse(bench.out)
    expect(runs.map(({ load }) => load)).toEqual(['open', 'newest', 'any'])
    for (const { steps } of runs) expect(steps).toBeGreaterThan(0)
    const verified: { cases: number; problems: unknown[] } = JSON.parse((await run(['bin/qyzmet.js', 'verify', '--json'])).out)
    expect(verified).toMatchObject({ problems: [] })
    expect(verified.cases).toBeGreaterThanOrEqual(60)
  })
})
