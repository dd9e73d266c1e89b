import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from './door/compress.ts'
import { checkForms } from './door/csrf.ts'
import { type Door, isMultipart, longestForm } from './door/door.ts'
import { type Breakage, drawError, onError, Refused } from './door/errors.tsx'
import { frameFor } from './door/frame.ts'
import { type RequestLine, watchRequests } from './door/log.ts'
import { ownHost } from './door/ownHost.ts'
import { plainAddress } from './door/plainAddress.ts'
import { recognise } from './door/recognise.ts'
import { requireStaff } from './door/requireStaff.ts'
import { leadScripts, savedForms } from './door/savedForms.tsx'
import { secure } from './door/security.ts'
import type { House } from './house.ts'
import { publicRoutes } from './pages/public/routes.tsx'
import { signInRoutes } from './pages/sign-in/routes.tsx'
import { staffRoutes } from './pages/staff/routes.ts'
import { sessionRoutes } from './pages/staff/saved/routes.tsx'
import type { Path } from './paths.ts'

export interface AppOptions {
  /** Told of each request; by default the house's log is. */
  readonly log?: (line: RequestLine) => void
  readonly report?: (breakage: Breakage) => void
  /** What stands beside the pages under addresses of its own. */
  readonly beside?: readonly { readonly at: Path; readonly routes: Hono }[]
}

/** Pages over one house. What comes in passes the door first: log, headers, language, session, token of forms. */
export function createApp(house: House, { log, report, beside = [] }: AppOptions = {}): Hono<Door> {
  const tell = log ?? ((line: RequestLine) => house.log[line.status >= 500 ? 'warn' : 'info']('request', { ...line }))
  const broke = report ?? (({ code, error, trace }: Breakage) => house.log.error('breakage', { id: code, trace }, error))
  const frameOf = frameFor(house)
  const app = new Hono<Door>()
  if (house.demonstration) app.use(ownHost)
  app.get('/assets/*', (c) => house.assets.serve(c.req.raw) ?? c.notFound())
  app.use(watchRequests(tell, house.metrics.http.answered))
  app.use(compress)
  app.use(secure(house))

  // The API and what asks after the server's health have doors of their own: no cookies, no forms, no pages.
  for (const { at, routes } of beside) app.route(at, routes)

  app.use(recognise(house))
  app.use(plainAddress)
  // Forms with scans are read piece by piece, with a limit for each part: the door's own reader sees to them.
  const ordinary = bodyLimit({
    maxSize: longestForm,
    onError: () => {
      throw new Refused('forbidden')
    },
  })
  app.use((c, next) => (isMultipart(c.req.header('content-type')) ? next() : ordinary(c, next)))
  app.use(leadScripts)
  app.use(checkForms(house))

  app.route('/', publicRoutes(house, frameOf))
  app.route('/', signInRoutes(house, frameOf))
  app.route('/', sessionRoutes(house))

  app.use(requireStaff)
  app.use(savedForms(house, frameOf))
  app.route('/', staffRoutes(house, frameOf))

  app.notFound((c) => drawError(c, frameOf, 'notFound'))
  app.onError(onError(frameOf, broke))
  return app
}
