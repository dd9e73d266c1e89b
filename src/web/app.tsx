import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { checkForms } from './door/csrf.ts'
import type { Door } from './door/door.ts'
import { type Breakage, drawError, onError, Refused } from './door/errors.tsx'
import { frameFor } from './door/frame.ts'
import { logRequests, type RequestLine } from './door/log.ts'
import { recognise } from './door/recognise.ts'
import { requireStaff } from './door/requireStaff.ts'
import { secure } from './door/security.ts'
import type { House } from './house.ts'
import { signInRoutes } from './pages/sign-in/routes.tsx'
import { staffRoutes } from './pages/staff/routes.ts'

export interface AppOptions {
  /** One line a request; by default JSON on standard output. */
  readonly log?: (line: RequestLine) => void
  readonly report?: (breakage: Breakage) => void
}

/** A form of a hundred documents is some tens of kilobytes; scans have a way of their own. */
const longestForm = 1024 * 1024

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const printBreakage = ({ code, error }: Breakage): void => void process.stderr.write(`breakage ${code}: ${error.stack ?? error}\n`)

/** Pages and API over one house. What comes in passes the door first: log, headers, language, session, token of forms. */
export function createApp(house: House, { log = print, report = printBreakage }: AppOptions = {}): Hono<Door> {
  const frameOf = frameFor(house)
  const app = new Hono<Door>()
  app.get('/assets/*', (c) => house.assets.serve(c.req.raw) ?? c.notFound())
  app.use(logRequests(house, log))
  app.use(secure(house))

  // The API has its own door: bearer tokens, no cookies, answers of RFC 9457.
  // app.route('/api', apiRoutes(house))

  app.use(recognise(house))
  app.use(
    bodyLimit({
      maxSize: longestForm,
      onError: () => {
        throw new Refused('forbidden')
      },
    }),
  )
  app.use(checkForms(house))

  // Pages for everybody.
  // app.route('/', publicRoutes(house, frameOf))
  app.route('/', signInRoutes(house, frameOf))

  app.use(requireStaff)
  app.route('/', staffRoutes(house, frameOf))

  app.notFound((c) => drawError(c, frameOf, 'notFound'))
  app.onError(onError(frameOf, report))
  return app
}
