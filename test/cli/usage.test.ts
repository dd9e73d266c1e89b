import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openWorkshop } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

const commands = [
  'start',
  'serve',
  'admin',
  'selfcheck',
  'check',
  'coverage',
  'deadline',
  'verify',
  'seal',
  'keys',
  'proof',
  'destroy',
  'export',
  'import',
  'backup',
  'restore',
  'base-backup',
  'simulator',
]

describe('every command', () => {
  it.each([...commands, 'admin correct-law', 'simulator pki'])('%s says how it is used, and touches nothing', async (name) => {
    const data = join(shop.folder(), 'data')
    const { code, out, err } = await shop.run([...name.split(' '), '--help'], { env: { QYZMET_DATA: data } })
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`qyzmet ${name}`)
    expect(() => readdirSync(data)).toThrow('ENOENT')
  })

  it.each([
    ...commands.map((name) => [name, '--colour', 'red']),
    ...['start', 'serve', 'selfcheck', 'coverage', 'verify'].map((name) => [name, 'surplus']),
    ['start', '--json'],
    ['verify', '--seal'],
    ['seal', 'surplus'],
    ['keys'],
    ['keys', 'forget'],
    ['keys', 'rotate', '--prepare', '--finish'],
    ['keys', 'list', '--finish'],
    ['proof'],
    ['proof', 'one', 'two'],
    ['destroy'],
    ['destroy', '--case', '750-191014-00000-0', '--order', '1', '--ground', 'бар', '--by', 'almaty.administrator'],
    ['destroy', '--case', '1', '--order', '1', '--date', '2019-02-30', '--ground', 'бар', '--by', 'almaty.administrator'],
    ['export'],
    ['export', 'one', 'two'],
    ['import'],
    ['import', 'one', 'two'],
    ['backup'],
    ['restore', 'one', 'two'],
    ['base-backup'],
    ['simulator', 'nothing'],
    ['simulator', '--port', 'eighty'],
    ['simulator', '--clock', 'noon'],
    ['simulator', '--algorithm', 'dsa'],
    ['verify', '--against'],
    ['admin'],
    ['admin', 'remove'],
    ['admin', 'create'],
    ['admin', 'correct-law'],
    ['admin', 'correct-law', 'one.yaml'],
    ['admin', 'correct-law', 'one.yaml', '--reason', ' '],
    ['admin', 'correct-law', 'one.yaml', 'two.yaml', '--reason', 'бар'],
    ['admin', 'correct-law', '--colour'],
    ['check', '--language', 'de'],
    ['check', 'nowhere.yaml'],
    ['deadline'],
    ['deadline', '--region', 'aktobe', '--clause', '5'],
    ['deadline', '--region', 'nowhere', '--clause', '5', '--at', '2018-08-24T10:00+05:00'],
    ['deadline', '--region', 'aktobe', '--clause', '5', '--at', '2018-02-30T10:00+05:00'],
  ])('%s %s %s used wrongly is explained on the error stream: exit 2', async (...args) => {
    const data = join(shop.folder(), 'data')
    const { code, out, err } = await shop.run(args, { env: { QYZMET_DATA: data } })
    expect([code, out]).toEqual([2, ''])
    expect(err).not.toBe('')
    expect(err).not.toMatch(/\n {4}at /)
    expect(() => readdirSync(data)).toThrow('ENOENT')
  })

  it('is in the list', async () => {
    const { code, out } = await shop.run(['--help'])
    expect(code).toBe(0)
    for (const name of commands) expect(out).toMatch(new RegExp(`^ {2}${name} .* · .* · .*$`, 'm'))
    expect(await shop.run([])).toEqual({ code: 2, out, err: '' })
  })

  it.each(['strat', 'constructor', '--json'])('that does not exist (%s) is said so: exit 2', async (name) => {
    const { code, out, err } = await shop.run([name])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`«${name}» деген команда жоқ`)
    expect(err).toContain('qyzmet --help')
  })
})

describe('what stands in the way is told in words, without a stack: exit 1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-way-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each<{ args: string[]; env: Record<string, string>; words: string }>([
    { args: ['start'], env: { PORT: 'eighty' }, words: 'PORT' },
    { args: ['serve'], env: { DATABASE_URL: 'postgresql://127.0.0.1:1/qyzmet' }, words: 'Дерекқор жауап бермейді' },
    { args: ['verify', '--json'], env: { DATABASE_URL: 'postgresql://localhost:1/qyzmet' }, words: 'Дерекқор жауап бермейді' },
    { args: ['check'], env: { QYZMET_REGULATIONS: '/nowhere/regulations' }, words: '/nowhere/regulations' },
    { args: ['coverage'], env: { QYZMET_REGULATIONS: '/nowhere/regulations' }, words: '/nowhere/regulations' },
  ])('$args $env', async ({ args, env, words }) => {
    mkdirSync(join(folder, 'data'), { recursive: true })
    const { code, err } = await shop.run(args, { env: { QYZMET_DATA: join(folder, 'data'), ...env } })
    expect(code).toBe(1)
    expect(err).toContain(words)
    expect(err).not.toMatch(/\n {4}at /)
  })
})
