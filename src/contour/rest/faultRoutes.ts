import { Hono } from 'hono'
import { faultRule } from '../faults/rule.ts'
import type { ContourParts } from '../parts.ts'
import { problem, readJson } from './answers.ts'

export function faultRoutes({ faults }: ContourParts): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json({ faults: faults.list() }))
  app.post('/', async (c) => {
    const read = await readJson(c, faultRule)
    if (!read.ok) return read.response
    const kept = await faults.add(read.value)
    return kept === null ? problem(c, 409, 'There are as many rules as may be: remove some.') : c.json(kept, 201)
  })
  app.delete('/', async (c) => {
    await faults.clear()
    return c.body(null, 204)
  })
  app.delete('/:id{[0-9]{1,15}}', async (c) =>
    (await faults.remove(Number(c.req.param('id')))) ? c.body(null, 204) : problem(c, 404, 'There is no such rule.'),
  )
  return app
}
