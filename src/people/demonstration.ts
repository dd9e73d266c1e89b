import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Organisation, PeopleAnswer } from './model.ts'
import type { People } from './people.ts'
import { grantShape, type NewStaff, organisationShape, staffShape } from './shape.ts'

/** Everybody's password in the demonstration: known to all, so it opens nothing that matters. */
export const demonstrationPassword = 'qyzmet-demo'

const words = z.strictObject({ kk: z.string(), ru: z.string() })
const file = z.strictObject({
  format: z.literal('qyzmet.demonstration/1'),
  grantsFrom: z.iso.date(),
  units: z.strictObject({ provider: organisationShape.shape.units, corporation: organisationShape.shape.units }),
  posts: z.record(grantShape.shape.role, words),
  organisations: z.array(z.looseObject({ id: z.string(), at: z.enum(['provider', 'corporation']) })),
  staff: z.array(
    z.strictObject({
      login: z.string(),
      name: staffShape.shape.name,
      iin: z.string(),
      grants: z.array(z.strictObject({ role: grantShape.shape.role, organisation: z.string(), unit: z.string() })).min(1),
    }),
  ),
})

export interface DemonstrationPeople {
  readonly organisations: readonly Organisation[]
  readonly staff: readonly NewStaff[]
}

/** The invented organisations and staff of `demonstration.yaml`, whole records. */
export function demonstrationPeople(text = readFileSync(new URL('./demonstration.yaml', import.meta.url), 'utf8')): DemonstrationPeople {
  const { units, posts, grantsFrom, organisations, staff } = file.parse(parse(text))
  return {
    organisations: organisations.map((one) => organisationShape.parse({ ...one, units: units[one.at] })),
    staff: staff.map(({ grants, ...person }) => {
      const [first] = grants
      if (first === undefined) throw new Error(`${person.login} has no grant.`)
      const post = posts[first.role]
      if (post === undefined) throw new Error(`${first.role} has no post.`)
      return { ...person, post, grants: grants.map((grant) => ({ ...grant, from: grantsFrom })) }
    }),
  }
}

/** The same with the staff of some organisations only: a node of its own has nobody of the other's. */
export function demonstrationOf(holds: (at: 'corporation' | 'provider', region: string) => boolean): DemonstrationPeople {
  const { organisations, staff } = demonstrationPeople()
  const own = new Set(organisations.filter(({ at, region }) => holds(at, region)).map(({ id }) => id))
  return { organisations, staff: staff.filter(({ grants }) => grants.some(({ organisation }) => own.has(organisation))) }
}

/**
 * Puts the demonstration's organisations and staff where they are missing; a second run changes nothing. The database must be marked
 * (`claimDemonstration`). Each password is salted and hashed as in production, two at a time off the event loop: 72 people take one to two
 * seconds on two cores, once in the life of the database.
 */
export async function seedPeople(people: People, { organisations, staff } = demonstrationPeople()): Promise<void> {
  if (!(await people.isDemonstration())) throw new Error('Only a database marked as demonstration is seeded.')
  const by = { kind: 'seed' } as const
  for (const one of organisations)
    if (people.organisation(one.id) === undefined) expectKept(await people.accounts.createOrganisation(one, by))
  const missing = staff.filter(({ login }) => people.staffByLogin(login) === undefined)
  const kept = missing.map((person) =>
    people.accounts.createStaff(person, demonstrationPassword, by, { mustChange: false, anyPassword: true }),
  )
  for (const answer of await Promise.all(kept)) expectKept(answer)
}

/** Another server process may have been faster. */
function expectKept(answer: PeopleAnswer<unknown>): void {
  const fine = answer.ok || ['loginTaken', 'iinTaken', 'organisationTaken'].includes(answer.error.code)
  if (!fine) throw new Error(`The demonstration's people do not fit: ${JSON.stringify(answer.error)}`)
}
