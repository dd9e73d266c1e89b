import { z } from 'zod'
import { clause, code, date, text } from './text.ts'

const moment = z.iso.datetime({ offset: true }).describe('moment with the offset of the region')

/** Shorthand of documents: "all" is every required one, originals seen, copies taken; a list names codes; an object says how one differs. */
const handedIn = z.union([
  z.literal('all'),
  z.strictObject({
    all: z.boolean().default(true).describe('begin with every required document'),
    without: z.array(code).default([]).describe('documents left out'),
    also: z.array(code).default([]).describe('documents besides'),
    expired: z.array(code).default([]).describe('documents whose last day has passed'),
  }),
])

const doing = z.strictObject({
  step: code.optional().describe('the step that is done'),
  command: z
    .enum(['withdraw', 'return', 'correct', 'reissue', 'replace', 'sweep'])
    .optional()
    .describe('a command that every office needs, instead of a step'),
  as: code.describe('the role that does it, or "system"'),
  at: moment.describe('when, with the offset of the region'),
  with: z.record(z.string(), z.unknown()).default({}).describe('what is given, by the names of the input of the acts'),
  refused: z
    .strictObject({ code: z.string().describe('code of the refusal'), clause: clause.optional() })
    .optional()
    .describe('the engine must say no, with this code and clause'),
})

export const example = z.strictObject({
  id: code,
  title: text,
  given: z
    .strictObject({
      channel: code,
      submitted: moment,
      location: z.enum(['local', 'nonLocal']).default('local').describe("whether the place of intake is the provider's location"),
      provider: code.describe('kind of provider'),
      applicant: z.enum(['self', 'representative']).default('self').describe('who hands in'),
      iin: z.string().describe('an invented person'),
      documents: handedIn
        .default('all')
        .describe('what is handed in: "all" is every required document; otherwise, how the package differs'),
      register: z.enum(['found', 'notFound', 'down']).default('found').describe('what the register of individuals answers'),
      holder: z.boolean().default(false).describe('the applicant states what `holdersAre` of the Standard says'),
    })
    .describe('who comes, where, with what'),
  when: z.array(doing).min(1).describe('what people do, in order'),
  // biome-ignore lint/suspicious/noThenProperty: "given / when / then" is the language of examples; nothing awaits these objects.
  then: z
    .strictObject({
      path: z
        .array(z.strictObject({ step: code, clause, outcome: code }))
        .describe('every step done, automatic ones too, with the clause shown and how it came out'),
      end: code.optional().describe('ending; absent while the case is open'),
      papers: z.array(code).default([]).describe('papers issued, in order'),
      dues: z
        .array(
          z.strictObject({
            clause,
            step: code.optional(),
            due: z.union([date, moment]).describe('last day or last moment'),
            late: z.boolean().default(false).describe('whether it was missed'),
          }),
        )
        .describe('every norm and term that ran: its clause and the last day, or the last moment where minutes run'),
      duties: z.array(clause).default([]).describe('duties of the general law that were done'),
    })
    .describe('what must then be so'),
})
export const examples = z.strictObject({
  format: z.literal('qyzmet.examples/1').describe('which kind of file this is, and the version of its format'),
  regulation: z.string().describe('id of the regulation'),
  edition: date,
  examples: z.array(example).min(1).describe('the stories'),
})
export type Example = z.infer<typeof example>
export type Examples = z.infer<typeof examples>
