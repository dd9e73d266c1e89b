import { z } from 'zod'
import { step, unit } from './step.ts'
import { clause, code, date, datedFact, text, unconfirmed } from './text.ts'

const issuedAct = z.strictObject({
  kind: text.describe('resolution, order …'),
  number: z.string().min(1).describe('number as printed'),
  date: date.describe('day of adoption'),
  by: text.describe('the body'),
})

const actOfRegulation = issuedAct.extend({
  registration: z
    .strictObject({ number: z.string().describe('number in the state register'), date, by: text.describe('the justice body') })
    .describe('state registration of the act'),
  basis: z
    .array(z.strictObject({ act: text.describe('the act it rests on'), article: z.string().describe('article and point') }))
    .min(1)
    .describe('legal basis'),
  edition: issuedAct.describe('the act that gave the text its present edition'),
  inForce: z
    .strictObject({ from: datedFact.describe('first day of this edition'), until: datedFact.optional().describe('last day') })
    .describe('when this edition is in force: a case is bound to the edition of the day of its submission'),
  repealed: issuedAct
    .extend({ effect: text.describe('when the repeal takes effect') })
    .optional()
    .describe('the act that repealed it'),
  orders: z
    .array(
      z.strictObject({
        clause,
        says: text.describe('what the order says'),
        duty: z.enum(['control', 'publication', 'effect', 'approval']).describe('what the order is about'),
      }),
    )
    .describe('the orders of the resolution itself'),
})

const provider = z.strictObject({
  kind: code.describe('kind of organisation'),
  clause,
  title: text.describe('as the text names them'),
})

/** Names with a meaning of their own in every regulation; no role may bear one. */
export const reservedRoles: readonly string[] = ['system', 'applicant', 'supervisor', 'administrator']

const role = z.strictObject({
  title: text.describe('as the text names it'),
  at: z.enum(['provider', 'corporation']).describe('whose worker, so whose calendar and hours'),
  unit: code.describe('the unit in which the role works: office, hall, accumulation …'),
  clauses: z.array(clause).min(1).describe('where the text names it'),
})

const channel = z.strictObject({
  title: text.describe('as the text names it'),
  clause,
  receiver: z.enum(['provider', 'corporation']).describe('who receives the documents: its hours decide day zero'),
  first: code.describe('the step with which a case begins'),
  start: z
    .strictObject({ clause, at: code.describe('the step whose end starts the service'), readings: z.array(code).default([]) })
    .describe('ground for the start of the service'),
})

const serviceTerm = z.strictObject({
  id: code,
  clause,
  channels: z.array(code).min(1).describe('channels to which it applies'),
  location: z.enum(['local', 'nonLocal', 'any']).describe("whether the place of intake is the provider's location"),
  value: z.number().int().positive().describe('how many'),
  unit,
  until: code.optional().describe('the step whose end ends the term; by default the end of the case'),
  readings: z.array(code).default([]),
})

const paper = z.strictObject({
  id: code,
  kind: z
    .enum(['acceptanceReceipt', 'acceptanceRefusal', 'reasonedRefusal', 'result', 'courierReceipt', 'noDataNotice', 'refusalNotice'])
    .describe('the form that is printed'),
  clause,
  title: text,
  copies: z.number().int().min(1).max(4).default(1).describe('how many are printed'),
  by: code.describe('the role that issues it'),
})

const reading = z.strictObject({
  clauses: z.array(clause).min(1).describe('where the text leaves the choice'),
  question: text.describe('what is open'),
  takes: text.describe('the reading taken'),
  because: text.describe('why'),
  follows: z.array(clause).default([]).describe('clause followed, where two contradict each other'),
  passesOver: z.array(clause).default([]).describe('clause passed over'),
  unconfirmed: unconfirmed.optional(),
})

const ending = z.strictObject({
  title: text,
  kind: z
    .enum(['served', 'refused', 'notAccepted', 'impossible'])
    .describe('what the ending means for the statistics; at notAccepted and impossible what was handed in goes back to the applicant'),
})

const clauseOfText = z.strictObject({
  clause,
  says: text.describe('what the clause says, in our own words'),
  status: z.enum(['executable', 'stated', 'notExecutable']).describe('executable: examples must execute it; the others say why not'),
  reason: text.optional().describe('why a clause is only stated or cannot be executed'),
})

/** One edition of one region's regulation of one service. */
export const regulation = z.strictObject({
  format: z.literal('qyzmet.regulation/1').describe('which kind of file this is, and the version of its format'),
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('<region>-<service>'),
  service: z.string().describe('folder of the service'),
  region: code.describe('region of regions.yaml'),
  edition: date.describe("day of the edition's act; the name of the file"),
  invented: text.optional().describe('present where the regulation is invented for demonstration; shown on every page and paper'),
  wording: text.describe('who worded the languages of this file'),
  title: text.describe('official name of the service'),
  act: actOfRegulation.describe('the act that approved the regulation, with its edition, force and repeal'),
  standard: z.string().describe('edition of the Standard on which it rests'),
  form: z.strictObject({ clause, of: text, result: text }).describe('form of the service and of its result'),
  providers: z.array(provider).min(1).describe('kinds of organisation that render the service'),
  roles: z
    .record(code, role)
    .describe('who takes part, by name; "system" is always there; "applicant", "supervisor" and "administrator" are taken'),
  channels: z.record(code, channel).describe('ways by which applications come in, by name'),
  terms: z.array(serviceTerm).default([]).describe('the term of the service as a whole'),
  steps: z.array(step).min(1).describe('what is done, in reading order'),
  papers: z.array(paper).describe('papers that are issued'),
  endings: z.record(code, ending).describe('how a case can end, by name'),
  readings: z.record(code, reading).default({}).describe('choices that the text leaves and how they are taken, by name'),
  clauses: z.array(clauseOfText).min(1).describe('every clause of the text, one by one'),
})
export type Regulation = z.infer<typeof regulation>
export type Role = z.infer<typeof role>
export type Channel = z.infer<typeof channel>
export type ServiceTerm = z.infer<typeof serviceTerm>
export type PaperForm = z.infer<typeof paper>
export type Reading = z.infer<typeof reading>
export type Ending = z.infer<typeof ending>
