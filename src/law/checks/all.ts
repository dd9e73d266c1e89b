import { type Bundle, type Check, isPatched } from '../bundle.ts'
import type { Problem } from '../problem.ts'
import { problemAt } from '../problem.ts'
import type { Source } from '../source.ts'

/** Checks that speak of what is written; they hold even where another part of the file could not be read. */
const ofWords: readonly Check[] = []

/** Checks that speak of what is absent or of the whole graph; a file read in part would make them cry wolf. */
const ofWhole: readonly Check[] = []

const known = ({ regulation, standard, examples }: Bundle, problem: Problem): boolean =>
  ![regulation, standard, examples].some((part) => part?.source.path === problem.file && isPatched(part, problem.path))

/** Every problem across files, in no particular order. `examples` are all example files, also those beside nothing. */
export const checkAll = (bundles: readonly Bundle[], examples: readonly Source[]): Problem[] => {
  const paths = new Set(bundles.map(({ regulation }) => regulation.source.path))
  const orphans = examples
    .filter(({ path }) => !paths.has(path.replace(/\.examples\.yaml$/, '.yaml')))
    .map((source) => problemAt(source, [], 'examplesOfNothing'))
  const found = bundles.flatMap((bundle) => {
    const checks = bundle.whole ? [...ofWords, ...ofWhole] : ofWords
    return checks.flatMap((check) => check(bundle)).filter((problem) => known(bundle, problem))
  })
  return [...orphans, ...found]
}
