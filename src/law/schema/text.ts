import { z } from 'zod'

/** Words for people in the languages of the office: Kazakh and Russian always, English where there is one. */
export const text = z
  .strictObject({
    kk: z.string().min(1).describe('Kazakh'),
    ru: z.string().min(1).describe('Russian'),
    en: z.string().min(1).optional().describe('English'),
  })
  .describe('words for people')
export type Text = z.infer<typeof text>

/** A code that names a thing inside a file: lower camel case, stable for ever, used in events and addresses. */
export const code = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, 'code')
  .describe('name inside the file: Latin letters and digits, a small letter first; never changed once used')
export const date = z.iso.date().describe('day, as 2018-07-20')

/** A clause of the act itself ("8.3", "9.2 ¶1"), or of another act of the library ("law-88-V:20(6)"). */
export const clause = z
  .string()
  .regex(/^(?:[a-z0-9][a-zA-Z0-9-]*:)?\S.*$/, 'clause')
  .describe('clause, in quotes: of this text (8.3), or of another act after its short name (law-88-V:20(6))')

/** What is not certain carries its doubt with it, so that screens and papers can show it. */
export const unconfirmed = z
  .strictObject({
    why: text.describe('what is not certain and what was taken instead'),
    source: z.string().min(1).describe('where the value was seen, or "own knowledge"'),
  })
  .describe('present where the value is not certain')
export type Unconfirmed = z.infer<typeof unconfirmed>

export const datedFact = z
  .strictObject({
    date: date.describe('the day'),
    rule: text.optional().describe('the words of the act from which the day follows'),
    unconfirmed: unconfirmed.optional().describe('present where the day itself is not in the text'),
  })
  .describe('a day with the words from which it follows')
