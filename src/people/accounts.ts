import { randomUUID } from 'node:crypto'
import { answering, type Change, type makeChange, Undone } from './changes.ts'
import {
  type ChangedBy,
  type Grant,
  holdsOn,
  installation,
  no,
  type Organisation,
  overlap,
  ownRoles,
  type PeopleAnswer,
  type Staff,
  shortName,
} from './model.ts'
import { closeOrganisation, keepOrganisation, reopenOrganisation } from './organisationChanges.ts'
import { checkPassword } from './passwordRules.ts'
import { sealPassword } from './passwords.ts'
import { actingShape, grantShape, type NewActing, type NewGrant, type NewStaff, staffShape, wrong } from './shape.ts'

/** Changes of people and organisations. Whoever calls has asked `mayAdminister` first; each leaves its row in `people_event`. */
export interface Accounts {
  createOrganisation(organisation: Organisation, by: ChangedBy): Promise<PeopleAnswer<Organisation>>
  /**
   * The whole record anew; the id, the kind, the region and the home stay for ever. `seen` is the record that the change was made from:
   * where somebody else changed it since, nothing is written.
   */
  changeOrganisation(organisation: Organisation, by: ChangedBy, seen?: Organisation): Promise<PeopleAnswer<Organisation>>
  /** Nothing is opened there from the day on, and roles there end with the day before; whoever calls has seen that no case is open. */
  closeOrganisation(id: string, from: string, by: ChangedBy): Promise<PeopleAnswer<Organisation>>
  reopenOrganisation(id: string, by: ChangedBy): Promise<PeopleAnswer<Organisation>>
  createStaff(staff: NewStaff, password: string, by: ChangedBy, options?: CreateOptions): Promise<PeopleAnswer<Staff>>
  /** Name and post; the login and the IIN stay. */
  changeStaff(id: string, to: Pick<Staff, 'name' | 'post'>, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  giveGrant(id: string, grant: NewGrant, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /**
   * Gives a person another's role for some days: what is the other's to do is theirs then, and their events name the order. Refused with
   * `actingOverlaps` where somebody else acts in it on one of the days, unless `despite`.
   */
  appointActing(id: string, acting: NewActing, by: ChangedBy, despite?: boolean): Promise<PeopleAnswer<Staff>>
  /** A day is the last on which the role holds. A moment (RFC 3339, by the law's clock) ends it at once: the next request is refused. */
  endGrant(id: string, grant: string, end: string | { readonly at: string }, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** Writes down that what the person had to do was given to somebody else, or back to everybody in the role. */
  noteGivenOver(id: string, given: GivenOver, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** A password for the person's next sign-in, at which another must be chosen. Ends all sessions. */
  resetPassword(id: string, password: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** For whoever lost the telephone: the password alone lets in again. Ends all sessions; the reason is told at the next sign-in. */
  resetSecondFactor(id: string, reason: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  /** Ends all sessions; the person stays in everything that was done. */
  deactivate(id: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
  reactivate(id: string, by: ChangedBy): Promise<PeopleAnswer<Staff>>
}

export interface GivenOver {
  readonly role: string
  readonly organisation: string
  /** Staff id; null: everybody in the role. */
  readonly to: string | null
  readonly cases: number
}

export interface CreateOptions {
  /** False where the person chose the password. */
  mustChange?: boolean
  /** The demonstration's known password is no secret to be guarded by rules. */
  anyPassword?: boolean
}

/**
 * @param roles role codes of the regulations at hand
 * @param today by the law's clock
 */
export function openAccounts(change: ReturnType<typeof makeChange>, roles: () => ReadonlySet<string>, today: () => string): Accounts {
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
    changeOrganisation: (given, by, seen) => keepOrganisation(change, given, by, 'organisationChanged', seen),
    closeOrganisation: (id, from, by) => closeOrganisation(change, id, from, by),
    reopenOrganisation: (id, by) => reopenOrganisation(change, id, by),
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
      if (by.kind === 'staff' && by.id === id) return Promise.resolve(no('notToYourself'))
      const grantId = randomUUID()
      return changeStaff(id, by, async (tools, staff) => {
        // The change is run again when the connection was lost at its commit, and may have been kept.
        if (staff.grants.some((one) => one.id === grantId)) return staff
        const given = await newGrant(tools, known, parsed.data, grantId)
        await tools.tell('grantGiven', id, { grant: given })
        return { ...staff, grants: [...staff.grants, given] }
      })
    },
    appointActing: (id, given, by, despite = false) => {
      const parsed = actingShape.safeParse(given)
      if (!parsed.success) return Promise.resolve(wrong(parsed.error))
      if (by.kind === 'staff' && by.id === id) return Promise.resolve(no('notToYourself'))
      const grantId = randomUUID()
      return changeStaff(id, by, (tools, staff) => appoint(tools, staff, parsed.data, grantId, despite))
    },
    endGrant: (id, grantId, end, by) =>
      changeStaff(id, by, async (tools, staff) => {
        const grant = staff.grants.find((one) => one.id === grantId)
        if (grant === undefined) throw new Undone('grantUnknown')
        if (grant.endedAt !== undefined) throw new Undone('grantEndedBefore')
        // A role that has not begun may be ended at once as well: it then never holds.
        const until = typeof end === 'string' ? end : ([end.at.slice(0, 10), grant.from].sort()[1] ?? grant.from)
        if (until < grant.from) throw new Undone('grantEndsBeforeItBegins', { from: grant.from })
        const ended = { ...grant, until, ...(typeof end === 'string' ? {} : { endedAt: end.at }) }
        // A role that ends on a day to come goes on until then, and so does the work in it.
        if (!holdsOn(ended, today())) await tools.endSessions(id, { grant: grantId })
        const { acting, role, organisation } = grant
        const was = grant.until === undefined ? {} : { was: grant.until }
        await tools.tell('grantEnded', id, { grant: grantId, role, organisation, until, ...was, ...(typeof end === 'string' ? {} : end) })
        if (acting) await tools.tell('grantEnded', acting.for, { grant: grantId, by: id, role, organisation, until })
        return { ...staff, grants: staff.grants.map((one) => (one.id === grantId ? ended : one)) }
      }),
    noteGivenOver: (id, given, by) =>
      changeStaff(id, by, async (tools, staff) => {
        await tools.tell('workGivenOver', id, { ...given })
        return staff
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
    resetSecondFactor: (id, reason, by) => {
      if (by.kind === 'staff' && by.id === id) return Promise.resolve(no('ownFactorIsRemoved'))
      const words = reason.trim()
      if (words === '' || words.length > 500) return Promise.resolve(no('reasonWrong'))
      return changeStaff(id, by, async (tools, staff) => {
        if (!(await tools.dropFactor(id, { at: tools.at, by, reason: words }))) throw new Undone('factorNone')
        await tools.endSessions(id)
        await tools.tell('secondFactorReset', id, { reason: words })
        return staff
      })
    },
    deactivate: (id, by) => {
      if (by.kind === 'staff' && by.id === id) return Promise.resolve(no('notYourself'))
      return changeStaff(id, by, async (tools, staff) => {
        if (!staff.active) throw new Undone('staffInactive')
        await tools.endSessions(id)
        await tools.tell('deactivated', id, {})
        return { ...staff, active: false }
      })
    },
    reactivate: (id, by) =>
      changeStaff(id, by, async (tools, staff) => {
        if (staff.active) throw new Undone('staffActive')
        await tools.tell('reactivated', id, {})
        return { ...staff, active: true }
      }),
  }
}

/** What somebody may do for another follows from that one's grant: it is looked at as it stands now, and so are those who act in it already. */
async function appoint(tools: Change, staff: Staff, given: NewActing, id: string, despite: boolean): Promise<Staff> {
  if (staff.grants.some((one) => one.id === id)) return staff
  if (given.for === staff.id) throw new Undone('notForYourself')
  if (!staff.active) throw new Undone('staffInactive')
  const principal = await tools.staff(given.for)
  const grant = principal?.grants.find((one) => one.id === given.grant)
  if (principal === undefined || grant === undefined) throw new Undone('grantUnknown')
  if (grant.acting) throw new Undone('actingIsNotPassedOn')
  if (given.from < grant.from) throw new Undone('actingBeforeRole', { from: grant.from })
  const others = (await tools.actingUnder(grant.id)).flatMap((one) =>
    one.grants
      .filter((other) => other.acting?.grant === grant.id && other.endedAt === undefined && overlap(other, given))
      .map((other) => ({ one, other })),
  )
  const own = others.find(({ one }) => one.id === staff.id)
  const [met] = own ? [own] : others
  if (met && (own || !despite))
    throw new Undone(own ? 'actingAlready' : 'actingOverlaps', {
      name: shortName(met.one.name),
      from: met.other.from,
      until: met.other.until ?? '',
      order: met.other.order?.number ?? '',
    })
  const { role, organisation, unit } = grant
  const { order, from, until } = given
  const acting: Grant = { id, role, organisation, unit, from, until, order, acting: { for: principal.id, grant: grant.id } }
  await tools.tell('actingAppointed', staff.id, { grant: acting })
  await tools.tell('actingArranged', principal.id, { by: staff.id, grant: acting })
  return { ...staff, grants: [...staff.grants, acting] }
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
  if (organisation.closedFrom !== undefined && (grant.until === undefined || grant.until >= organisation.closedFrom))
    throw new Undone('organisationIsClosed', { from: organisation.closedFrom })
  if (!organisation.units.some(({ id }) => id === grant.unit)) throw new Undone('unitUnknown', { unit: grant.unit })
  return grant
}
