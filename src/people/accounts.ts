import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { answering, type Change, type makeChange, Undone } from './changes.ts'
import { type ChangedBy, type Grant, installation, no, type Organisation, ownRoles, type PeopleAnswer, type Staff } from './model.ts'
import { checkPassword } from './passwordRules.ts'
import { sealPassword } from './passwords.ts'
import { grantShape, type NewGrant, type NewStaff, organisationShape, staffShape } from './shape.ts'

/** Changes of people and organisations. Whoever calls has asked `mayAdminister` first; each leaves its row in `people_event`. */
export interface Accounts {
  createOrganisation(organisation: Organisation, by: ChangedBy): Promise<PeopleAnswer<Organisation>>
  /** The whole record anew; the id, the kind, the region and the home stay for ever. */
  changeOrganisation(organisation: Organisation, by: ChangedBy): Promise<PeopleAnswer<Organisation>>
  createStaff(staff: NewStaff, password: string, by: ChangedBy, options?: CreateOptions): Promise<PeopleAnswer<Staff>>
  /** Name and post; the login and the IIN stay. */
  changeStaff(id: string, to: Pick<Staff, 'name' | 'post'>, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  giveGrant(id: string, grant: NewGrant, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** `until` is the last day; sessions that act under the grant end at once. */
  endGrant(id: string, grant: string, until: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** A password for the person's next sign-in, at which another must be chosen. Ends all sessions. */
  resetPassword(id: string, password: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** Ends all sessions; the person stays in everything that was done. */
  deactivate(id: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  reactivate(id: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
}

export interface CreateOptions {
  /** False where the person chose the password. */
  mustChange?: boolean
  /** The demonstration's known password is no secret to be guarded by rules. */
  anyPassword?: boolean
}

/** @param roles role codes of the regulations at hand */
export function openAccounts(change: ReturnType<typeof makeChange>, roles: () => ReadonlySet<string>): Accounts {
  const known = (role: string): boolean => ownRoles.includes(role) || roles().has(role)
  const changeStaff = (id: string, by: ChangedBy, work: (change: Change, staff: Staff) => Promise<Staff>): Promise<PeopleAnswer<Staff>> =>
    answering(
      change(by, async (tools) => {
        const staff = await tools.staff(id)
        if (staff === undefined) throw new Undone('staffUnknown')
        const changed = await work(tools, staff)
        await tools.keepStaff(changed)
        return changed
      }),
    )
  return {
    createOrganisation: (given, by) => keepOrganisation(change, given, by, 'organisationCreated'),
    changeOrganisation: (given, by) => keepOrganisation(change, given, by, 'organisationChanged'),
    createStaff: (given, password, by, options) => createStaff(change, known, given, password, by, options),
    changeStaff: (id, to, by) => {
      const parsed = staffShape.pick({ name: true, post: true }).safeParse(to)
      if (!parsed.success) return Promise.resolve(wrong(parsed.error))
      return changeStaff(id, by, async (tools, staff) => {
        const was = { name: staff.name, post: staff.post }
        await tools.tell('staffChanged', id, { was, is: parsed.data })
        return { ...staff, ...parsed.data }
      })
    },
    giveGrant: (id, grant, by) => {
      const parsed = grantShape.safeParse(grant)
      if (!parsed.success) return Promise.resolve(wrong(parsed.error))
      const grantId = randomUUID()
      return changeStaff(id, by, async (tools, staff) => {
        // The change is run again when the connection was lost at its commit, and may have been kept.
        if (staff.grants.some((one) => one.id === grantId)) return staff
        const given = await newGrant(tools, known, parsed.data, grantId)
        await tools.tell('grantGiven', id, { grant: given })
        return { ...staff, grants: [...staff.grants, given] }
      })
    },
    endGrant: (id, grantId, until, by) =>
      changeStaff(id, by, async (tools, staff) => {
        const grant = staff.grants.find((one) => one.id === grantId)
        if (grant === undefined) throw new Undone('grantUnknown')
        if (until < grant.from) throw new Undone('grantEndsBeforeItBegins', { from: grant.from })
        await tools.endSessions(id, { grant: grantId })
        await tools.tell('grantEnded', id, { grant: grantId, until })
        return { ...staff, grants: staff.grants.map((one) => (one.id === grantId ? { ...one, until } : one)) }
      }),
    resetPassword: async (id, password, by) => {
      if (by.kind === 'staff' && by.id === id) return no('ownPasswordIsChanged')
      // Hashed before the change: its row lock holds everybody else.
      const sealed = await sealPassword(password)
      return changeStaff(id, by, async (tools, staff) => {
        const fits = checkPassword(password, staff)
        if (!fits.ok) throw new Undone(fits.error.code, fits.error.params)
        await tools.keepPassword(id, sealed, true)
        await tools.endSessions(id)
        await tools.tell('passwordReset', id, {})
        return staff
      })
    },
    deactivate: (id, by) => {
      if (by.kind === 'staff' && by.id === id) return Promise.resolve(no('notYourself'))
      return changeStaff(id, by, async (tools, staff) => {
        await tools.endSessions(id)
        await tools.tell('deactivated', id, {})
        return { ...staff, active: false }
      })
    },
    reactivate: (id, by) =>
      changeStaff(id, by, async (tools, staff) => {
        await tools.tell('reactivated', id, {})
        return { ...staff, active: true }
      }),
  }
}

/** The first place that is wrong; forms check theirs before. */
function wrong(error: z.ZodError): PeopleAnswer<never> {
  const [issue] = error.issues
  const code = issue?.code === 'custom' ? issue.params?.code : undefined
  return no(typeof code === 'string' ? code : 'valueWrong', { field: issue?.path.join('.') ?? '' })
}

async function keepOrganisation(
  change: ReturnType<typeof makeChange>,
  given: Organisation,
  by: ChangedBy,
  kind: 'organisationCreated' | 'organisationChanged',
): Promise<PeopleAnswer<Organisation>> {
  const parsed = organisationShape.safeParse(given)
  if (!parsed.success) return wrong(parsed.error)
  const is = parsed.data
  return answering(
    change(by, async (tools) => {
      const was = await tools.organisation(is.id)
      if (kind === 'organisationCreated' && was) throw new Undone('organisationTaken')
      if (kind === 'organisationChanged') {
        if (was === undefined) throw new Undone('organisationUnknown')
        if (was.kind !== is.kind || was.at !== is.at || was.region !== is.region || was.home !== is.home)
          throw new Undone('organisationFixed')
        const missing = was.units.find((unit) => !is.units.some(({ id }) => id === unit.id))
        if (missing) throw new Undone('unitInUse', { unit: missing.id })
      }
      await tools.keepOrganisation(is)
      await tools.tell(kind, is.id, was ? { was, is } : { is })
      return is
    }),
  )
}

async function createStaff(
  change: ReturnType<typeof makeChange>,
  known: KnownRole,
  given: NewStaff,
  password: string,
  by: ChangedBy,
  { mustChange = true, anyPassword = false }: CreateOptions = {},
): Promise<PeopleAnswer<Staff>> {
  const parsed = staffShape.safeParse(given)
  if (!parsed.success) return wrong(parsed.error)
  const fits = anyPassword ? undefined : checkPassword(password, parsed.data)
  if (fits && !fits.ok) return fits
  const sealed = await sealPassword(password)
  const id = randomUUID()
  return answering(
    change(by, async (tools) => {
      const kept = await tools.staff(id)
      if (kept) return kept
      const grants: Grant[] = []
      for (const grant of parsed.data.grants) grants.push(await newGrant(tools, known, grant))
      const staff: Staff = { id, ...parsed.data, grants, active: true }
      await tools.keepStaff(staff)
      await tools.keepPassword(staff.id, sealed, mustChange)
      // Neither the name nor the IIN: the row is never destroyed, the person's record may have to be.
      await tools.tell('staffCreated', staff.id, { login: staff.login, grants })
      return staff
    }),
  )
}

type KnownRole = (role: string) => boolean

async function newGrant(tools: Change, known: KnownRole, given: NewGrant, id: string = randomUUID()): Promise<Grant> {
  const grant = { id, ...given }
  if (!known(grant.role)) throw new Undone('roleUnknown', { role: grant.role })
  if (grant.organisation === installation) {
    if (grant.role !== 'administrator') throw new Undone('installationHasAdministratorsOnly', { role: grant.role })
    return grant
  }
  const organisation = await tools.organisation(grant.organisation)
  if (organisation === undefined) throw new Undone('organisationUnknown', { organisation: grant.organisation })
  if (!organisation.units.some(({ id }) => id === grant.unit)) throw new Undone('unitUnknown', { unit: grant.unit })
  return grant
}
