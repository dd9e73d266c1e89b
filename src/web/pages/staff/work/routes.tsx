import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import { workPosition } from '../../../../desk/workPosition.ts'
import type { WorkItem, WorkPosition } from '../../../../ledger/ledger.ts'
import { type Door, type DoorContext, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { waitingByGrant } from '../../../waiting.ts'
import { namingFor } from '../../../wording/naming.ts'
import { openingsFor } from '../new-case/openings.ts'
import { WorkPage } from './WorkPage.tsx'

const pageSize = 50

export function workRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>().get(paths.work, async (c) => {
    const { who, speech, session } = signedIn(c)
    const { role } = who.actor
    if (role === 'supervisor') return c.redirect(paths.overview, 303)
    if (!hasDesk(role)) return c.redirect(paths.staff, 303)
    const after = positionOf(c)
    const others = c.get('grants').filter(({ id }) => id !== session.grant.id)
    const [items, count, waiting] = await Promise.all([
      house.reading.work(who, pageSize + 1, after),
      house.reading.count(who),
      waitingByGrant(house, session, others),
    ])
    const page = items.slice(0, pageSize)
    return c.html(
      <WorkPage
        frame={frameOf(c)}
        items={page}
        count={count}
        elsewhere={[...waiting.values()].reduce((sum, one) => sum + one.items, 0)}
        next={items.length > pageSize ? encode(page.at(-1)) : undefined}
        isFirst={after === undefined}
        naming={namingFor(house.people, speech)}
        library={house.statutes.library}
        mayOpen={openingsFor(house, who).length > 0}
        now={momentIn(speech.zone, house.clock.now())}
      />,
    )
  })
}

/** Where a page begins: the last item of the one before, in the address. */
const encode = (item: WorkItem | undefined): string | undefined => {
  if (item === undefined) return undefined
  const { dueAt, home, case: number, key } = item
  return Buffer.from(JSON.stringify([dueAt, home, number, key])).toString('base64url')
}

function positionOf(c: DoorContext): WorkPosition | undefined {
  const given = c.req.query('after')
  if (given === undefined) return undefined
  try {
    return workPosition(JSON.parse(Buffer.from(given, 'base64url').toString('utf8')))
  } catch {
    return undefined // an address that somebody shortened shows the first page
  }
}
