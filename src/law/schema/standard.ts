import { z } from 'zod'
import { clause, code, date, datedFact, text, unconfirmed } from './text.ts'

const requirement = z
  .enum(['required', 'ifAny', 'forHolders', 'ifNotInStateSystems'])
  .describe(
    'required: from everyone; ifAny: if the applicant has it; forHolders: from those who state what `holdersAre` says; ifNotInStateSystems: only if state systems do not have it',
  )

const document = z.strictObject({
  id: code,
  clause,
  title: text,
  requirement,
  channels: z.array(code).optional().describe('only through these channels; absent: through all'),
  applicants: z
    .array(z.enum(['self', 'representative']))
    .optional()
    .describe('only from these; absent: from all'),
  presented: z.enum(['original', 'copy', 'copyWithOriginal']).describe('how it is presented'),
  returned: z.boolean().describe('shown for identification or comparison only and given back'),
  expires: z.boolean().default(false).describe('has a day until which it is valid; an expired one counts as missing'),
  unconfirmed: unconfirmed.optional(),
})

const ground = z.strictObject({
  id: code,
  clause,
  title: text,
  remedy: text.describe('how the cause can be removed, in general'),
  unconfirmed: unconfirmed.optional(),
})

const typicalFact = z.strictObject({
  id: code,
  documents: z.array(code).min(1).optional().describe('of these documents only; absent: of every document'),
  when: z
    .enum(['present', 'absent', 'expired'])
    .default('present')
    .describe('present: the document was handed in; absent: it was demanded and is not there; expired: its day has passed'),
  ground: code.describe('the ground that such a fact gives'),
  fact: text.describe('what the file shows, as a refusal says it'),
  remedy: text.optional().describe('how this very cause is removed; absent: as the ground says'),
})

const typicalFacts = z
  .strictObject({
    wording: text.describe('whose words these are: they stand in no act'),
    facts: z.array(typicalFact).min(1).describe('in the order in which they are offered'),
  })
  .describe('what is most often found wrong, offered to whoever examines; it may always be said in other words')

const form = z.strictObject({ id: code, clause, title: text, fields: z.array(text), unconfirmed: unconfirmed.optional() })

const edition = z.strictObject({
  id: z.string().describe('name of the edition, cited by regulations'),
  from: datedFact,
  until: datedFact.optional(),
  documents: z.array(document).min(1).describe('clause 9'),
  grounds: z.array(ground).min(1).describe('clause 10'),
  typicalFacts: typicalFacts.optional(),
  forms: z.array(form).default([]).describe('annexes'),
  options: z
    .array(z.strictObject({ id: code, title: text, unconfirmed: unconfirmed.optional() }))
    .describe('what may be asked for: qualification categories, programmes …'),
})

/** The Standard of a service: what must be handed in and on which grounds the service may be refused, by date. */
export const standard = z.strictObject({
  format: z.literal('qyzmet.standard/1').describe('which kind of file this is, and the version of its format'),
  service: z.string().describe('folder of the service'),
  invented: text.optional(),
  act: z
    .strictObject({
      kind: text.describe('order, resolution …'),
      number: z.string().describe('number as printed'),
      date,
      by: text.describe('the body'),
      registration: z.string().optional().describe('number in the state register'),
    })
    .describe('the act that approved the Standard'),
  title: text,
  asks: text.describe('what the options are called: category asked for'),
  holdersAre: text
    .optional()
    .describe(
      'what an applicant states of whom the documents `forHolders` are asked: already holds a category; only where there are such documents',
    ),
  editions: z.array(edition).min(1).describe('what was required when'),
})
export type Standard = z.infer<typeof standard>
export type StandardEdition = z.infer<typeof edition>
export type DocumentRule = z.infer<typeof document>
export type Ground = z.infer<typeof ground>
export type TypicalFact = z.infer<typeof typicalFact>
