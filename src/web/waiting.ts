import type { Grant } from '../people/model.ts'
import type { Session } from '../people/sessions.ts'
import { hasDesk } from './door/frame.ts'
import { whoIs } from './door/recognise.ts'
import type { House } from './house.ts'

export interface Waiting {
  readonly items: number
  readonly overdue: number
}

/** What waits for the person in each of the grants that have a desk, by the grant's id. */
export async function waitingByGrant(house: House, session: Session, grants: readonly Grant[]): Promise<ReadonlyMap<string, Waiting>> {
  const desks = grants.filter(({ role }) => hasDesk(role))
  const counts = await Promise.all(desks.map((grant) => house.reading.count(whoIs(house, { ...session, grant }))))
  return new Map(desks.map(({ id }, index) => [id, counts[index] ?? { items: 0, overdue: 0 }]))
}
