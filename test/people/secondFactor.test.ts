import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { adminCommand } from '../../src/cli/admin.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createTranslator } from '../../src/language/translator.ts'
import type { People } from '../../src/people/people.ts'
import { codeAt } from '../../src/people/totp.ts'
import { codeOf, directorate, grant, type House, password, person, seed, value, withPeople } from './house.ts'

const loaded = loadLanguages(join(import.meta.dirname, '..', '..', 'src', 'language'))
const address = '10.0.0.7'
const visit = 'the cookie of a browser'

interface SetUp extends House {
  readonly clerk: { readonly id: string }
  /** What the clerk's telephone shows now. */
  readonly code: () => string
  readonly recovery: readonly string[]
}

const byPassword = (people: People, more: { login?: string; password?: string; code?: string; visit?: string } = {}) =>
  people.signIn({ login: 'almaty.clerk', password, address, visit, ...more }, 'page')

/** The half that stands after the right password. */
async function halfOf(people: People): Promise<string> {
  const answer = await byPassword(people)
  if (answer.ok || answer.error.code !== 'codeNeeded') throw new Error(`not asked for a code: ${codeOf(answer)}`)
  return String(answer.error.params.half)
}

/** A clerk who has connected a telephone; half a minute later, so that its next code is another. */
async function withFactor(work: (setUp: SetUp) => Promise<void>): Promise<void> {
  await withPeople(async (house) => {
    const { people, clock } = house
    value(await people.accounts.createOrganisation(directorate, seed))
    const clerk = value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed, { mustChange: false }))
    const { token } = value(await byPassword(people))
    const draft = await people.factors.draft(clerk.id, token)
    const recovery = value(await people.factors.confirm(clerk.id, token, draft, codeAt(draft.secret, clock.now), address))
    clock.now += 60_000
    await work({ ...house, clerk, recovery, code: () => codeAt(draft.secret, clock.now) })
  })
}

