import { z } from 'zod'
import { act } from './acts.ts'
import { clause, code, date, text, unconfirmed } from './text.ts'

const dated = {
  clause: clause.describe('article and point'),
  from: date.describe('in force from'),
  until: date.optional().describe('in force until and including'),
  unconfirmed: unconfirmed.optional(),
}

/** A duty that the law attaches to steps of any regulation, whether or not the regulation names it. */
const duty = z.strictObject({
  id: code,
  ...dated,
  title: text,
  before: z
    .strictObject({
      acts: z.array(z.string()).min(1).describe('the duty is done no later than in the step with one of these acts'),
      at: z.enum(['provider', 'corporation', 'any']).default('any').describe('whose workers are bound'),
    })
    .describe('where the duty attaches'),
  does: act.describe('the act that fulfils the duty; skipped where the case already has what it leaves'),
})

const complaint = z.strictObject({
  id: code,
  ...dated,
  to: text.describe('to whom'),
  term: text.describe('within which time one may complain'),
  order: text.describe('in which order it is heard'),
})

/** A rule of counting that the time floor applies; named so that proofs can cite it. */
const termRule = z.strictObject({ id: code, ...dated, says: text })

const right = z.strictObject({ id: code, ...dated, says: text })

export const generalLaw = z.strictObject({
  format: z.literal('qyzmet.law/1').describe('which kind of file this is, and the version of its format'),
  id: z
    .string()
    .regex(/^[a-z0-9][a-zA-Z0-9-]*$/)
    .describe('short name by which clauses cite it'),
  title: text,
  duties: z.array(duty).default([]).describe('duties that attach to steps of any regulation'),
  complaints: z.array(complaint).default([]).describe('where and when one may complain'),
  termRules: z.array(termRule).default([]).describe('rules by which terms are counted, cited in every proof'),
  rights: z.array(right).default([]).describe('withdrawal, re-application, access to the file …'),
})
export type GeneralLaw = z.infer<typeof generalLaw>
export type Duty = z.infer<typeof duty>
export type Complaint = z.infer<typeof complaint>
