import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadLanguages } from '../language/load.ts'
import { createTranslator } from '../language/translator.ts'
import { filesWith, type Loose, paths } from '../law/checks/fixture.testing.ts'
import { checkCommand } from './check.ts'

const words = loadLanguages(join(import.meta.dirname, '..', 'language'))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(mutate: (files: Loose) => void, ...args: string[]) {
  for (const { path, text } of filesWith(mutate)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const written = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += String(chunk)
        done()
      },
    })
  const tools = { folder, translator: (language: 'kk' | 'ru' | 'en') => createTranslator(words[language], language) }
  const code = await checkCommand(args, { stdout: sink('stdout'), stderr: sink('stderr') }, tools)
  return { code, ...written }
}

const wrong = ({ regulation, standard }: Loose) => {
  regulation.steps[0].actor = 'clark'
  regulation.steps[0].norms[0].value = 'fifteen'
  standard.editions[0].documents[0].presented = 'orignal'
}

describe('qyzmet check', () => {
  it('is content with sound files', async () => {
    const { code, stdout } = await run(() => {}, '--language', 'en')
    expect([code, stdout]).toEqual([0, 'No errors. Files checked: 4.\n'])
  })

  it('prints all problems of all files with place, code, clause, path and remedy', async () => {
    const { code, stdout } = await run(wrong, '--language', 'en')
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(1)
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(
      /^courses\/aqzhar\/2018-07-20\.yaml:\d+:\d+ {2}error unknownRole {2}4\.1 {2}steps\[0\]\.actor {2}.*clark.*clerk/,
    )
    expect(lines[1]).toContain('steps[0].norms[0].value  “value” must be a whole number.')
    expect(lines[2]).toContain('Did you mean “original”?')
    expect(lines[3]).toBe('Errors: 3, warnings: 0.')
  })

  it('speaks Kazakh unless asked otherwise', async () => {
    expect((await run(wrong)).stdout).toContain('«clark» деген рөл жоқ.')
    expect((await run(wrong, '--language', 'ru')).stdout).toContain('Роли «clark» нет.')
  })

  it('shows only the named files', async () => {
    const { code, stdout } = await run(wrong, '--json', '--language', 'en', paths.standard, join(folder, paths.general))
    const answer = JSON.parse(stdout)
    expect([code, answer.files, answer.errors, answer.ok]).toEqual([1, 2, 1, false])
    expect(answer.problems[0]).toMatchObject({ code: 'notOneOfMeant', file: paths.standard, remedy: 'Did you mean “original”?' })
  })

  it('lets warnings pass', async () => {
    const { code, stdout } = await run(
      ({ regulation }) => {
        regulation.terms[0].value = 2
      },
      '--language',
      'en',
    )
    expect(code).toBe(0)
    expect(stdout).toContain('warning normsOverTerm')
    expect(stdout).toContain('Errors: 0, warnings: 1.')
  })

  it.each([['--wrong'], ['--language', 'de'], ['nowhere.yaml']])('says how it is used after %s %s', async (...args) => {
    const { code, stderr, stdout } = await run(() => {}, ...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('qyzmet check')
  })
})