describe('two-step sign-in', () => {
  it('asks for a code after the right password alone, and opens a session by it, on any process', () =>
    withFactor(async ({ people, another, code }) => {
      expect(codeOf(await byPassword(people, { password: 'wrong' }))).toBe('wrongSignIn')
      const half = await halfOf(people)
      const session = value(await (await another()).finish({ half, visit, address, code: ` ${code().slice(0, 3)} ${code().slice(3)} ` }))
      expect(session.session).toMatchObject({ way: 'password', mustSetUp: false })
    }))

  it('takes each code once, whoever brings it and wherever', () =>
    withFactor(async ({ people, another, code, clock }) => {
      const [one, other] = [await halfOf(people), await halfOf(people)]
      const second = await another()
      const answers = await Promise.all([
        people.finish({ half: one, visit, address, code: code() }),
        second.finish({ half: other, visit, address, code: code() }),
        people.finish({ half: other, visit, address, code: code() }),
        second.finish({ half: one, visit, address, code: code() }),
      ])
      expect(answers.map(codeOf).sort()).toEqual(['codeUsed', 'codeUsed', 'codeUsed', 'yes'])
      // The code of the step before was not used, and is not taken any more.
      clock.now += 90_000
      const later = code()
      expect(codeOf(await people.finish({ half: await halfOf(people), visit, address, code: later }))).toBe('yes')
      clock.now -= 30_000
      const before = code()
      clock.now += 30_000
      expect(before).not.toBe(later)
      expect(codeOf(await people.finish({ half: await halfOf(people), visit, address, code: before }))).toBe('codeUsed')
    }))

  it('binds the half to one browser, five minutes, and the password that stood then', () =>
    withFactor(async ({ people, code, clock, clerk }) => {
      const half = await halfOf(people)
      const finish = (more: { half?: string; visit?: string } = {}) => people.finish({ half, visit, address, code: code(), ...more })
      expect(codeOf(await finish({ visit: 'another browser' }))).toBe('halfOver')
      for (const damaged of [
        '',
        'x',
        half.slice(1),
        `${half.slice(0, 40)}${half[40] === 'A' ? 'B' : 'A'}${half.slice(41)}`,
        'A'.repeat(500),
      ])
        expect(codeOf(await finish({ half: damaged }))).toBe('halfOver')
      clock.now += 5 * 60_000
      expect(codeOf(await finish())).toBe('halfOver')
      const again = await halfOf(people)
      value(await people.accounts.resetPassword(clerk.id, 'басқа құпиясөз екен', seed))
      expect(codeOf(await finish({ half: again }))).toBe('halfOver')
      const last = await people.signIn({ login: 'almaty.clerk', password: 'басқа құпиясөз екен', address, visit }, 'page')
      const standing = last.ok ? '' : String(last.error.params.half)
      value(await people.accounts.deactivate(clerk.id, seed))
      expect(codeOf(await finish({ half: standing }))).toBe('halfOver')
    }))

  it('bears five wrong codes, then makes wait, also the right one, also with the password entered anew', () =>
    withFactor(async ({ people, another, code, clock }) => {
      const half = await halfOf(people)
      const tried = await Promise.all(
        Array.from({ length: 20 }, (_, n) => people.finish({ half, visit, address, code: String(n).padStart(6, '9') })),
      )
      expect(tried.map(codeOf).filter((one) => one === 'codeWrong')).toHaveLength(5)
      const elsewhere = await another()
      const anew = await halfOf(elsewhere)
      expect(codeOf(await elsewhere.finish({ half: anew, visit, address, code: code() }))).toBe('tooManyTries')
      clock.now += 30_000
      expect(codeOf(await elsewhere.finish({ half: anew, visit, address, code: code() }))).toBe('yes')
    }))

  it('tells of wrong codes after the right password at the next sign-in, but not of those of this very one', () =>
    withFactor(async ({ people, code, clerk }) => {
      const stranger = await halfOf(people)
      for (const wrong of ['000000', '111111']) await people.finish({ half: stranger, visit, address, code: wrong })
      const own = await halfOf(people)
      expect(codeOf(await people.finish({ half: own, visit, address, code: '222222' }))).toBe('codeWrong')
      expect(codeOf(await people.finish({ half: own, visit, address, code: code() }))).toBe('yes')
      expect(await people.factors.news(clerk.id)).toMatchObject({ taken: null, wrong: { codes: 2 } })
      await people.factors.told(clerk.id)
      expect(await people.factors.news(clerk.id)).toBeNull()
    }))

  it('lets in once by each recovery code, two at once included, and writes that down', () =>
    withFactor(async ({ people, another, recovery, clerk }) => {
      const [first = ''] = recovery
      const second = await another()
      const halves = await Promise.all([halfOf(people), halfOf(second)])
      const answers = await Promise.all([
        people.finish({ half: halves[0], visit, address, code: first.toLowerCase() }),
        second.finish({ half: halves[1], visit, address, code: first }),
      ])
      expect(answers.map(codeOf).sort()).toEqual(['codeWrong', 'yes'])
      expect(await people.factors.state(clerk.id)).toMatchObject({ recovery: 9 })
      expect((await people.eventsOf(clerk.id)).map(({ kind }) => kind)).toContain('recoveryCodeUsed')
    }))

  it('keeps no secret and no code in the database, nor in what is told of people', () =>
    withFactor(async ({ people, query, recovery, clerk }) => {
      const { token } = value(await byPassword(people, { code: recovery[0] ?? '' }))
      const draft = await people.factors.draft(clerk.id, token)
      const text = JSON.stringify(
        await Promise.all(
          ['second_factor', 'recovery_code', 'people_event', 'wrong_code'].map((table) => query(`select t::text from ${table} as t`)),
        ),
      )
      for (const code of recovery) expect(text).not.toContain(code)
      expect(draft.token).not.toContain(draft.secret.toString('base64url'))
      const [row] = await query('select wrapped from second_factor')
      expect(Buffer.from(row?.wrapped as Buffer)).toHaveLength(12 + 20 + 16) // as: a column of bytes
    }))
})

describe('setting it up', () => {
  it('counts only once a code has come, within a quarter of an hour, for that session', () =>
    withPeople(async ({ people, clock }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      const clerk = value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed, { mustChange: false }))
      const { token } = value(await byPassword(people))
      const elsewhere = value(await byPassword(people))
      const draft = await people.factors.draft(clerk.id, token)
      expect(codeOf(await people.factors.confirm(clerk.id, token, draft, '000000', address))).toBe('codeWrong')
      expect(codeOf(await byPassword(people))).toBe('yes')
      expect(await people.factors.readDraft(clerk.id, elsewhere.token, draft.token)).toBeNull()
      expect((await people.factors.readDraft(clerk.id, token, draft.token))?.secret.equals(draft.secret)).toBe(true)
      expect(value(await people.factors.confirm(clerk.id, token, draft, codeAt(draft.secret, clock.now), address))).toHaveLength(10)
      // Whoever sat elsewhere under the password alone sits there no more.
      expect(await people.session(elsewhere.token)).toBeUndefined()
      expect(await people.session(token)).toBeDefined()
      // The code that confirmed it opens nothing.
      const half = await halfOf(people)
      expect(codeOf(await people.finish({ half, visit, address, code: codeAt(draft.secret, clock.now) }))).toBe('codeUsed')
      clock.now += 15 * 60_000
      expect(await people.factors.readDraft(clerk.id, token, draft.token)).toBeNull()
    }))

  it('gives other recovery codes for a code, and goes away for one; the earlier codes are worth nothing', () =>
    withFactor(async ({ people, code, clock, recovery, clerk }) => {
      expect(codeOf(await people.factors.renewCodes(clerk.id, '000000', address))).toBe('codeWrong')
      const anew = value(await people.factors.renewCodes(clerk.id, code(), address))
      expect(codeOf(await people.finish({ half: await halfOf(people), visit, address, code: recovery[3] ?? '' }))).toBe('codeWrong')
      expect(codeOf(await people.finish({ half: await halfOf(people), visit, address, code: anew[3] ?? '' }))).toBe('yes')
      clock.now += 30_000
      value(await people.factors.remove(clerk.id, code(), address))
      expect(codeOf(await byPassword(people))).toBe('yes')
      expect((await people.eventsOf(clerk.id)).map(({ kind }) => kind).slice(0, 3)).toEqual([
        'secondFactorRemoved',
        'recoveryCodeUsed',
        'recoveryCodesMade',
      ])
    }))
})

