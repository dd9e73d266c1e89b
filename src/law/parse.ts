import type { z } from 'zod'
import { schemaProblems } from './issues.ts'
import { hasErrors, type Problem } from './problem.ts'
import { salvage } from './salvage.ts'
import { type Examples, examples } from './schema/examples.ts'
import { type GeneralLaw, generalLaw } from './schema/general.ts'
import { type Regulation, regulation } from './schema/regulation.ts'
import { type Standard, standard } from './schema/standard.ts'
import { readSource, type Source } from './source.ts'

/**
 * A file with what could be read of it. `value` stands only where the file has no error of form. `draft` is the value as
 * far as it can be understood, so that checks across the file can speak in the same run; `patched` are the places where it
 * had to be guessed, about which they keep silent.
 */
export interface Parsed<T> {
  readonly source: Source
  readonly value?: T
  readonly draft?: T
  readonly patched: readonly string[]
  readonly problems: readonly Problem[]
}

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

/** Text to a checked, frozen value, or every problem of its form at once: syntax, repeated keys, unknown keys, wrong values. */
export const parseAs =
  <S extends z.ZodType>(schema: S) =>
  (path: string, text: string): Parsed<z.infer<S>> => {
    const { source, readable, problems } = readSource(path, text)
    if (!readable) return { source, patched: [], problems }
    const result = schema.safeParse(source.raw)
    if (result.success) {
      const value = freeze(result.data)
      return { source, ...(hasErrors(problems) ? {} : { value }), draft: value, patched: [], problems }
    }
    const all = [...problems, ...schemaProblems(schema, source, result.error)]
    const saved = salvage(schema, source.raw)
    return { source, ...(saved ? { draft: freeze(saved.value) } : {}), patched: saved?.patched ?? [], problems: all }
  }

export const parseRegulation: (path: string, text: string) => Parsed<Regulation> = parseAs(regulation)
export const parseStandard: (path: string, text: string) => Parsed<Standard> = parseAs(standard)
export const parseGeneralLaw: (path: string, text: string) => Parsed<GeneralLaw> = parseAs(generalLaw)
export const parseExamples: (path: string, text: string) => Parsed<Examples> = parseAs(examples)
