import { describe, expect, it } from 'vitest'
import { actorOf } from '../../src/people/sessions.ts'
import { codeOf, directorate, grant, password, person, seed, value, withPeople } from './house.ts'

const order = { number: '12-қ', date: '2019-10-11' }
const days = { from: '2019-10-15', until: '2019-10-18' }

describe('acting for another', () => {
  it('holds from its first day to its last and ends by itself; the actor names for whom and by which order', () =>
    withPeople(async ({ people, clock }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const head = value(await accounts.createStaff(person('almaty.head', grant('head')), password, seed))
      const deputy = value(await accounts.createStaff(person('almaty.deputy', grant('specialist')), password, seed, { mustChange: false }))
      const [own] = head.grants
      const given = value(await accounts.appointActing(deputy.id, { for: head.id, grant: own?.id ?? '', order, ...days }, seed))
      const acting = given.grants.find((one) => one.acting)
      expect(acting).toMatchObject({ role: 'head', organisation: directorate.id, unit: 'office', order, ...days })

      const roles = () => people.grantsNow(people.staffById(deputy.id) ?? deputy).map(({ role }) => role)
      expect(roles()).toEqual(['specialist'])
      clock.today = '2019-10-15'
      expect(roles()).toEqual(['specialist', 'head'])
      const { token } = value(await people.signIn({ login: 'almaty.deputy', password, address: '127.0.0.1' }, 'page'))
      const session = value(await people.switchGrant(token, acting?.id ?? ''))
      expect(actorOf(session)).toEqual({
        kind: 'staff',
        id: deputy.id,
        role: 'head',
        organisation: directorate.id,
        unit: 'office',
        acting: { for: head.id, order, grant: acting?.id },
      })
      expect(people.isCovered(head.id, directorate.id, 'head')).toBe(true)
      value(await accounts.deactivate(head.id, seed))
      expect(people.isPerformer(head.id, directorate.id, 'head')).toBe(false)
      expect(people.isCovered(head.id, directorate.id, 'head')).toBe(true)
      clock.today = '2019-10-19'
      expect(roles()).toEqual(['specialist'])
      expect(await people.session(token)).toBeUndefined()
      expect(people.isCovered(head.id, directorate.id, 'head')).toBe(false)
      expect((await people.eventsOf(deputy.id)).map(({ kind }) => kind)).toContain('actingAppointed')
      expect((await people.eventsOf(head.id)).map(({ kind }) => kind)).toContain('actingArranged')
    }))

  it('is refused for oneself, for an acting person, before the role, and told where days meet', () =>
    withPeople(async ({ people }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const head = value(await accounts.createStaff(person('almaty.head', grant('head', { from: '2019-01-01' })), password, seed))
      const deputy = value(await accounts.createStaff(person('almaty.deputy', grant('specialist')), password, seed))
      const third = value(await accounts.createStaff(person('almaty.third', grant('specialist')), password, seed))
      const away = value(await accounts.createStaff(person('almaty.away', grant('specialist')), password, seed))
      value(await accounts.deactivate(away.id, seed))
      const wanted = { for: head.id, grant: head.grants[0]?.id ?? '', order, ...days }
      const first = value(await accounts.appointActing(deputy.id, wanted, seed))
      const acting = first.grants.find((one) => one.acting)?.id ?? ''
      const later = { ...wanted, from: '2019-10-18', until: '2019-10-25' }
      expect({
        self: codeOf(await accounts.appointActing(head.id, wanted, seed)),
        onward: codeOf(await accounts.appointActing(third.id, { ...wanted, for: deputy.id, grant: acting }, seed)),
        early: codeOf(await accounts.appointActing(third.id, { ...wanted, from: '2018-12-31' }, seed)),
        backwards: codeOf(await accounts.appointActing(third.id, { ...wanted, from: '2019-10-19' }, seed)),
        inactive: codeOf(await accounts.appointActing(away.id, wanted, seed)),
        noGrant: codeOf(await accounts.appointActing(third.id, { ...wanted, grant: 'x' }, seed)),
        toMyself: codeOf(await accounts.appointActing(third.id, wanted, { kind: 'staff', id: third.id })),
        again: codeOf(await accounts.appointActing(deputy.id, later, seed, true)),
        meets: codeOf(await accounts.appointActing(third.id, later, seed)),
      }).toEqual({
        self: 'notForYourself',
        onward: 'actingIsNotPassedOn',
        early: 'actingBeforeRole',
        backwards: 'valueWrong',
        inactive: 'staffInactive',
        noGrant: 'grantUnknown',
        toMyself: 'notToYourself',
        again: 'actingAlready',
        meets: 'actingOverlaps',
      })
      value(await accounts.appointActing(third.id, later, seed, true))
      const after = { ...wanted, from: '2019-10-26', until: '2019-10-27' }
      value(await accounts.appointActing(deputy.id, after, seed))
      expect(people.staffById(deputy.id)?.grants.filter((one) => one.acting)).toHaveLength(2)
    }))
})