describe('an administrator', () => {
  it('takes it away with a reason: sessions end, the password is enough, the person is told', () =>
    withFactor(async ({ people, code, clerk }) => {
      const { token } = value(await people.finish({ half: await halfOf(people), visit, address, code: code() }))
      expect(codeOf(await people.accounts.resetSecondFactor(clerk.id, '  ', seed))).toBe('reasonWrong')
      expect(codeOf(await people.accounts.resetSecondFactor(clerk.id, 'lost', { kind: 'staff', id: clerk.id }))).toBe('ownFactorIsRemoved')
      value(await people.accounts.resetSecondFactor(clerk.id, 'Телефоны жоғалды', { kind: 'commandLine' }))
      expect(codeOf(await people.accounts.resetSecondFactor(clerk.id, 'twice', seed))).toBe('factorNone')
      expect(await people.session(token)).toBeUndefined()
      expect(codeOf(await byPassword(people))).toBe('yes')
      expect(await people.factors.news(clerk.id)).toMatchObject({ taken: { reason: 'Телефоны жоғалды', by: { kind: 'commandLine' } } })
      const [event] = await people.eventsOf(clerk.id)
      expect(event).toMatchObject({ kind: 'secondFactorReset', data: { reason: 'Телефоны жоғалды' } })
    }))

  it('who lost everything is helped at the command line', () =>
    withFactor(async ({ people }) => {
      const run = async (...args: string[]) => {
        const io = { stdin: Readable.from([]), stdout: new PassThrough(), stderr: new PassThrough() }
        const code = await adminCommand(['reset-second-factor', ...args], io, {
          env: {},
          translator: (language) => createTranslator(loaded[language], language),
          open: async () => ({ people, today: '2019-10-14', close: async () => {} }),
        })
        return [code, (await io.stdout.end().toArray()).join(''), (await io.stderr.end().toArray()).join('')]
      }
      expect((await run('--login', 'almaty.clerk'))[0]).toBe(2)
      expect((await run('--login', 'nobody.here', '--reason', 'x'))[0]).toBe(1)
      expect(await run('--login', 'Almaty.Clerk', '--reason', 'lost', '--language', 'ru')).toEqual([
        0,
        expect.stringContaining('отключен'),
        '',
      ])
      expect((await run('--login', 'almaty.clerk', '--reason', 'lost'))[0]).toBe(1)
      expect(codeOf(await byPassword(people))).toBe('yes')
    }))

  it('may require it of a role: nothing else is open on a page, and nothing to a program', () =>
    withPeople(async ({ people, another }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      for (const [login, role] of [
        ['almaty.clerk', 'clerk'],
        ['almaty.head', 'head'],
      ] as const)
        value(await people.accounts.createStaff(person(login, grant(role)), password, seed, { mustChange: false }))
      const strict = await another({ factorRequired: (roles) => roles.includes('head') })
      expect(value(await byPassword(strict, { login: 'almaty.head' })).session.mustSetUp).toBe(true)
      expect(value(await byPassword(strict)).session.mustSetUp).toBe(false)
      const program = await strict.signIn({ login: 'almaty.head', password, address }, 'token')
      expect(codeOf(program)).toBe('factorFirst')
    }))
})

describe('a program', () => {
  it('brings the code with the password', () =>
    withFactor(async ({ people, code, clerk }) => {
      const asks = (more: { code?: string } = {}) => people.signIn({ login: 'almaty.clerk', password, address, ...more }, 'token')
      expect(await asks()).toEqual({ ok: false, error: { code: 'codeNeeded', params: {} } })
      expect(codeOf(await asks({ code: '000000' }))).toBe('codeWrong')
      expect(codeOf(await asks({ code: code() }))).toBe('yes')
      expect(codeOf(await asks({ code: code() }))).toBe('codeUsed')
      expect(await people.factors.news(clerk.id)).toMatchObject({ wrong: { codes: 1 } })
    }))
})
