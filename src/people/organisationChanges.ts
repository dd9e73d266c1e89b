import { isDeepStrictEqual } from 'node:util'
import { answering, type Change, type makeChange, Undone } from './changes.ts'
import type { ChangedBy, Grant, Organisation, PeopleAnswer, Staff } from './model.ts'
import { organisationShape, wrong } from './shape.ts'

export async function keepOrganisation(
  change: ReturnType<typeof makeChange>,
  given: Organisation,
  by: ChangedBy,
  kind: 'organisationCreated' | 'organisationChanged',
  seen?: Organisation,
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
        if (seen !== undefined && !isDeepStrictEqual(was, seen)) throw new Undone('organisationChangedMeanwhile')
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

export async function closeOrganisation(
  change: ReturnType<typeof makeChange>,
  id: string,
  from: string,
  by: ChangedBy,
): Promise<PeopleAnswer<Organisation>> {
  const lastDay = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString()
  return answering(
    change(by, async (tools) => {
      const was = await tools.organisation(id)
      if (was === undefined) throw new Undone('organisationUnknown')
      if (was.closedFrom !== undefined) throw new Undone('organisationClosedBefore', { from: was.closedFrom })
      for (const staff of await tools.staffAt(id)) await endGrantsAt(tools, staff, id, lastDay)
      const closed = { ...was, closedFrom: from }
      await tools.keepOrganisation(closed)
      await tools.tell('organisationClosed', id, { from })
      return closed
    }),
  )
}

async function endGrantsAt(tools: Change, staff: Staff, organisation: string, lastDay: string): Promise<void> {
  const isLonger = (grant: Grant) => grant.organisation === organisation && (grant.until === undefined || grant.until > lastDay)
  const ending = staff.grants.filter(isLonger)
  if (ending.length === 0) return
  for (const { id, role } of ending) await tools.tell('grantEnded', staff.id, { grant: id, role, organisation, until: lastDay })
  await tools.keepStaff({ ...staff, grants: staff.grants.map((grant) => (isLonger(grant) ? { ...grant, until: lastDay } : grant)) })
}

export async function reopenOrganisation(
  change: ReturnType<typeof makeChange>,
  id: string,
  by: ChangedBy,
): Promise<PeopleAnswer<Organisation>> {
  return answering(
    change(by, async (tools) => {
      const was = await tools.organisation(id)
      if (was === undefined) throw new Undone('organisationUnknown')
      if (was.closedFrom === undefined) throw new Undone('organisationOpen')
      const { closedFrom, ...open } = was
      await tools.keepOrganisation(open)
      await tools.tell('organisationReopened', id, { closedFrom })
      return open
    }),
  )
}
