import { z } from 'zod'

/** What every message says of its sender's part: who did what, when, and which terms that left running. */

export const instant = z.iso.datetime({ offset: true })
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const iin = z.string().regex(/^\d{12}$/)
export const words = z.string().min(1).max(4000)
export const personName = { surname: words, name: words, patronymic: words.optional() }
export const powerOfAttorney = z.strictObject({
  number: z.string(),
  date: z.iso.date(),
  notary: z.string(),
  validUntil: z.iso.date().optional(),
})

const id = z.string().min(1).max(200)
const by = z.strictObject({
  id: id.describe('in `people`'),
  role: id,
  acting: z
    .strictObject({ for: id, order: z.strictObject({ number: z.string(), date: z.string() }), grant: z.string() })
    .optional()
    .describe('whose work it was, and by which order'),
})
const head = { seq: z.number().int().min(1).describe("the last event of the sender's chain that it left"), at: instant }

/** What is said in the message's own fields (applicant, documents, grounds …) is not said again here. */
export const deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('open'), ...head, by }),
  z.strictObject({ do: z.literal('step'), ...head, by, step: id, assignee: id.optional() }),
  z.strictObject({
    do: z.literal('registerAnswered'),
    ...head,
    step: id,
    found: z.boolean(),
    exchange: z.string(),
    text: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('sent'), ...head, step: id }),
  z.strictObject({ do: z.literal('correct'), ...head, by, entry: id, value: z.string().max(4000), reason: words }),
  z.strictObject({ do: z.literal('return'), ...head, by, reason: words }),
  z.strictObject({ do: z.literal('withdraw'), ...head, by }),
  z.strictObject({ do: z.literal('replace'), ...head, by, reason: words }),
])
export type CourseDeed = z.infer<typeof deed>
export const course = z.array(deed).max(500)

export const people = z
  .array(
    z.strictObject({
      id,
      name: z.strictObject(personName),
      post: z.strictObject({ kk: z.string(), ru: z.string() }),
      organisationBin: z.string().regex(/^\d{12}$/),
    }),
  )
  .max(100)
export type CoursePerson = z.infer<typeof people>[number]

export const terms = z
  .array(
    z.strictObject({
      id,
      dueAt: instant,
      proof: sha256.describe('of the canonical JSON of the proof: norm, start rule, calendar, each day'),
    }),
  )
  .max(200)
