import type { Law } from './model.ts'
import type { Act } from './schema/acts.ts'
import type { Regulation } from './schema/regulation.ts'

type Laws = readonly Pick<Law, 'regulation'>[]

/** Role codes of all these regulations, in their order: what a person may be, besides the roles that stand in none. */
export const rolesOf = (laws: Laws): ReadonlySet<string> => new Set(laws.flatMap(({ regulation }) => Object.keys(regulation.roles)))

const doing = ({ steps }: Regulation, acts: readonly Act['act'][]): string[] =>
  steps.filter(({ does }) => does.some(({ act }) => acts.includes(act))).map(({ actor }) => actor)

/** Roles of the State Corporation to whose windows applicants come: they take in and they give out. */
export const windowRoles = (laws: Laws): ReadonlySet<string> =>
  new Set(
    laws.flatMap(({ regulation }) =>
      doing(regulation, ['handIn', 'giveAnswer']).filter((role) => regulation.roles[role]?.at === 'corporation'),
    ),
  )

/** Roles that give applications to performers, and so answer for what those do. */
export const referringRoles = (regulation: Regulation): ReadonlySet<string> => new Set(doing(regulation, ['refer']))
