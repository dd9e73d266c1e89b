import { z } from 'zod'
import { act, deciders, fact } from './acts.ts'
import { clause, code, text } from './text.ts'

export const unit = z.enum(['min', 'wd', 'cd']).describe('min: minutes inside opening hours; wd: working days; cd: calendar days')

/** How long something may take. None of the three units is ever converted into another. */
export const norm = z
  .strictObject({
    clause: clause.describe('the clause that gives the norm'),
    value: z.number().int().positive().describe('how many'),
    unit,
    until: code.optional().describe('the step whose end ends this norm, where one norm covers several steps; by default the step itself'),
    binding: z
      .boolean()
      .default(true)
      .describe(
        'false: the text gives this norm beside the one that is followed; it is measured and shown, and does not make anybody late',
      ),
  })
  .describe('how long something may take')
export type Norm = z.infer<typeof norm>

const follows = {
  clause: clause.optional().describe('the clause of this branch, where it has its own'),
  title: text.describe('the branch in words'),
}
export const outcome = z.union([
  z.strictObject({ ...follows, next: code.describe('the step that follows') }),
  z.strictObject({ ...follows, end: code.describe('how the case ends: one of the endings of this file') }),
])
export type Outcome = z.infer<typeof outcome>

export const step = z.strictObject({
  id: code.describe('name of the step, unique in the file'),
  channel: code.describe('the channel it belongs to'),
  clauses: z.array(clause).min(1).describe('the clauses that this step executes; the first is the one shown'),
  title: text.describe('what is done, in an imperative short form'),
  actor: code.describe('the role that does it, or "system"'),
  onBehalf: z
    .enum(['applicant'])
    .optional()
    .describe('the text charges somebody without a desk of their own: the actor records what they do'),
  norms: z.array(norm).default([]).describe('how long the step may take; empty where the text gives none'),
  needs: z.array(fact).default([]).describe('what must lie in the case before the step may be done'),
  does: z.array(act).min(1).describe('what is done, in this order'),
  leaves: z.array(fact).default([]).describe('what the step leaves behind so that the next may begin'),
  comesOutAs: z
    .enum(deciders)
    .optional()
    .describe('the step decides nothing itself and comes out as this act of an earlier step did, so that one giving step has two endings'),
  outcomes: z.record(code, outcome).describe('how the step can come out and what follows; "done" where nothing is decided'),
  readings: z.array(code).default([]).describe('the readings taken where the text leaves a choice'),
})
export type Step = z.infer<typeof step>
