import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { powerOfAttorney } from '../../engine/case/input.ts'
import { correctable } from '../../engine/case/state.ts'
import { parseIin } from '../../law/identifiers.ts'

const name = z.string().regex(/^[\p{Script=Cyrillic}-]+$/u, 'letters of the Cyrillic script only')
const iin = z.string().refine((text) => parseIin(text).ok, 'not an IIN')
/** Local time of the case's region, without offset. */
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
const minutes = z.tuple([z.number().int().positive(), z.number().int().positive()])

const applicant = z.strictObject({
  iin,
  surname: name,
  name,
  patronymic: name,
  position: z.string(),
  workplace: z.string(),
  phone: z.string(),
  address: z.string(),
  language: z.enum(['kk', 'ru']),
})
export type Applicant = z.infer<typeof applicant>

const reason = z.string().min(1)
/** A command of the office, done when the case comes to the step `at` (`end`: after it has ended), by whoever has the case then. */
const aside = z.discriminatedUnion('do', [
  z.strictObject({ at: z.string(), do: z.literal('return'), reason }),
  z.strictObject({ at: z.string(), do: z.literal('withdraw'), reason }),
  z.strictObject({ at: z.string(), do: z.literal('reissue'), paper: z.string(), reason }),
  z.strictObject({ at: z.string(), do: z.literal('correct'), entry: z.enum(correctable), value: z.string(), reason }),
])
export type Aside = z.infer<typeof aside>

const story = z.strictObject({
  id: z.string(),
  region: z.string(),
  applicant: z.string(),
  channel: z.string(),
  provider: z.string(),
  branch: z.string().nullable().default(null),
  begins: moment,
  asks: z.string(),
  holds: z.boolean().default(false),
  representative: z.strictObject({ iin, surname: name, name, patronymic: name, powerOfAttorney }).optional(),
  without: z.array(z.string()).default([]),
  defects: z.array(z.strictObject({ document: z.string(), ground: z.string(), fact: reason, remedy: reason })).default([]),
  consent: z.boolean().default(true),
  register: z.enum(['found', 'notFound', 'outage']).default('found'),
  specialist: z.string().optional(),
  times: z.record(z.string(), moment).default({}),
  also: z.array(aside).default([]),
  waits: z.string().optional(),
})
export type Story = z.infer<typeof story>

const cases = z.strictObject({
  format: z.literal('qyzmet.demonstrationCases/1'),
  seed: z.string(),
  paces: z.record(z.string(), minutes).and(z.looseObject({ office: minutes })),
  cases: z.array(story),
})
const applicants = z.strictObject({ format: z.literal('qyzmet.applicants/1'), applicants: z.array(applicant) })

export interface Stories {
  readonly seed: string
  /** Working minutes from and to, by step; `office` for commands beside the steps. */
  readonly paces: Readonly<Record<string, readonly [number, number]>> & { readonly office: readonly [number, number] }
  readonly stories: readonly { readonly story: Story; readonly applicant: Applicant }[]
}

/** The invented cases of `cases.yaml`, each with its applicant. */
export function readStories(): Stories {
  const file = cases.parse(parse(read('cases.yaml')))
  const people = new Map(applicants.parse(parse(read('applicants.yaml'))).applicants.map((one) => [one.iin, one]))
  return {
    seed: file.seed,
    paces: file.paces,
    stories: file.cases.map((one) => {
      const person = people.get(one.applicant)
      if (person === undefined) throw new Error(`${one.id} has no applicant`)
      return { story: one, applicant: person }
    }),
  }
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
