import { z } from 'zod'
import { schemas } from './registry.ts'

export const moment = z.iso.datetime({ offset: true }).describe('RFC 3339 with offset')
export const day = z.iso.date()

export const text = z
  .strictObject({ kk: z.string(), ru: z.string(), en: z.string().optional() })
  .describe('in the languages in which it was written')
  .register(schemas, { id: 'Text' })

/** No ISO 8601 duration: `P2D` does not tell working days from calendar days. */
export const norm = z
  .strictObject({
    value: z.int().positive(),
    unit: z.enum(['min', 'wd', 'cd']).describe('min: minutes inside opening hours; wd: working days; cd: calendar days'),
    clause: z.string().nullable(),
  })
  .register(schemas, { id: 'Norm' })

export const actor = z
  .strictObject({
    kind: z.enum(['staff', 'applicant', 'system']),
    id: z.string(),
    role: z.string().nullable(),
    organisation: z.string().nullable(),
    name: z.string().nullable().describe('of staff: surname and initials'),
    acting: z
      .strictObject({ for: z.string(), order: z.strictObject({ number: z.string(), date: day }) })
      .nullable()
      .describe('whose work it was, and the order by which it was done for them'),
  })
  .register(schemas, { id: 'Actor' })

export const done = z
  .strictObject({
    number: z.string(),
    version: z.int().describe('send it as If-Match with the next command'),
    repeated: z.boolean().describe('true: this request had been done before under the same key'),
    href: z.string(),
  })
  .register(schemas, { id: 'Done' })

export const reasoned = z.strictObject({ reason: z.string().trim().min(1).max(2000) }).register(schemas, { id: 'Reason' })
