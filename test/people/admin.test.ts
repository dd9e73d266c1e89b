import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { adminCommand } from '../../src/cli/admin.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createTranslator } from '../../src/language/translator.ts'
import type { People } from '../../src/people/people.ts'
import { password, value, withPeople } from './house.ts'

const loaded = loadLanguages(join(import.meta.dirname, '..', '..', 'src', 'language'))

async function run(people: People, args: string[], stdin: Readable, env: Record<string, string> = {}) {
  const io = { stdin, stdout: new PassThrough(), stderr: new PassThrough() }
  const code = await adminCommand(args, io, {
    env,
    translator: (language) => createTranslator(loaded[language], language),
    open: async () => ({ people, today: '2019-10-14', close: async () => {} }),
  })
  const written = async (stream: PassThrough) => (await stream.end().toArray()).join('')
  return { code, out: await written(io.stdout), err: await written(io.stderr) }
}

const pipe = (text = '') => Readable.from([Buffer.from(text)])

describe('qyzmet admin create', () => {
  it('makes an administrator of everything, who signs in; once', () =>
    withPeople(async ({ people }) => {
      const first = await run(people, ['create', '--login', 'Root.Admin', '--json'], pipe(`${password}\n`))
      expect(first.code).toBe(0)
      expect(JSON.parse(first.out)).toMatchObject({ login: 'root.admin' })
      const { session } = value(await people.signIn({ login: 'root.admin', password, address: '127.0.0.1' }, 'page'))
      expect(session).toMatchObject({ grant: { role: 'administrator', organisation: 'installation' }, mustChange: false })
      expect(await people.eventsOf(session.staff.id)).toMatchObject([{ kind: 'staffCreated', by: { kind: 'commandLine' } }])
      const second = await run(people, ['create', '--login', 'root.admin', '--language', 'ru'], pipe(), { QYZMET_ADMIN_PASSWORD: password })
      expect(second).toMatchObject({ code: 1, out: '', err: 'Этот логин занят. Выберите другой.\n' })
    }))

  it('asks on a terminal, twice for the password, without showing it', () =>
    withPeople(async ({ people }) => {
      const typed = (again: string) => {
        const keys = Object.assign(new PassThrough(), { isTTY: true as const, setRawMode: () => {} })
        const answers = ['root.admin\n', 'Қасымова\n', 'Айгүл\n', `${password}\r`, `${again}\r`]
        // Each answer comes when its question stands.
        const next = setInterval(() => keys.write(answers.shift() ?? ''), 50)
        return { keys, stop: () => clearInterval(next) }
      }
      const wrong = typed('something else')
      expect(await run(people, ['create'], wrong.keys)).toMatchObject({ code: 1, err: 'Екі рет енгізілген құпиясөз бірдей емес.\n' })
      wrong.stop()
      const right = typed(password)
      const made = await run(people, ['create'], right.keys)
      right.stop()
      expect(made.code).toBe(0)
      expect(made.out).not.toContain(password)
      expect(people.staffByLogin('root.admin')?.name.surname).toBe('Қасымова')
    }))

  it.each([
    { args: ['create'], given: `${password}\n`, code: 2, err: '--login көрсетілмеген' },
    { args: ['create', '--login', 'root'], given: '', code: 2, err: 'Құпиясөз берілмеді' },
    { args: ['create', '--login', 'root'], given: 'қысқа\n', code: 1, err: 'кемінде 10 таңба' },
    { args: ['create', '--login', 'root'], given: 'qwerty12345\n', code: 1, err: 'оңай табуға болады' },
    { args: ['create', '--login', 'рооt'], given: `${password}\n`, code: 1, err: 'латынның кіші әріптері' },
    { args: ['create', '--login', 'root', '--iin', '900101300008'], given: `${password}\n`, code: 1, err: 'ЖСН қате' },
    { args: ['remove', '--login', 'root'], given: `${password}\n`, code: 2, err: '«remove»' },
    { args: ['create', '--colour', 'red'], given: '', code: 2, err: '--colour' },
    { args: ['create', '--language', 'de'], given: '', code: 2, err: '«de»' },
  ])('$args with "$given" answers $code', ({ args, given, code, err }) =>
    withPeople(async ({ people }) => {
      const answer = await run(people, args, pipe(given))
      expect(answer.code).toBe(code)
      expect(answer.err).toContain(err)
      expect(people.staff()).toEqual([])
    }),
  )

  it('helps', () =>
    withPeople(async ({ people }) => {
      const { code, out } = await run(people, ['--help', '--language', 'en'], pipe())
      expect(code).toBe(0)
      expect(out).toContain('QYZMET_ADMIN_PASSWORD')
    }))
})
