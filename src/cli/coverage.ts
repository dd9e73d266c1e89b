import { readLawFiles } from '../desk/lawFiles.ts'
import { type Bound, openStatutes } from '../desk/statutes.ts'
import type { Enacted } from '../engine/examples/enact.ts'
import { rehearse as rehearseExample, touchedBy } from '../engine/examples/rehearse.ts'
import { type Coverage, coverageOf } from '../law/coverage.ts'
import type { LawFile } from '../law/model.ts'
import { regulationsFolder } from './regulationsFolder.ts'
import type { Streams } from './streams.ts'

export interface Rehearsed {
  readonly bound: Bound
  readonly enacted: readonly Enacted[]
  readonly coverage: Coverage
}

/** Plays every example of every regulation in memory and holds what they touched against the clauses. */
export const rehearseAll = async (regulations: string): Promise<Rehearsed[]> => rehearse(await readLawFiles(regulations))

/** @throws LawBroken where a file cannot be used */
export function rehearse(files: readonly LawFile[]): Rehearsed[] {
  const statutes = openStatutes(
    files,
    () => undefined,
    async () => null,
  )
  return statutes.library.regulations.map((law) => {
    const bound = statutes.bind(law)
    const enacted = (law.examples?.examples ?? []).map((example) => rehearseExample(bound.court, example))
    return { bound, enacted, coverage: coverageOf(law.regulation, touchedBy(bound.court, enacted)) }
  })
}

export { regulationsFolder }

/** `qyzmet coverage [--json]`: clause by clause what is executed, stated only, or not executable and why. */
export async function coverageCommand(args: readonly string[], io: Streams): Promise<number> {
  const say = (line: string) => io.stdout.write(`${line}\n`)
  const all = await rehearseAll(regulationsFolder())
  const complete = all.every((one) => one.coverage.complete && one.enacted.every((e) => e.ok))
  if (args.includes('--json')) {
    say(JSON.stringify({ regulations: all.map((one) => ({ ...head(one), ...one.coverage })), complete }))
    return complete ? 0 : 1
  }
  for (const one of all) {
    const { id, edition } = one.bound.law.regulation
    const { executable, executed, stated } = one.coverage
    say(`${id} ${edition}: ${executed}/${executable}, stated ${stated}`)
    for (const clause of one.coverage.clauses) {
      const branches = clause.branches.map((b) => `${b.step} → ${b.outcome} (${b.examples.length})`).join(', ')
      say(
        `  ${clause.clause.padEnd(10)} ${clause.status.padEnd(14)} ${clause.steps.join(', ')} ${branches} ${clause.reason?.ru ?? ''}`.trimEnd(),
      )
    }
    for (const example of one.enacted.filter((e) => !e.ok)) {
      say(`  ${example.example}:`)
      for (const d of example.disagreements) say(`    ${d.what}\n      - ${d.expected}\n      + ${d.got}`)
    }
  }
  return complete ? 0 : 1
}

const head = ({ bound }: Rehearsed) => ({
  id: bound.law.regulation.id,
  edition: bound.law.regulation.edition,
  sha256: bound.law.sha256.regulation,
})
