import { Hono } from 'hono'
import type { Door } from '../../door/door.ts'
import type { FrameOf } from '../../door/errors.tsx'
import type { House } from '../../house.ts'
import { liveRoutes } from '../../live/routes.tsx'
import { accountRoutes } from './accounts/routes.tsx'
import { caseRoutes } from './case/routes.tsx'
import { destructionRoutes } from './destruction/routes.tsx'
import { exchangeRoutes } from './exchanges/routes.tsx'
import { intakeRoutes } from './intake/routes.tsx'
import { newCaseRoutes } from './new-case/routes.tsx'
import { officeRoutes } from './office/routes.tsx'
import { overviewRoutes } from './overview/routes.tsx'
import { roundRoutes } from './round/routes.tsx'
import { savedFormRoutes } from './saved/routes.tsx'
import { scanRoutes } from './scans/routes.tsx'
import { searchRoutes } from './search/routes.tsx'
import { severalRoutes } from './several/routes.tsx'
import { signedRoutes } from './signed/routes.tsx'
import { signingRoutes } from './signing/routes.ts'
import { stepRoutes } from './step/routes.tsx'
import { onwardRoutes } from './work/onward.tsx'
import { workRoutes } from './work/routes.tsx'

/** Pages of those who have a desk, and of those who watch. `/cases/new` stands before `/cases/:number`. */
export function staffRoutes(house: House, frameOf: FrameOf): Hono<Door> {
  const routes = new Hono<Door>()
  for (const part of [
    workRoutes,
    onwardRoutes,
    severalRoutes,
    roundRoutes,
    liveRoutes,
    overviewRoutes,
    accountRoutes,
    exchangeRoutes,
    destructionRoutes,
    newCaseRoutes,
    searchRoutes,
    scanRoutes,
    intakeRoutes,
    savedFormRoutes,
    signedRoutes,
    signingRoutes,
    stepRoutes,
    officeRoutes,
    caseRoutes,
  ])
    routes.route('/', part(house, frameOf))
  return routes
}