describe('the end of a role', () => {
  it('by a day lets the person work until that day is over; at once refuses the next request', () =>
    withPeople(async ({ people, clock, another }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const made = await accounts.createStaff(person('almaty.clerk', grant('clerk'), grant('head')), password, seed, { mustChange: false })
      const { id, grants } = value(made)
      const [clerk, head] = grants
      const { token } = value(await people.signIn({ login: 'almaty.clerk', password, address: '127.0.0.1' }, 'page'))
      value(await accounts.endGrant(id, clerk?.id ?? '', '2019-10-20', seed))
      expect((await people.session(token))?.grant.role).toBe('clerk')
      const elsewhere = await another()
      expect((await elsewhere.session(token))?.grant.role).toBe('clerk')
      value(await accounts.endGrant(id, clerk?.id ?? '', { at: '2019-10-14T15:20:00+06:00' }, seed))
      expect(await people.session(token)).toBeUndefined()
      expect(await elsewhere.session(token)).toBeUndefined()
      expect(people.grantsNow(people.staffById(id) ?? value(made)).map(({ role }) => role)).toEqual(['head'])
      await elsewhere.refreshed()
      expect(elsewhere.isPerformer(id, directorate.id, 'clerk')).toBe(false)
      // Yesterday it was held: who was entitled to act on a day is a fact of that day.
      clock.today = '2019-10-13'
      expect(people.isPerformer(id, directorate.id, 'clerk')).toBe(true)
      clock.today = '2019-10-14'
      expect(codeOf(await accounts.endGrant(id, clerk?.id ?? '', '2019-11-01', seed))).toBe('grantEndedBefore')
      value(await accounts.endGrant(id, head?.id ?? '', '2019-10-13', seed))
      expect(codeOf(await people.signIn({ login: 'almaty.clerk', password, address: '127.0.0.1' }, 'page'))).toBe('noGrant')
    }))
})

describe('an organisation', () => {
  it('that two change at once keeps the change of the first, and tells the second', () =>
    withPeople(async ({ people: { accounts }, another }) => {
      const seen = value(await accounts.createOrganisation(directorate, seed))
      const elsewhere = await another()
      value(await accounts.changeOrganisation({ ...seen, phone: '+7 (727) 000-00-09' }, seed, seen))
      const second = await elsewhere.accounts.changeOrganisation({ ...seen, kato: '751110000' }, seed, seen)
      expect(codeOf(second)).toBe('organisationChangedMeanwhile')
      await elsewhere.refreshed()
      expect(elsewhere.organisation(seen.id)).toMatchObject({ phone: '+7 (727) 000-00-09', kato: directorate.kato })
    }))

  it('that is closed ends the roles there with the day before and gives none; it may be opened again', () =>
    withPeople(async ({ people }) => {
      const { accounts } = people
      value(await accounts.createOrganisation(directorate, seed))
      const clerk = value(await accounts.createStaff(person('almaty.clerk', grant('clerk')), password, seed))
      value(await accounts.closeOrganisation(directorate.id, '2019-11-01', seed))
      expect(people.staffById(clerk.id)?.grants[0]?.until).toBe('2019-10-31')
      expect(codeOf(await accounts.giveGrant(clerk.id, grant('head'), seed))).toBe('organisationIsClosed')
      expect(codeOf(await accounts.closeOrganisation(directorate.id, '2019-12-01', seed))).toBe('organisationClosedBefore')
      value(await accounts.giveGrant(clerk.id, grant('head', { until: '2019-10-31' }), seed))
      value(await accounts.reopenOrganisation(directorate.id, seed))
      expect(people.organisation(directorate.id)?.closedFrom).toBeUndefined()
      expect((await people.eventsOf(directorate.id)).map(({ kind }) => kind)).toEqual([
        'organisationReopened',
        'organisationClosed',
        'organisationCreated',
      ])
    }))

  it('has new hours on every server at once', () =>
    withPeople(async ({ people: { accounts }, another }) => {
      const seen = value(await accounts.createOrganisation(directorate, seed))
      const elsewhere = await another()
      const hours = [{ from: '2019-11-01', week: 'five', open: { 'mon-fri': '08:00-17:00' }, confirmed: true, source: '№ 5' }] as const
      value(await accounts.changeOrganisation({ ...seen, hours }, seed, seen))
      await elsewhere.refreshed()
      expect(elsewhere.organisation(seen.id)?.hours).toEqual(hours)
    }))
})
