import { mayAdminister } from '../people/mayAdminister.ts'
import { installation, type StaffActor } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { ExchangeScope } from './exchangeBook.ts'

/** What somebody may see of exchanges, on a page or over the API. */
export interface ExchangeRights {
  /** Whose cases' exchanges may be looked through; null: no list. */
  readonly list: ExchangeScope | null
  /** Whose may be opened one by one; null: only those of cases that the reader may see. */
  readonly one: ExchangeScope | null
  readonly administers: boolean
  /** An administrator of the installation chooses among regions. */
  readonly anyRegion: boolean
}

/** Administrators look at their organisations' cases, a supervisor at the region's; one exchange also whoever may see its case. */
export function exchangeRights(
  actor: StaffActor,
  region: string,
  people: Pick<People, 'organisation' | 'organisationsOf'>,
): ExchangeRights {
  if (actor.role !== 'administrator')
    return { list: actor.role === 'supervisor' ? 'all' : null, one: null, administers: false, anyRegion: false }
  if (actor.organisation === installation) return { list: 'all', one: 'all', administers: true, anyRegion: true }
  const mine = people
    .organisationsOf(region)
    .filter(({ id }) => mayAdminister(actor, id, people))
    .map(({ id }) => id)
  return { list: mine, one: mine, administers: true, anyRegion: false }
}
