import { Hono } from 'hono'
import type { Door } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { journalRoutes } from '../journal/routes.tsx'
import { organisationRoutes } from '../organisations/routes.tsx'
import { reassignRoutes } from '../reassign/routes.tsx'
import { listRoutes } from './listRoutes.tsx'
import { personRoutes } from './personRoutes.tsx'

/** Organisations and their staff, for whoever keeps the accounts. What has a name of its own stands before `/staff/:id`. */
export function accountRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  for (const part of [listRoutes, organisationRoutes, reassignRoutes, journalRoutes, personRoutes]) routes.route('/', part(house, frameOf))
  return routes
}
