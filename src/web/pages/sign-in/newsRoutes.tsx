import { Hono } from 'hono'
import type { ChangedBy } from '../../../people/model.ts'
import type { FactorNews } from '../../../people/secondFactor.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../door/door.ts'
import type { FrameOf } from '../../door/errors.tsx'
import type { House } from '../../house.ts'
import { localPath, paths } from '../../paths.ts'
import { namingFor } from '../../wording/naming.ts'
import { NewsPage } from './NewsPage.tsx'

/** What the person has to be told; behind `requireStaff`. Nothing to tell: straight on. */
export function newsRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.signInNews, async (c) => {
    const { session } = signedIn(c)
    const next = localPath(c.req.query('next')) ?? paths.work
    const news = await house.people.factors.news(session.staff.id)
    if (news === null) return c.redirect(next, 303)
    const takenBy = takenByWords(house, c, news)
    return c.html(<NewsPage frame={frameOf(c)} news={news} takenBy={takenBy} next={next} byPassword={session.way === 'password'} />)
  })
  routes.post(paths.signInNews, async (c) => {
    const form = await formOf(c)
    await house.people.factors.told(signedIn(c).session.staff.id)
    return c.redirect(form.get('do') === 'password' ? paths.password : (localPath(form.get('next') ?? undefined) ?? paths.work), 303)
  })
  return routes
}

function takenByWords(house: House, c: DoorContext, { taken }: FactorNews): string {
  const speech = c.get('speech')
  const by: ChangedBy | undefined = taken?.by
  if (by === undefined) return ''
  return by.kind === 'staff' ? namingFor(house.people, speech).person(by.id) : speech.t(`admin.by.${by.kind}`)
}
