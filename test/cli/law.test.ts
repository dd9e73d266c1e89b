import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyShape } from './shapes.ts'
import { databaseRuns, openWorkshop, root } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

const aktobe = 'teacher-attestation/aktobe/2018-07-20.yaml'
const standard = 'teacher-attestation/standard.yaml'

function copied(): string {
  const folder = join(shop.folder(), 'regulations')
  cpSync(join(root, 'regulations'), folder, { recursive: true })
  return folder
}

function edit(folder: string, path: string, from: RegExp, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  const edited = text.replace(from, to)
  if (edited === text) throw new Error(`${from} is not in ${path}`)
  writeFileSync(join(folder, path), edited)
}

describe('a malformed folder of regulations', () => {
  let env: Record<string, string>
  beforeAll(() => {
    const folder = copied()
    edit(folder, aktobe, /actor: operator/, 'actor: operater')
    edit(folder, aktobe, /unit: min\b/, 'unit: minutes')
    edit(folder, standard, /^format: .*$/m, 'format: qyzmet.standard/99')
    env = { QYZMET_REGULATIONS: folder, QYZMET_DATA: shop.folder() }
  })

  it('is told by check: all problems at once, each with its place and remedy', async () => {
    const { code, out } = await shop.run(['check', '--json', '--language', 'en'], { env })
    expect(code).toBe(1)
    const { problems, errors, ok } = JSON.parse(out)
    expect(ok).toBe(false)
    const wrong = problems.filter((p: { severity: string }) => p.severity === 'error')
    expect(errors).toBe(wrong.length)
    const told = (path: string, word: string) =>
      wrong.filter(
        (p: { file: string; line: number; text: string; remedy: string }) =>
          p.file === path && JSON.stringify(p).includes(word) && p.line > 0,
      )
    expect(told(aktobe, 'operater')).not.toEqual([])
    expect(told(aktobe, 'minutes')).not.toEqual([])
    expect(told(standard, 'qyzmet.standard/')).not.toEqual([])
    const plain = await shop.run(['check'], { env })
    expect(plain.code).toBe(1)
    for (const { file, line } of wrong) expect(plain.out).toContain(`${file}:${line}:`)
  })

  it.each(['coverage', 'selfcheck', 'deadline --batch', 'serve', 'start'])('lets %s do nothing: exit 1', async (command) => {
    const { code, out, err } = await shop.run(command.split(' '), { env: { ...env, PORT: '0' } })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('qyzmet check')
    expect(err).toContain('operater')
    expect(err).toContain('qyzmet.standard/')
    expect(err).not.toMatch(/\n {4}at /)
  })
})

describe('a regulation edited under the same edition', () => {
  it('is refused at the start in three languages, until it is recorded as a correction with a reason', async () => {
    const folder = copied()
    const env = { QYZMET_REGULATIONS: folder, QYZMET_DATA: shop.folder() }
    await (await shop.serve('serve', env)).end()
    edit(folder, aktobe, /$/, '# one more line\n')

    const refused = await shop.run(['serve'], { env: { ...env, PORT: '0' } })
    expect([refused.code, refused.out]).toEqual([1, ''])
    for (const words of ['Регламент файлы сол редакцияда өзгертілген', 'A file of the law was changed', aktobe, 'qyzmet admin correct-law'])
      expect(refused.err).toContain(words)
    expect(databaseRuns(env.QYZMET_DATA)).toBe(false)
    const other = await shop.run(['admin', 'correct-law', standard, '--reason', 'Түзетілген жоқ'], { env })
    expect(other.code).toBe(1)
    expect(other.err).toContain(standard)
    const recorded = await shop.run(['admin', 'correct-law', aktobe, '--reason', 'Түсіндірме жол қосылды'], { env })
    expect([recorded.code, recorded.err]).toEqual([0, ''])
    expect(recorded.out).toMatch(/[0-9a-f]{12} → [0-9a-f]{12}/)
    const server = await shop.serve('serve', env)
    expect((await fetch(server.url)).status).toBe(200)
    expect((await server.end()).code).toBe(0)
    const again = await shop.run(['admin', 'correct-law', aktobe, '--reason', 'Екінші рет'], { env })
    expect(again.code).toBe(1)
    const verified = await shop.run(['verify', '--json'], { env })
    expect(verifyShape.parse(JSON.parse(verified.out)).problems).toEqual([])
  })
})
