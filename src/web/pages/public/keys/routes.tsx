import { Hono } from 'hono'
import { keepLetters } from '../../../door/choices.ts'
import { type Door, formOf } from '../../../door/door.ts'
import { isSecure } from '../../../door/recognise.ts'
import { paths } from '../../../paths.ts'
import type { Public } from '../local.tsx'
import { KeysPage } from './KeysPage.tsx'

export function keysRoutes({ house, frameOf }: Public): Hono<Door> {
  const routes = new Hono<Door>()
  routes.get(paths.keys, (c) => c.html(<KeysPage frame={frameOf(c)} />))
  routes.post(paths.keys, async (c) => {
    keepLetters(c, (await formOf(c)).get('letters') === 'off', isSecure(house))
    return c.redirect(paths.keys, 303)
  })
  return routes
}
