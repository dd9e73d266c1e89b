import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** Somebody for whom certificates are made. */
export interface Holder {
  readonly surname: string
  readonly name: string
  readonly patronymic?: string | undefined
  readonly iin: string
  readonly organisation?: string | undefined
  readonly bin?: string | undefined
  /** What the person may do for the organisation; an individual has none. */
  readonly standing?: 'head' | 'rightToSign' | 'employee' | undefined
}

const person = z.object({ surname: z.string(), name: z.string(), patronymic: z.string().optional(), iin: z.string() })
const office = z.object({ organisation: z.string(), bin: z.string() })

const namesFile = z.strictObject({
  root: z.string(),
  authority: z.string(),
  foreignRoot: z.string(),
  ocsp: z.string(),
  tsa: z.string(),
  systems: z.record(z.string(), person.extend(office.shape)),
  individuals: z.record(z.string(), person),
  somebodyElse: person,
  otherOrganisation: office,
})

export type Names = z.infer<typeof namesFile>

export function readNames(): Names {
  return namesFile.parse(parse(readFileSync(join(import.meta.dirname, 'names.yaml'), 'utf8')))
}

/** Of the demonstration's file only what stands in certificates: the rest is the house's own. */
const demonstration = z.object({
  organisations: z.array(z.object({ id: z.string(), name: z.object({ kk: z.string() }), bin: z.string() })),
  staff: z.array(
    z.object({
      login: z.string(),
      name: person.omit({ iin: true }),
      iin: z.string(),
      grants: z.array(z.object({ role: z.string(), organisation: z.string() })).min(1),
    }),
  ),
})

/** The demonstration's staff by login, each in the organisation of the first grant. Capital letters, as the national certificates have them. */
export function readStaff(): ReadonlyMap<string, Holder> {
  const file = join(import.meta.dirname, '..', '..', 'people', 'demonstration.yaml')
  const { organisations, staff } = demonstration.parse(parse(readFileSync(file, 'utf8')))
  const places = new Map(organisations.map((one) => [one.id, one]))
  return new Map(staff.map(({ login, name, iin, grants }) => [login, holderOf(name, iin, grants, places)]))
}

type Demonstration = z.infer<typeof demonstration>

function holderOf(
  name: Demonstration['staff'][number]['name'],
  iin: string,
  grants: Demonstration['staff'][number]['grants'],
  places: ReadonlyMap<string, Demonstration['organisations'][number]>,
): Holder {
  const place = places.get(grants[0]?.organisation ?? '')
  const upper = (text: string): string => text.toLocaleUpperCase('kk')
  return {
    surname: upper(name.surname),
    name: upper(name.name),
    patronymic: name.patronymic && upper(name.patronymic),
    iin,
    organisation: place && upper(place.name.kk),
    bin: place?.bin,
    standing: standingOf(grants.map(({ role }) => role)),
  }
}

function standingOf(roles: readonly string[]): Holder['standing'] {
  if (roles.includes('head')) return 'head'
  return roles.includes('specialist') || roles.includes('clerk') ? 'rightToSign' : 'employee'
}
