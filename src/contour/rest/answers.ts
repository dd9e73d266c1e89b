import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'

/** A refusal of the API, RFC 9457. */
export function problem(c: Context, status: ContentfulStatusCode, title: string, errors?: readonly { path: string; message: string }[]) {
  return c.json({ type: 'about:blank', title, status, ...(errors === undefined ? {} : { errors }) }, status, {
    'content-type': 'application/problem+json',
  })
}

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly response: Response }

/** The body as JSON of this shape; every error of it at once where it is not. */
export async function readJson<T extends z.ZodType>(c: Context, shape: T): Promise<Read<z.output<T>>> {
  // A page of another site can send a form without asking, JSON it cannot.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    return { ok: false, response: problem(c, 415, 'The body must be application/json.') }
  let given: unknown
  try {
    given = await c.req.json()
  } catch {
    return { ok: false, response: problem(c, 400, 'The body is not JSON.') }
  }
  return checked(c, shape, given)
}

export function readQuery<T extends z.ZodType>(c: Context, shape: T): Read<z.output<T>> {
  return checked(c, shape, c.req.query())
}

function checked<T extends z.ZodType>(c: Context, shape: T, given: unknown): Read<z.output<T>> {
  const read = shape.safeParse(given)
  if (read.success) return { ok: true, value: read.data }
  const errors = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return { ok: false, response: problem(c, 422, 'The request has another shape.', errors) }
}
