import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Examples } from './openapi.ts'

const file = z.record(z.string(), z.strictObject({ body: z.unknown().optional(), answer: z.unknown().optional() }))

/** The samples of the description: invented people, numbers with right check digits. */
export const examples = (): Examples => file.parse(parse(readFileSync(new URL('./examples.yaml', import.meta.url), 'utf8')))
