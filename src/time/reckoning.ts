import { z } from 'zod'
import { dateText, words } from './calendarFile.ts'
import type { DateText } from './dates.ts'

export const appliesTo = ['start', 'afterHours', 'endMoves', 'close', 'minutes', 'delivery'] as const
export type Applies = (typeof appliesTo)[number]
export type OrganisationKind = 'provider' | 'corporation'

const rule = z.strictObject({
  id: z.string().min(1),
  applies: z.enum(appliesTo).describe('which part of the reckoning it rules'),
  receiver: z.enum(['provider', 'corporation']).optional().describe('only for documents received there'),
  from: dateText.optional().describe('in force from'),
  until: dateText.optional().describe('in force until and including'),
  source: z.string().min(1).describe('act and article, or why there is none'),
  confirmed: z.boolean(),
  says: words,
})
export type Rule = z.infer<typeof rule>

/** The rules by which terms are reckoned, dated. */
export const reckoningFile = z.strictObject({ format: z.literal('qyzmet.reckoning/1'), rules: z.array(rule).min(1) })
export type Reckoning = z.infer<typeof reckoningFile>

/** The rule of this part in force on the date: one made for the receiver goes before the general one. */
export function ruleOn(reckoning: Reckoning, applies: Applies, date: DateText, receiver: OrganisationKind): Rule | undefined {
  const fits = reckoning.rules.filter(
    (one) =>
      one.applies === applies &&
      (one.from === undefined || one.from <= date) &&
      (one.until === undefined || date <= one.until) &&
      (one.receiver === undefined || one.receiver === receiver),
  )
  return fits.find((one) => one.receiver === receiver) ?? fits[0]
}
