import { Hono } from 'hono'
import type { Door } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { isDay, nowIn, type Public } from '../local.tsx'
import { CalendarPage } from './CalendarPage.tsx'
import { yearOf } from './calendar.ts'
import { dayOf, editionOf, editionsOf, shelfOn } from './edition.ts'
import { LawPage } from './LawPage.tsx'
import { proofsOf } from './proofs.ts'
import { RegulationPage } from './RegulationPage.tsx'
import { RegulationsPage } from './RegulationsPage.tsx'

/** The law as anybody may read it: nobody's personal data stands on these pages. */
export function lawRoutes(parts: Public): Hono<Door> {
  const { house, frameOf } = parts
  const { library, world } = house.statutes
  const regions = world.regions.regions
  const today = (region = Object.keys(regions)[0] ?? '') => nowIn(parts, region).slice(0, 10)
  const routes = new Hono<Door>()

  routes.get('/regulations', (c) => {
    const asked = c.req.query('on')
    const on = isDay(asked) ? asked : today()
    return c.html(<RegulationsPage frame={frameOf(c)} view={{ on, laws: shelfOn(library, on), regions }} />)
  })

  routes.get('/regulations/:id', (c) => {
    const { on: asked, edition } = c.req.query()
    const id = c.req.param('id')
    const day = isDay(asked) ? asked : today(library.find(id)?.regulation.region)
    const law = editionOf(library, id, { edition, on: day })
    if (law === undefined) throw new Refused('notFound')
    const on = edition !== undefined && !isDay(asked) ? dayOf(law, day) : day
    const region = regions[law.regulation.region]?.name ?? { kk: law.regulation.region }
    return c.html(
      <RegulationPage
        frame={frameOf(c)}
        view={{ law, editions: editionsOf(library, id), on, region, proofs: proofsOf(house.statutes.bind(law)) }}
      />,
    )
  })

  routes.get('/regulations/:id/file', (c) => {
    const law = library.find(c.req.param('id'), c.req.query('edition'))
    const file = law?.files.find(({ sha256 }) => sha256 === law.sha256.regulation)
    if (file === undefined) throw new Refused('notFound')
    c.header('content-disposition', `inline; filename="${file.path.replaceAll('/', '-')}"`)
    return c.text(file.text)
  })

  routes.get('/law', (c) =>
    c.html(<LawPage frame={frameOf(c)} view={{ general: library.general, reckoning: world.calendars.reckoning }} />),
  )

  routes.get('/calendar', (c) => c.redirect(`/calendar/${today().slice(0, 4)}`))
  routes.get('/calendar/:year', (c) => {
    const year = yearOf(world.calendars, Number(c.req.param('year')))
    if (year === undefined) throw new Refused('notFound')
    const years = [...world.calendars.years.keys()].sort((a, b) => a - b)
    return c.html(<CalendarPage frame={frameOf(c)} view={{ year, years, week: c.req.query('week') === 'six' ? 'six' : 'five' }} />)
  })
  return routes
}
