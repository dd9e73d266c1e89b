import { Hono } from 'hono'
import { type GalleryEntry, loadGallery } from '../../../components/gallery/gallery.ts'
import type { Door } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { paths } from '../../../paths.ts'
import type { Public } from '../local.tsx'
import { ComponentPage, ComponentsPage } from './pages.tsx'

/** The components in every state, in the demonstration: who builds pages looks here, and an office has no use for them. */
export function componentsRoutes({ house, frameOf }: Public): Hono<Door> {
  const routes = new Hono<Door>()
  if (!house.demonstration) return routes
  let loaded: Promise<readonly GalleryEntry[]> | undefined
  const gallery = () => {
    loaded ??= loadGallery()
    return loaded
  }
  routes.get(paths.components, async (c) => c.html(<ComponentsPage frame={frameOf(c)} gallery={await gallery()} />))
  routes.get(`${paths.components}/:name`, async (c) => {
    const entry = (await gallery()).find(({ name }) => name === c.req.param('name'))
    if (entry === undefined) throw new Refused('notFound')
    const wanted = c.req.query('scheme')
    const scheme = wanted === 'light' || wanted === 'dark' ? wanted : undefined
    return c.html(<ComponentPage frame={{ ...frameOf(c), scheme }} entry={entry} />)
  })
  return routes
}
