import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { dictItem } from '../person.ts'

const pair = z.tuple([z.string(), z.string()])
const naming = z.strictObject({
  nationality: z.enum(['kazakh', 'russian']),
  surnames: z.array(z.strictObject({ forms: pair, en: pair })).min(1),
  men: z.array(pair).min(1),
  women: z.array(pair).min(1),
  patronymics: z.array(pair).min(1),
})
export type Naming = z.infer<typeof naming>

const edges = ['absent', 'deceased', 'invalidDocument', 'nameDiffers', 'slow', 'down', 'wrongAnswer', 'gatewayRefuses'] as const
export type Edge = (typeof edges)[number]

const entries = [
  'gbdfl',
  'asker',
  'processed',
  'nobody',
  'male',
  'female',
  'kazakh',
  'russian',
  'kazakhstan',
  'alive',
  'dead',
  'registered',
  'idCard',
  'interior',
  'documentValid',
  'documentUnfit',
  'documentOfDeceased',
] as const

const world = z.strictObject({
  edges: z.record(z.enum(edges), z.string().regex(/^\d{12}$/)),
  renamed: z.strictObject({
    surname: z.string(),
    name: z.string(),
    patronymic: z.string(),
    engSurname: z.string(),
    engFirstName: z.string(),
  }),
  kazakh: naming,
  russian: naming,
  places: z.array(z.strictObject({ city: z.string(), street: z.string() })).min(1),
  dictionaries: z.record(z.enum(entries), dictItem),
})

/** The invented world that the simulator answers from, `people.yaml`. */
export const people = world.parse(parse(readFileSync(new URL('./people.yaml', import.meta.url), 'utf8')))

const byIin = new Map(edges.map((edge) => [people.edges[edge], edge]))

/** The documented numbers behind which something is out of the ordinary. */
export const edgeIins: Readonly<Record<Edge, string>> = people.edges
export const edgeOf = (iin: string): Edge | null => byIin.get(iin) ?? null
