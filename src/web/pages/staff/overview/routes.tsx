import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import type { Who } from '../../../../desk/who.ts'
import { type Door, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { roleTitle } from '../../../wording/roles.ts'
import { OverviewPage } from './OverviewPage.tsx'

const longestList = 100

/** What waits and what is late at each desk of the region. Numbers and places only: whose cases they are stands on the pages of the cases. */
export function overviewRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>().get(paths.overview, async (c) => {
    const { who, speech } = signedIn(c)
    if (who.actor.role !== 'supervisor') throw new Refused('forbidden')
    const now = momentIn(house.statutes.zoneOf(who.region), house.clock.now())
    const places = placesOf(house, who)
    const counts = await house.ledger.work.counts(places, now)
    const late = counts.filter(({ overdue }) => overdue > 0).map(({ organisation, role, unit }) => ({ organisation, role, unit }))
    const items = late.length === 0 ? [] : await house.ledger.work.list({ places: late, limit: longestList })
    return c.html(
      <OverviewPage
        frame={frameOf(c)}
        counts={counts}
        late={items.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < Date.parse(now))}
        naming={namingFor(house.people, speech)}
        library={house.statutes.library}
        titleOf={(role, organisation) => roleTitle(house, speech, role, house.people.organisation(organisation))}
      />,
    )
  })
}

/** Every desk that a regulation of the region knows, whether or not the regulation is still in force: open cases outlive it. */
function placesOf(house: House, who: Who) {
  const laws = house.statutes.library.regulations.filter((law) => law.regulation.region === who.region)
  const places = house.people.organisationsOf(who.region).flatMap((organisation) =>
    laws.flatMap((law) =>
      Object.entries(law.regulation.roles)
        .filter(([, role]) => role.at === organisation.at)
        .map(([role, { unit }]) => ({ organisation: organisation.id, role, unit })),
    ),
  )
  return [...new Map(places.map((place) => [`${place.organisation}/${place.role}/${place.unit}`, place])).values()]
}
