import { momentIn } from '../../desk/clock.ts'
import type { Speech } from '../../language/speech.ts'
import { pickText } from '../../language/translator.ts'
import type { Organisation } from '../../people/model.ts'
import type { House } from '../house.ts'

/**
 * A role where no case is at hand, as the regulations of the organisation's region name it today. Where they name it differently, or not at
 * all, the general word; a role without one goes by the first title, and at last by its code.
 */
export function roleTitle(
  { statutes, clock }: Pick<House, 'statutes' | 'clock'>,
  { t, language }: Speech,
  role: string,
  organisation?: Pick<Organisation, 'region' | 'at'>,
): string {
  const { regulations } = statutes.library
  const titles = new Set(
    regulations.flatMap(({ regulation: { service, region, edition, roles } }) => {
      const named = roles[role]
      if (organisation === undefined || named === undefined || region !== organisation.region || named.at !== organisation.at) return []
      const law = statutes.inForce(service, region, momentIn(statutes.zoneOf(region), clock.now()).slice(0, 10))
      return 'law' in law && law.law.regulation.edition === edition ? [pickText(named.title, language).text] : []
    }),
  )
  const [title] = titles
  if (title !== undefined && titles.size === 1) return title
  if (t.has(`people.role.${role}`)) return t(`people.role.${role}`)
  const anywhere = regulations.find(({ regulation }) => regulation.roles[role])?.regulation.roles[role]?.title
  return title ?? (anywhere === undefined ? role : pickText(anywhere, language).text)
}
