import type { Context } from 'hono'
import type { z } from 'zod'

/** A small form's fields as text; files and repeated names are left out. */
export async function typedOf(c: Context): Promise<Record<string, string>> {
  const length = Number(c.req.header('content-length') ?? '0')
  if (!(length <= mostBytes)) return {}
  const body = await c.req.parseBody()
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
const mostBytes = 100_000

/** What was typed as a schema wants it: nothing for an empty field, numbers and switches where they are. */
export function fieldsOf(
  typed: Readonly<Record<string, string>>,
  { numbers = [], flags = [] }: { readonly numbers?: readonly string[]; readonly flags?: readonly string[] },
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]): [string, unknown][] => {
      if (value.trim() === '') return []
      if (numbers.includes(name)) return [[name, Number(value)]]
      return [[name, flags.includes(name) ? value === 'true' : value.trim()]]
    }),
  )
}

/** For a developer who reads a form's error: the field and what the schema says of it. */
export const problemsIn = (error: z.ZodError): string => error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
