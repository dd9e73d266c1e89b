import type { Route } from '../route.ts'
import { caseRoutes } from './case.ts'
import { commandRoutes } from './commands.ts'
import { demonstrationRoutes } from './demonstration.ts'
import { exchangeRoutes } from './exchanges.ts'
import { lawRoutes } from './law.ts'
import { paperRoutes } from './papers.ts'
import { sealRoutes } from './seals.ts'
import { sessionRoutes } from './session.ts'
import { trackRoutes } from './track.ts'
import { uploadRoutes } from './upload.ts'
import { verifyRoutes } from './verify.ts'
import { workRoutes } from './work.ts'

export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...lawRoutes,
  ...workRoutes,
  ...caseRoutes,
  ...commandRoutes,
  ...paperRoutes,
  ...uploadRoutes,
  ...trackRoutes,
  ...sealRoutes,
  ...verifyRoutes,
  ...exchangeRoutes,
  ...demonstrationRoutes,
]
