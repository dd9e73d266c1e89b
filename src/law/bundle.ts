import type { ProblemCode } from './codes.ts'
import type { Parsed } from './parse.ts'
import type { Path, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import type { Examples } from './schema/examples.ts'
import type { GeneralLaw } from './schema/general.ts'
import type { Regulation } from './schema/regulation.ts'
import type { Standard, StandardEdition } from './schema/standard.ts'
import type { Source } from './source.ts'

/** A value with the file that it came from. */
export interface Part<T> {
  readonly source: Source
  readonly value: T
  readonly patched: readonly string[]
}

/** What the checks of one edition look at. The Standard or the examples may be absent or unreadable. */
export interface Bundle {
  readonly regulation: Part<Regulation>
  readonly standard?: Part<Standard>
  readonly edition?: StandardEdition
  readonly general: readonly Part<GeneralLaw>[]
  readonly examples?: Part<Examples>
  /** Whether every part was well-formed, so that something's absence means something. */
  readonly whole: boolean
}

/** One rule of good drafting. Pure: the same bundle gives the same problems. */
export type Check = (bundle: Bundle) => Problem[]

type Where = Parameters<typeof problemAt>[3]

export const inRegulation = ({ regulation }: Bundle, path: Path, code: ProblemCode, where?: Where): Problem =>
  problemAt(regulation.source, path, code, where)

export const partOf = <T>({ source, draft, patched }: Parsed<T>): Part<T> | undefined =>
  draft === undefined ? undefined : { source, value: draft, patched }

/** Whether a place, or what it lies in, had to be guessed. */
export const isPatched = ({ patched }: { patched: readonly string[] }, path: string): boolean =>
  patched.some((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`))
