import { z } from 'zod'
import type { LawFile } from '../model.ts'
import { act } from '../schema/acts.ts'
import { examples } from '../schema/examples.ts'
import { generalLaw } from '../schema/general.ts'
import { regulation } from '../schema/regulation.ts'
import { standard } from '../schema/standard.ts'
import {
  bare,
  defaultOf,
  defOf,
  isRequired,
  meaningOf,
  type Row,
  type Section,
  sectionsOf,
  sharedName,
  sharedSchemas,
  typeName,
} from './walk.ts'

export const schemas = { regulation, standard, examples, law: generalLaw } as const
export type SchemaName = keyof typeof schemas

const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')

const needOf = ({ schema }: Row): string => {
  if (isRequired(schema)) return 'yes'
  const otherwise = defaultOf(schema)
  if (otherwise === undefined) return 'no'
  const shown = JSON.stringify(otherwise)
  return shown === '[]' || shown === '{}' ? 'no: empty' : `no: \`${shown}\``
}

const rowOf = (row: Row): string =>
  `| \`${row.key}\` | ${cell(typeName(row.schema))} | ${needOf(row)} | ${cell(meaningOf(row.schema) || (sharedName(bare(row.schema)) ?? ''))} |`

const table = (rows: readonly Row[]): string[] => ['| key | value | required | meaning |', '| --- | --- | --- | --- |', ...rows.map(rowOf)]

const sectionOf = ({ path, rows }: Section): string[] => [...(path ? [`### \`${path}\``, ''] : []), ...table(rows), '']

/** One line an act: its name, what else is written with it, what it means. */
const actsTable = (): string[] => {
  const lines = (defOf(act).options ?? []).map((option) => {
    const { act: name, ...others } = defOf(option).shape ?? {}
    if (!name) throw new Error('an act without its name')
    const with_ = Object.entries(others).map(([key, schema]) => `\`${key}\`: ${typeName(schema)}${isRequired(schema) ? '' : ' (optional)'}`)
    return `| ${typeName(name)} | ${cell(with_.join('; '))} | ${cell(meaningOf(name))} |`
  })
  return ['### act', '', '| act | with | meaning |', '| --- | --- | --- |', ...lines, '']
}

const sharedSection = ([name, schema]: readonly [string, z.core.$ZodType]): string[] => {
  if (name === 'act') return actsTable()
  const sections = sectionsOf(schema, '', true)
  const [own, ...rest] = sections
  const words = meaningOf(schema)
  return [`### ${name}`, '', ...(words ? [`${words}.`, ''] : []), ...(own ? [...table(own.rows), ''] : []), ...rest.flatMap(sectionOf)]
}

/**
 * The description of the format for people, Markdown.
 * @param introduction hand-written text with a heading `## <name>` per schema; its words stand above the tables
 */
export const referenceOf = (introduction: string): string => {
  const [head = '', ...chapters] = introduction.split(/^(?=## )/m)
  const tables: Readonly<Record<string, () => string[]>> = {
    ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, () => sectionsOf(schema).flatMap(sectionOf)])),
    shared: () => sharedSchemas().flatMap(sharedSection),
  }
  const told = chapters.map((chapter) =>
    chapter.replace(/^<!-- tables: (\w+) -->$/m, (_, name: string) => (tables[name]?.() ?? []).join('\n')),
  )
  return `${[head, ...told].join('').trimEnd()}\n`
}

/** Documents that are made from the schemas; paths relative to the repository. */
export const documents = (introduction: string): LawFile[] => [
  ...Object.entries(schemas).map(([name, schema]) => ({
    path: `docs/schema/${name}.json`,
    text: `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7', reused: 'ref' }), null, 2)}\n`,
  })),
  { path: 'docs/regulation-format.md', text: referenceOf(introduction) },
]
