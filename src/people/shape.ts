import { z } from 'zod'
import { parseBin, parseIin } from '../law/identifiers.ts'
import { hoursTimeline, overlapAt } from '../time/hours.ts'
import { no, type PeopleAnswer } from './model.ts'

/** What comes from files, forms and the API is parsed here; inside it is trusted. */
const words = z.string().trim().min(1).max(300)
const code = z.string().regex(/^[a-z][a-zA-Z0-9]*$/)
const localName = z.strictObject({ kk: words, ru: words, en: words.optional() })

export const loginShape = z
  .string()
  .transform(foldLogin)
  .refine((login) => /^[a-z0-9][a-z0-9._-]{2,63}$/.test(login), { params: { code: 'loginWrong' } })

/** One person, one login, however it is typed. */
export function foldLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

export const organisationShape = z
  .strictObject({
    id: z.string().regex(/^[a-z]+\.[a-z][a-zA-Z0-9]*$/, 'id'),
    kind: code,
    at: z.enum(['provider', 'corporation']),
    region: code,
    home: z.number().int().positive(),
    name: localName,
    address: localName,
    phone: z.string().regex(/^\+7 \(\d{3,5}\) [\d-]{5,9}$/),
    bin: z.string().refine((bin) => parseBin(bin).ok, { params: { code: 'binWrong' } }),
    kato: z.string().regex(/^\d{9}$/),
    hours: hoursTimeline.refine((timeline) => overlapAt(timeline) === undefined).optional(),
    units: z.array(z.strictObject({ id: code, title: localName })).min(1),
    closedFrom: z.iso.date().optional(),
  })
  .refine(({ id, region }) => id.startsWith(`${region}.`), { path: ['id'] })
  .refine(({ units }) => new Set(units.map(({ id }) => id)).size === units.length, { path: ['units'] })

export const orderShape = z.strictObject({ number: z.string().trim().min(1).max(50), date: z.iso.date() })

/** Somebody acts for a person in one of that person's roles, from a day to a day, by an order. */
export const actingShape = z
  .strictObject({ for: z.string().min(1), grant: z.string().min(1), order: orderShape, from: z.iso.date(), until: z.iso.date() })
  .refine(({ from, until }) => from <= until, { path: ['until'] })
export type NewActing = z.output<typeof actingShape>

export const grantShape = z
  .strictObject({
    role: code,
    organisation: z.string().min(1),
    unit: code,
    from: z.iso.date(),
    until: z.iso.date().optional(),
    order: orderShape.optional(),
  })
  .refine(({ from, until }) => until === undefined || from <= until, { path: ['until'] })
export type NewGrant = z.output<typeof grantShape>

const namePart = z.string().trim().min(1).max(100)

export const staffShape = z.strictObject({
  login: loginShape,
  name: z.strictObject({ surname: namePart, name: namePart, patronymic: namePart.optional() }),
  iin: z
    .string()
    .refine((iin) => parseIin(iin).ok, { params: { code: 'iinWrong' } })
    .nullable(),
  post: z.strictObject({ kk: words, ru: words }),
  grants: z.array(grantShape),
})
export type NewStaff = z.input<typeof staffShape>

/** The first place that is wrong; forms check theirs before. */
export function wrong(error: z.ZodError): PeopleAnswer<never> {
  const [issue] = error.issues
  const code = issue?.code === 'custom' ? issue.params?.code : undefined
  return no(typeof code === 'string' ? code : 'valueWrong', { field: issue?.path.join('.') ?? '' })
}
