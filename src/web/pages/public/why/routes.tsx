import { Hono } from 'hono'
import type { Door } from '../../../door/door.ts'
import { shelfOn } from '../law/edition.ts'
import { frameIn, isDay, nowIn, type Public } from '../local.tsx'
import { answer, type Typed } from './question.ts'
import { WhyPage } from './WhyPage.tsx'

export function whyRoutes(parts: Public): Hono<Door> {
  const { library, world } = parts.house.statutes
  const regions = world.regions.regions
  const routes = new Hono<Door>()
  routes.get('/why', (c) => {
    const given: Typed = c.req.query()
    const region = given.norm ? library.find(given.norm.split('/')[0] ?? '')?.regulation.region : given.region
    const known = region !== undefined && Object.hasOwn(regions, region) ? region : (Object.keys(regions)[0] ?? '')
    const now = nowIn(parts, known)
    const typed: Typed = { ...given, date: given.date ?? now.slice(0, 10), time: given.time ?? now.slice(11, 16) }
    const asked = given.norm || given.value ? answer(typed, library, world) : undefined
    const laws = shelfOn(library, isDay(typed.date) ? typed.date : now.slice(0, 10))
    const view = { typed, laws, regions, world, ...(asked ? { answer: asked } : {}) }
    return c.html(<WhyPage frame={frameIn(parts, parts.frameOf(c), known)} view={view} />, asked?.kind === 'wrong' ? 400 : 200)
  })
  return routes
}
