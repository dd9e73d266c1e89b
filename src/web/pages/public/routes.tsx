import { type Context, Hono } from 'hono'
import type { Door } from '../../door/door.ts'
import type { House } from '../../house.ts'
import type { Frame } from '../../layout/Page.tsx'
import { aboutRoutes } from './about/routes.tsx'
import { componentsRoutes } from './components/routes.tsx'
import { messageRoutes } from './demo/messageRoutes.tsx'
import { demoRoutes } from './demo/routes.tsx'
import { hallRoutes } from './hall/routes.tsx'
import { windowRoutes } from './hall/windowRoutes.tsx'
import { keysRoutes } from './keys/routes.tsx'
import { lawRoutes } from './law/routes.tsx'
import type { Public } from './local.tsx'
import { trackRoutes } from './track/routes.tsx'
import { verifyRoutes } from './verify/routes.tsx'
import { whyRoutes } from './why/routes.tsx'

/** Pages for everybody: they stand behind the door (language, frame, token of forms), and only `/window` asks who is there. */
export function publicRoutes(house: House, frameOf: (c: Context) => Frame): Hono<Door> {
  const parts: Public = { house, frameOf }
  const routes = new Hono<Door>()
  for (const make of [
    trackRoutes,
    verifyRoutes,
    lawRoutes,
    whyRoutes,
    hallRoutes,
    windowRoutes,
    demoRoutes,
    messageRoutes,
    aboutRoutes,
    keysRoutes,
    componentsRoutes,
  ])
    routes.route('/', make(parts))
  return routes
}
