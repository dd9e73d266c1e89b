import { z } from 'zod'

const problem = z.strictObject({ kind: z.string(), home: z.int(), case: z.string(), seq: z.int().nullish(), text: z.string() })

/** What `qyzmet verify --json` answers. */
export const verifyShape = z.strictObject({ cases: z.int(), events: z.int(), problems: z.array(problem) })
