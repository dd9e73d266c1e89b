import { Hono } from 'hono'
import type { Who } from '../../../../desk/who.ts'
import { type Door, formOf, type Signed, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { casePath, foundPath, paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { openSearch, positionOf, sealSearch } from './handle.ts'
import { SearchPage } from './SearchPage.tsx'

/**
 * Whoever asks finds what their organisation has a part in; the supervisor all of the region. What was typed goes by POST and comes back as an
 * address that only this session can read; one case that was found is opened at once. Each search leaves its row in the journal.
 */
export function searchRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()

  routes.get(paths.search, (c) => {
    scopeOf(house, signedIn(c).who)
    return c.html(
      <SearchPage
        frame={frameOf(c)}
        found={null}
        first={null}
        next={null}
        naming={namingFor(house.people, c.get('speech'))}
        house={house}
      />,
    )
  })

  routes.post(paths.search, async (c) => {
    const { who, token } = signedIn(c)
    const typed = ((await formOf(c)).get('q') ?? '').trim().slice(0, 200)
    if (typed === '') return c.redirect(paths.search, 303)
    const only = await house.reading.only(typed, who, scopeOf(house, who))
    return c.redirect(only === null ? foundPath(sealSearch({ typed }, token)) : casePath(only), 303)
  })

  routes.get('/search/:handle', async (c) => {
    const { who, token, speech }: Signed = signedIn(c)
    const scope = scopeOf(house, who)
    const asked = openSearch(c.req.param('handle'), token)
    // Of a session that is over: nobody knows what it asked.
    if (asked === null) return c.redirect(paths.search, 303)
    const found = await house.reading.search(asked.typed, who, scope, asked.after)
    const next = found.next === null ? null : foundPath(sealSearch({ typed: asked.typed, after: positionOf(found.next) }, token))
    const first = asked.after === undefined ? null : foundPath(sealSearch({ typed: asked.typed }, token))
    const frame = { ...frameOf(c), searchValue: asked.typed }
    return c.html(
      <SearchPage frame={frame} found={found} first={first} next={next} naming={namingFor(house.people, speech)} house={house} />,
    )
  })
  return routes
}

/** Whose cases a search may find. */
function scopeOf(house: House, { actor: { role, organisation }, region }: Who): string[] {
  if (role === 'supervisor') return house.people.organisationsOf(region).map(({ id }) => id)
  if (!hasDesk(role)) throw new Refused('forbidden')
  return [organisation ?? '']
}
