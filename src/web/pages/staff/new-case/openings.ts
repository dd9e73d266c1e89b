import { momentIn } from '../../../../desk/clock.ts'
import type { Bound } from '../../../../desk/statutes.ts'
import type { Who } from '../../../../desk/who.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import type { NotInForce } from '../../../../law/model.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { House } from '../../../house.ts'

/** A channel of a service whose first step is the reader's. */
export interface OpeningChoice {
  readonly service: string
  readonly channel: string
  readonly bound: Bound
  /** Where the applicant may turn: the reader's own organisation at its office, any of the region through the State Corporation. */
  readonly providers: readonly Organisation[]
}

const servicesOf = (house: House, region: string): string[] => [
  ...new Set(house.statutes.library.regulations.filter((law) => law.regulation.region === region).map((law) => law.regulation.service)),
]

const todayOf = (house: House, region: string): string => momentIn(house.statutes.zoneOf(region), house.clock.now()).slice(0, 10)

export function openingsFor(house: House, who: Who): OpeningChoice[] {
  const today = todayOf(house, who.region)
  return servicesOf(house, who.region).flatMap((service) => {
    const bound = house.statutes.inForce(service, who.region, today)
    if ('refused' in bound) return []
    const { regulation } = bound.law
    return Object.entries(regulation.channels).flatMap(([channel, { first }]) => {
      const role = stepOf(bound.court, first)?.actor
      if (role === undefined || role !== who.actor.role) return []
      const providers = providersFor(house, who, bound, regulation.roles[role]?.at ?? 'provider')
      return providers.length === 0 ? [] : [{ service, channel, bound, providers }]
    })
  })
}

function providersFor(house: House, who: Who, { law }: Bound, at: 'provider' | 'corporation'): Organisation[] {
  const kinds = new Set(law.regulation.providers.map(({ kind }) => kind))
  const own = house.people.organisation(who.actor.organisation ?? '')
  const all = at === 'provider' ? (own ? [own] : []) : house.people.organisationsOf(who.region).filter((one) => one.at === 'provider')
  return all.filter(({ kind, closedFrom }) => kinds.has(kind) && closedFrom === undefined)
}

/** Why nothing can be opened although the region has regulations: which of them is no longer in force. */
export function notInForceFor(house: House, who: Who): NotInForce[] {
  const today = todayOf(house, who.region)
  return servicesOf(house, who.region).flatMap((service) => {
    const answer = house.statutes.inForce(service, who.region, today)
    return 'refused' in answer ? [answer] : []
  })
}

/** A service and a channel in one value of a field. */
export const wayOf = ({ service, channel }: Pick<OpeningChoice, 'service' | 'channel'>): string => `${service}/${channel}`
