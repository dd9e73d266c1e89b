import { type Bundle, type Check, isPatched } from '../bundle.ts'
import { actOfClause } from '../elements.ts'
import { parseIin } from '../identifiers.ts'
import { nearest } from '../near.ts'
import { type Path, type Problem, problemAt } from '../problem.ts'
import type { Example } from '../schema/examples.ts'

type Kind = 'Step' | 'Outcome' | 'Ending' | 'Role' | 'Paper' | 'Channel' | 'Provider' | 'Document' | 'Ground' | 'Option' | 'Clause'
type Known = Readonly<Record<Exclude<Kind, 'Outcome'>, readonly string[]>>
type Use = readonly [kind: Kind, name: string | undefined, path: Path, among?: readonly string[]]

/** A clause of another act, as examples and screens cite it. */
const cited = (law: string, clause: string): string => (actOfClause(clause) ? clause : `${law}:${clause}`)

const knownTo = ({ regulation, edition, general }: Bundle): Known => {
  const { steps, endings, roles, papers, channels, providers, clauses } = regulation.value
  return {
    Step: steps.map(({ id }) => id),
    // Withdrawal ends a case of any regulation by the general law: no file needs to name it.
    Ending: [...Object.keys(endings), 'withdrawn'],
    Role: [...Object.keys(roles), 'system'],
    Paper: papers.map(({ id }) => id),
    Channel: Object.keys(channels),
    Provider: providers.map(({ kind }) => kind),
    Document: edition?.documents.map(({ id }) => id) ?? [],
    Ground: edition?.grounds.map(({ id }) => id) ?? [],
    Option: edition?.options.map(({ id }) => id) ?? [],
    Clause: [
      ...clauses.map(({ clause }) => clause),
      ...general.flatMap(({ value }) => value.duties.map(({ clause }) => cited(value.id, clause))),
    ],
  }
}

const usesOfGiven = ({ given }: Example): Use[] => [
  ['Channel', given.channel, ['given', 'channel']],
  ['Provider', given.provider, ['given', 'provider']],
  ...(given.documents === 'all'
    ? []
    : (['without', 'also', 'expired'] as const).flatMap((key) =>
        given.documents === 'all'
          ? []
          : given.documents[key].map((name, index): Use => ['Document', name, ['given', 'documents', key, index]]),
      )),
]

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined // any object answers to a key
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** What is given with a step is parsed by the engine; here only its names are held against the Standard. */
const usesOfInput = (input: Readonly<Record<string, unknown>>, path: Path): Use[] => [
  ['Option', text(field(input.application, 'asks')), [...path, 'application', 'asks']],
  ...list(input.documents).map((each, index): Use => ['Document', text(field(each, 'id')), [...path, 'documents', index, 'id']]),
  ...list(input.findings).map((each, index): Use => ['Document', text(field(each, 'document')), [...path, 'findings', index, 'document']]),
  ...list(field(input.refusal, 'grounds')).flatMap((each, index): Use[] => [
    ['Ground', text(field(each, 'ground')), [...path, 'refusal', 'grounds', index, 'ground']],
    ['Document', text(field(each, 'document')), [...path, 'refusal', 'grounds', index, 'document']],
  ]),
]

const usesOfThen = ({ then }: Example, outcomes: ReadonlyMap<string, readonly string[]>): Use[] => [
  ...then.path.flatMap(({ step, clause, outcome }, index): Use[] => [
    ['Step', step, ['then', 'path', index, 'step']],
    ['Clause', clause, ['then', 'path', index, 'clause']],
    ['Outcome', outcome, ['then', 'path', index, 'outcome'], outcomes.get(step)],
  ]),
  ['Ending', then.end, ['then', 'end']],
  ...then.papers.map((name, index): Use => ['Paper', name, ['then', 'papers', index]]),
  ...then.dues.flatMap(({ step, clause }, index): Use[] => [
    ['Step', step, ['then', 'dues', index, 'step']],
    ['Clause', clause, ['then', 'dues', index, 'clause']],
  ]),
  ...then.duties.map((name, index): Use => ['Clause', name, ['then', 'duties', index]]),
]

const usesOfWhen = ({ when }: Example): Use[] =>
  when.flatMap(({ step, as, with: input }, index): Use[] => [
    ['Step', step, ['when', index, 'step']],
    ['Role', as, ['when', index, 'as']],
    ...usesOfInput(input, ['when', index, 'with']),
  ])

/** Examples speak in the regulation's own words: its steps, roles, papers and clauses, the documents and grounds of its Standard. */
export const exampleNames: Check = (bundle) => {
  const { examples, regulation } = bundle
  if (!examples || !bundle.edition) return []
  const known = knownTo(bundle)
  const outcomes = new Map(regulation.value.steps.map(({ id, outcomes: own }) => [id, Object.keys(own)]))
  const unknown = (example: Example, index: number): Problem[] =>
    [...usesOfGiven(example), ...usesOfWhen(example), ...usesOfThen(example, outcomes)].flatMap(([kind, name, path, among]) => {
      const names = kind === 'Outcome' ? among : known[kind]
      if (name === undefined || names === undefined || names.includes(name)) return []
      const params = { example: example.id, name, near: nearest(name, names) ?? names.join(', ') }
      return [problemAt(examples.source, ['examples', index, ...path], `exampleUnknown${kind}`, { params })]
    })
  const doubtful = ({ id, given: { iin } }: Example, index: number): Problem[] =>
    parseIin(iin).ok || isPatched(examples, `examples[${index}]`)
      ? []
      : [problemAt(examples.source, ['examples', index, 'given', 'iin'], 'badPersonNumber', { params: { example: id, value: iin } })]
  return examples.value.examples.flatMap((example, index) => [...unknown(example, index), ...doubtful(example, index)])
}
