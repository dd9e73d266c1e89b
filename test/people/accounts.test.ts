import { describe, expect, it } from 'vitest'
import { demonstrationPassword, demonstrationPeople, seedPeople } from '../../src/people/demonstration.ts'
import { claimDemonstration } from '../../src/people/demonstrationMark.ts'
import { codeOf, directorate, grant, password, person, seed, value, withPeople } from './house.ts'

describe('changes of people', () => {
  it('leave a row each, without a password, that nobody can edit', () =>
    withPeople(async ({ people, query }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const boss = value(
        await accounts.createStaff(person('almaty.administrator', grant('administrator')), password, { kind: 'commandLine' }),
      )
      const by = { kind: 'staff', id: boss.id } as const
      const { id, grants } = value(await accounts.createStaff(person('almaty.clerk', grant('clerk')), password, by))
      value(await accounts.giveGrant(id, grant('head'), by))
      value(await accounts.endGrant(id, grants[0]?.id ?? '', '2019-10-13', by))
      value(await accounts.changeStaff(id, { name: { surname: 'Ким', name: 'Әсем' }, post: { kk: 'басшы', ru: 'руководитель' } }, by))
      value(await accounts.resetPassword(id, 'алты малта ас болмас', by))
      value(await accounts.deactivate(id, by))
      value(await accounts.reactivate(id, by))
      const events = await people.eventsOf(id)
      expect(events.map(({ kind }) => kind).reverse()).toEqual([
        'staffCreated',
        'grantGiven',
        'grantEnded',
        'staffChanged',
        'passwordReset',
        'deactivated',
        'reactivated',
      ])
      expect(events.map((event) => event.by)).toEqual(events.map(() => by))
      expect(JSON.stringify(await query('select * from people_event'))).not.toMatch(/argon2id|қазына|малта/)
      for (const attempt of ['update people_event set kind = kind', 'delete from people_event', 'truncate people_event'])
        await expect(query(attempt)).rejects.toThrow('append-only')
    }))

  it('are told apart from what cannot be', () =>
    withPeople(async ({ people: { accounts } }) => {
      value(await accounts.createOrganisation(directorate, seed))
      const clerk = value(await accounts.createStaff({ ...person('almaty.clerk', grant('clerk')), iin: '900101300007' }, password, seed))
      const own = { kind: 'staff', id: clerk.id } as const
      expect({
        organisation: codeOf(await accounts.createOrganisation(directorate, seed)),
        bin: codeOf(await accounts.createOrganisation({ ...directorate, id: 'almaty.other', bin: '160440007162' }, seed)),
        region: codeOf(await accounts.changeOrganisation({ ...directorate, kind: 'school' }, seed)),
        unit: codeOf(await accounts.changeOrganisation({ ...directorate, units: directorate.units.slice(1) }, seed)),
        login: codeOf(await accounts.createStaff(person('Almaty.Clerk'), password, seed)),
        iin: codeOf(await accounts.createStaff({ ...person('almaty.clerk2'), iin: '900101300007' }, password, seed)),
        wrongIin: codeOf(await accounts.createStaff({ ...person('almaty.clerk2'), iin: '900101300008' }, password, seed)),
        weak: codeOf(await accounts.createStaff(person('almaty.clerk2'), 'qwerty12345', seed)),
        place: codeOf(await accounts.giveGrant(clerk.id, { ...grant('head'), organisation: 'almaty.nowhere' }, seed)),
        section: codeOf(await accounts.giveGrant(clerk.id, { ...grant('head'), unit: 'hall' }, seed)),
        everything: codeOf(await accounts.giveGrant(clerk.id, { ...grant('head'), organisation: 'installation' }, seed)),
        role: codeOf(await accounts.giveGrant(clerk.id, { ...grant('head'), role: 'executor' }, seed)),
        person: codeOf(await accounts.deactivate('nobody', seed)),
        self: codeOf(await accounts.deactivate(clerk.id, own)),
        ownPassword: codeOf(await accounts.resetPassword(clerk.id, password, own)),
      }).toEqual({
        organisation: 'organisationTaken',
        bin: 'binWrong',
        region: 'organisationFixed',
        unit: 'unitInUse',
        login: 'loginTaken',
        iin: 'iinTaken',
        wrongIin: 'iinWrong',
        weak: 'passwordCommon',
        place: 'organisationUnknown',
        section: 'unitUnknown',
        everything: 'installationHasAdministratorsOnly',
        role: 'roleUnknown',
        person: 'staffUnknown',
        self: 'notYourself',
        ownPassword: 'ownPasswordIsChanged',
      })
    }))

  it('end the sessions that rested on what was taken away', () =>
    withPeople(async ({ people }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const clerk = value(await accounts.createStaff(person('almaty.clerk', grant('clerk'), grant('specialist')), password, seed))
      const signIn = async (given = password) =>
        value(await people.signIn({ login: 'almaty.clerk', password: given, address: '10.0.0.1' }, 'page')).token
      const asClerk = await signIn()
      const asSpecialist = await signIn()
      value(await people.switchGrant(asSpecialist, clerk.grants[1]?.id ?? ''))
      value(await accounts.endGrant(clerk.id, clerk.grants[0]?.id ?? '', '2019-10-13', seed))
      expect(await people.session(asClerk)).toBeUndefined()
      expect(await people.session(asSpecialist)).toBeDefined()
      value(await accounts.resetPassword(clerk.id, 'алты малта ас болмас', seed))
      expect(await people.session(asSpecialist)).toBeUndefined()
      const again = await signIn('алты малта ас болмас')
      expect((await people.session(again))?.mustChange).toBe(true)
      value(await accounts.deactivate(clerk.id, seed))
      expect(await people.session(again)).toBeUndefined()
    }))

  it('of a password need the old one, end other sessions and keep this one', () =>
    withPeople(async ({ people }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed))
      const signIn = async (given: string) => people.signIn({ login: 'almaty.clerk', password: given, address: '10.0.0.1' }, 'page')
      const [mine, other] = [value(await signIn(password)), value(await signIn(password))]
      const to = (current: string, next: string) => people.changePassword(mine.token, current, next, '10.0.0.1')
      expect(codeOf(await to('wrong', 'алты малта ас болмас'))).toBe('passwordWrong')
      expect(codeOf(await to(password, 'short'))).toBe('passwordShort')
      expect(codeOf(await to(password, password))).toBe('passwordSame')
      expect(value(await to(password, 'алты малта ас болмас')).mustChange).toBe(false)
      expect(await people.session(other.token)).toBeUndefined()
      expect(codeOf(await signIn(password))).toBe('wrongSignIn')
      expect(codeOf(await signIn('алты малта ас болмас'))).toBe('yes')
    }))

  it('are on the next request of another process, and in its lists within a second', () =>
    withPeople(async ({ people, another }) => {
      const second = await another()
      value(await people.accounts.createOrganisation(directorate, seed))
      const clerk = value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed))
      const { token } = value(await people.signIn({ login: 'almaty.clerk', password, address: '10.0.0.1' }, 'page'))
      expect((await second.session(token))?.staff.id).toBe(clerk.id)
      expect(second.organisation('almaty.directorate')?.bin).toBe(directorate.bin)
      value(await people.accounts.giveGrant(clerk.id, grant('specialist'), seed))
      await expect.poll(() => second.staffOf('almaty.directorate', 'specialist').map(({ id }) => id), { timeout: 1000 }).toEqual([clerk.id])
    }))

  it('made by two processes at once are all kept', () =>
    withPeople(async ({ people, another }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      const clerk = value(await people.accounts.createStaff(person('almaty.clerk'), password, seed))
      const both = [people, await another()]
      await Promise.all(Array.from({ length: 20 }, (_, i) => both[i % 2]?.accounts.giveGrant(clerk.id, grant('clerk'), seed)))
      await expect.poll(() => both.map((each) => each.staffById(clerk.id)?.grants.length)).toEqual([20, 20])
    }))
})

