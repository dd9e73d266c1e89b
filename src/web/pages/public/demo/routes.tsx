import { Hono } from 'hono'
import { failureCode } from '../../../../gateway/failure.ts'
import { edgeIins } from '../../../../gateway/register/simulator/world.ts'
import { type Door, formOf } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { paths } from '../../../paths.ts'
import { frameIn, nowIn, type Public } from '../local.tsx'
import { momentOf, wishOf } from './clock.ts'
import { DemoPage } from './DemoPage.tsx'

const longestDelay = 60

/** Only in the demonstration: elsewhere these addresses do not exist. */
export function demoRoutes(parts: Public): Hono<Door> {
  const { house, frameOf } = parts
  const { world } = house.statutes
  const regions = world.regions.regions
  const routes = new Hono<Door>()
  const demonstration = () => {
    if (house.demonstration === undefined) throw new Refused('notFound')
    return house.demonstration
  }
  const regionOf = (asked: string | null | undefined) =>
    asked && Object.hasOwn(regions, asked) ? asked : 'almaty' in regions ? 'almaty' : (Object.keys(regions)[0] ?? '')

  routes.get(paths.clock, (c) => {
    demonstration()
    return c.redirect('/demo', 302)
  })

  routes.get('/demo', (c) => {
    const { faults } = demonstration()
    const region = regionOf(c.req.query('region') ?? c.get('who')?.region)
    const view = { now: nowIn(parts, region), region, regions, faults, edges: edgeIins, said: c.req.query('said') }
    return c.html(<DemoPage frame={frameIn(parts, frameOf(c), region)} view={view} />)
  })

  routes.post('/demo/clock', async (c) => {
    const { clock } = demonstration()
    const typed = await formOf(c)
    const region = regionOf(typed.get('region'))
    const wish = wishOf(typed)
    const moment = wish === null ? null : momentOf(wish, clock.now(), region, world)
    if (moment !== null) await clock.set(moment)
    return c.redirect(`/demo?region=${region}&said=${moment === null ? 'clockWrong' : 'clockSet'}`, 303)
  })

  routes.post('/demo/faults', async (c) => {
    const { faults } = demonstration()
    const typed = await formOf(c)
    const seconds = Number(typed.get('delay') ?? 0)
    faults.down = typed.getAll('fault').includes('down')
    faults.wrongAnswer = typed.getAll('fault').includes('wrongAnswer')
    faults.delayMs = Number.isFinite(seconds) ? Math.min(longestDelay, Math.max(0, seconds)) * 1000 : 0
    faults.refuse = failureCode.options.find((code) => code === typed.get('refuse')) ?? null
    return c.redirect('/demo?said=faultsSet', 303)
  })
  return routes
}
