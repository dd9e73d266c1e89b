import { stepOf } from '../../engine/case/law.ts'
import type { Organisation } from '../../people/model.ts'
import type { House } from '../house.ts'

/** Roles to which applications are referred at an organisation; `by`: only those whom this role refers to. */
export function referredRoles(
  { statutes }: Pick<House, 'statutes'>,
  organisation: Pick<Organisation, 'region' | 'at'>,
  by?: string,
): string[] {
  const roles = statutes.library.regulations
    .filter(({ regulation }) => regulation.region === organisation.region)
    .flatMap((law) => {
      const { court } = statutes.bind(law)
      return law.regulation.steps.flatMap((step) => {
        const follows = step.outcomes.done
        if (!step.does.some((act) => act.act === 'refer') || follows === undefined || !('next' in follows)) return []
        const role = stepOf(court, follows.next)?.actor
        const isAt = role !== undefined && law.regulation.roles[role]?.at === organisation.at
        return isAt && (by === undefined || step.actor === by) ? [role] : []
      })
    })
  return [...new Set(roles)]
}
