import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Paper, type PaperKind, type PaperOf, paperKinds, paperSchema } from './paper.ts'

const examples = z
  .object({ papers: z.record(z.string(), paperSchema) })
  .parse(parse(readFileSync(new URL('./examples.yaml', import.meta.url), 'utf8'), { merge: true })).papers

/** A usual paper of this kind, of invented people, for tests and for looking at. */
export function examplePaper<K extends PaperKind>(kind: K): PaperOf<K> {
  const paper = Object.values(examples).find((example): example is PaperOf<K> => example.kind === kind)
  if (paper === undefined) throw new Error(`examples.yaml has no ${kind}`)
  return paper
}

export const examplePapers: readonly Paper[] = paperKinds.map((kind) => examplePaper(kind))