describe('a database whose connections are cut', () => {
  it('loses no change and doubles none, and sessions are found again', () =>
    withPeople(async ({ people, query }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      const { id } = value(await people.accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed))
      const { token } = value(await people.signIn({ login: 'almaty.clerk', password, address: '10.0.0.1' }, 'page'))
      const changes = Array.from({ length: 10 }, () => people.accounts.giveGrant(id, grant('specialist'), seed))
      const cut = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
      for (let i = 0; i < 3; i++) await query(cut)
      for (const change of changes) value(await change)
      expect((await people.session(token))?.staff.grants).toHaveLength(11)
      expect((await people.eventsOf(id)).filter(({ kind }) => kind === 'grantGiven')).toHaveLength(10)
    }))
})

describe('the demonstration', () => {
  it('is seeded once, and everybody signs in by one click or by the known password', () =>
    withPeople(async ({ people, database, query }) => {
      await expect(seedPeople(people)).rejects.toThrow()
      expect(codeOf(await people.oneClick('aktobe.operator'))).toBe('notDemonstration')
      expect(await claimDemonstration(database)).toBe(true)
      await seedPeople(people)
      await seedPeople(people)
      const { staff, organisations } = demonstrationPeople()
      expect(people.staff()).toHaveLength(staff.length)
      expect(people.organisations()).toHaveLength(organisations.length)
      expect(await query('select count(*) as count from people_event')).toEqual([{ count: staff.length + organisations.length }])
      expect(await query('select count(distinct sealed) as count from password')).toEqual([{ count: staff.length }])
      const { session } = value(await people.oneClick('almaty.head'))
      expect(session.grant).toMatchObject({ role: 'head', organisation: 'almaty.directorate' })
      const credentials = { login: 'aktobe.operator', password: demonstrationPassword, address: '127.0.0.1' }
      expect(value(await people.signIn(credentials, 'token')).session.kind).toBe('token')
      expect(
        people
          .staffOf('almaty.directorate', 'specialist')
          .map(({ login }) => login)
          .sort(),
      ).toEqual(['almaty.specialist', 'almaty.specialist2'])
      expect(people.organisationsOf('aktobe', 'serviceCentre').map(({ id }) => id)).toEqual(['aktobe.city', 'aktobe.martuk'])
    }))

  it('does not claim a database in which somebody works', () =>
    withPeople(async ({ people, database }) => {
      value(await people.accounts.createOrganisation(directorate, seed))
      expect(await claimDemonstration(database)).toBe(false)
      expect(codeOf(await people.oneClick('almaty.clerk'))).toBe('notDemonstration')
    }))
})
