import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../language/load.ts'
import { createTranslator } from '../language/translator.ts'
import { deadlineCommand, type FindNorm } from './deadline.ts'
import { readWorld } from './world.ts'

const root = join(import.meta.dirname, '..', '..')
const parsed = readWorld(join(root, 'regulations'))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1))
const world = parsed.value
const words = loadLanguages(join(root, 'src', 'language'))

const findNorm: FindNorm = (region, clause, location, date) =>
  region === 'aktobe' && clause === '5' && date >= '2018-07-20'
    ? { ok: true, value: { value: location === 'local' ? 2 : 6, unit: 'wd', clause: '5', receiver: 'corporation', performer: 'provider' } }
    : { ok: false, code: 'clauseUnknown', reason: { kk: `${clause}-тармақ жоқ`, ru: `нет пункта ${clause}`, en: `no clause ${clause}` } }

async function run(args: string[], input: (string | Buffer)[] = []) {
  const out: string[] = []
  const err: string[] = []
  const sink = (into: string[]) =>
    new Writable({
      highWaterMark: 64,
      write(chunk, _, done) {
        into.push(String(chunk))
        setImmediate(done)
      },
    })
  const io = { stdin: Readable.from(input.map((chunk) => Buffer.from(chunk))), stdout: sink(out), stderr: sink(err) }
  const code = await deadlineCommand(args, io, { world, findNorm, translator: (language) => createTranslator(words[language], language) })
  await new Promise((done) => io.stdout.end(done))
  return { code, out: out.join(''), err: err.join('') }
}
const asked = ['--region', 'aktobe', '--clause', '5', '--location', 'local', '--at', '2018-08-24T10:00+05:00']

describe('qyzmet deadline', () => {
  it('answers in JSON', async () => {
    const { code, out, err } = await run([...asked, '--json'])
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      id: 'aktobe:5',
      norm: { clause: '5' },
      dueDate: '2018-08-27',
      dueAt: '2018-08-27T18:30:00+05:00',
      warnings: [],
    })
  })

  it('answers in words, Kazakh unless asked otherwise', async () => {
    expect((await run(asked)).out).toContain('Мерзім 27.08.2018 18:30-да аяқталады.')
    expect((await run([...asked, '--language', 'ru'])).out).toContain('Срок истекает 27.08.2018 18:30.')
  })

  it('says no with 1', async () => {
    expect(await run(['--region', 'aktobe', '--clause', '77', '--at', '2018-08-24T10:00+05:00', '--language', 'en'])).toEqual({
      code: 1,
      out: '',
      err: 'no clause 77\n',
    })
    const missing = await run(['--region', 'aktobe', '--clause', '5', '--at', '2027-12-30T10:00+05:00', '--json', '--language', 'en'])
    expect(missing.code).toBe(1)
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'calendarMissing' } })
  })

  it.each([
    [[]],
    [['--region', 'aktobe', '--clause', '5']],
    [['--region', 'atlantis', '--clause', '5', '--at', '2018-08-24T10:00+05:00']],
    [['--region', 'aktobe', '--clause', '5', '--at', '2018-02-30T10:00+05:00']],
    [['--unknown']],
    [['--batch', '--language', 'xx']],
  ])('used wrongly with %j says so with 2', async (args) => {
    const { code, out, err } = await run(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).not.toMatch(/[{}]|undefined|^$/)
  })

  it('--batch answers each line in order and goes on after a bad one', async () => {
    const line = (id: string, more: object = {}) =>
      JSON.stringify({
        id,
        unit: 'wd',
        value: 2,
        receivedAt: '2018-08-24T10:00+05:00',
        zone: 'Asia/Aqtobe',
        receiver: 'corporation',
        performer: 'provider',
        ...more,
      })
    const text = [line('a'), '', 'no json', '"a string"', line('b', { unit: 'weeks' }), line('c', { performer: 'bank' }), line('ө')].join(
      '\n',
    )
    // Cut in the middle of lines and of a two-byte letter.
    const bytes = Buffer.from(text)
    const input = [bytes.subarray(0, 50), bytes.subarray(50, bytes.length - 100), bytes.subarray(bytes.length - 100)]
    const { code, out } = await run(['--batch'], input)
    expect(code).toBe(1)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one))
    expect(answers.map((one) => [one.id, one.dueDate ?? one.error.code])).toEqual([
      ['a', '2018-08-27'],
      [null, 'notObject'],
      [null, 'notObject'],
      ['b', 'unitUnknown'],
      ['c', 'partyUnknown'],
      ['ө', '2018-08-27'],
    ])
    expect(answers[0].norm).toEqual({ value: 2, unit: 'wd', clause: null })
    expect((await run(['--batch'], [`${line('a')}\n`])).code).toBe(0)
  })

  it('--batch of twenty thousand lines takes seconds, not minutes', async () => {
    const day = 86_400_000
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      JSON.stringify({
        id: i,
        unit: ['min', 'wd', 'cd'][i % 3],
        value: 1 + (i % 20),
        receivedAt: new Date(Date.UTC(2016, 0, 4, 5) + (i % 3600) * day).toISOString(),
        zone: i % 2 ? 'Asia/Almaty' : 'Asia/Aqtobe',
        receiver: i % 5 ? 'corporation' : 'provider',
        performer: 'provider',
      }),
    )
    const started = performance.now()
    const { code, out } = await run(['--batch'], [`${lines.join('\n')}\n`])
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(20_000)
    expect(performance.now() - started).toBeLessThan(8000)
  })
})
