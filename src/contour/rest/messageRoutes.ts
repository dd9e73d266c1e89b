import { Hono } from 'hono'
import { z } from 'zod'
import type { ContourParts } from '../parts.ts'
import { readable, shown } from '../watch/shown.ts'
import { outcomes } from '../watch/watch.ts'
import { problem, readQuery } from './answers.ts'

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const name = z.string().min(1).max(200)

export const messageQuery = z.strictObject({
  service: name.optional(),
  sender: name.optional(),
  outcome: z.enum(outcomes).optional(),
  channel: z.enum(['sync', 'async', 'push', 'other']).optional(),
  correlation: name.optional(),
  message: name.optional(),
  before: number.optional().describe('older than this number, newest first'),
  after: number.optional().describe('newer than this number, oldest first'),
  most: number.max(1000).default(100),
})

export function messageRoutes({ watch }: ContourParts): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const read = readQuery(c, messageQuery)
    if (!read.ok) return read.response
    const { most, ...filter } = read.value
    return c.json({ messages: watch.list(filter, most), newest: watch.newest() })
  })
  app.get('/:id{[0-9]{1,15}}', (c) => {
    const found = watch.find(Number(c.req.param('id')))
    return found === null ? problem(c, 404, 'There is no such message, or no longer.') : c.json(found)
  })
  // Redacted, for reading; `?raw` the bytes as they were, for whoever checks a signature.
  app.get('/:id{[0-9]{1,15}}/:which{request|response}', (c) => {
    const which = c.req.param('which') === 'request' ? 'request' : 'response'
    const id = Number(c.req.param('id'))
    const bytes = watch.body(id, which)
    if (bytes === null) return problem(c, 404, 'There is no such message, or no longer.')
    const raw = c.req.query('raw') !== undefined
    const text = raw ? null : readable(bytes)
    if (!raw && text === null) return problem(c, 406, 'The body is no text: ask for it with ?raw.')
    const disposition = `attachment; filename="${id}-${which}.${raw ? 'bin' : 'xml'}"`
    return c.body(text === null ? Uint8Array.from(bytes) : shown(text), 200, {
      'content-type': raw ? 'application/octet-stream' : 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-disposition': disposition,
    })
  })
  return app
}
