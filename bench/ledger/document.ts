import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.ts'
import { tell } from './markdown.ts'
import type { Results } from './results.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')

/** Which measurement it is: on the page, in docs/images and in bench/results. */
export type Kept = 'embedded' | 'database-url'

/** Puts a measurement's tables between its marks of docs/performance.md, and its chart beside the other images. */
export function writeDocument(results: Results, kept: Kept): void {
  const page = join(docs, 'performance.md')
  const image = `images/steps-${kept}.svg`
  writeFileSync(join(docs, image), chart(results))
  const picture = `![Durable steps a second by contender and number of callers; the tables below hold the same numbers](${image})`
  writeFileSync(page, between(readFileSync(page, 'utf8'), `steps ${kept}`, `${picture}\n\n${tell(results)}`))
}

/** @throws Error when the page has lost its marks */
export function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the page has no ${begin} … ${end}`)
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`
}
