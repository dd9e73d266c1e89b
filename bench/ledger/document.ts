import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.ts'
import { tell } from './markdown.ts'
import type { Results } from './results.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')

/** Puts a measurement's tables between the marks of docs/performance.md, and its chart beside the other images. */
export function writeDocument(results: Results): void {
  const page = join(docs, 'performance.md')
  writeFileSync(page, between(readFileSync(page, 'utf8'), 'steps', tell(results)))
  writeFileSync(join(docs, 'images', 'steps.svg'), chart(results))
}

/** @throws Error when the page has lost its marks */
export function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the page has no ${begin} … ${end}`)
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`
}
