import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../../language/load.ts'
import { createSpeech } from '../../language/speech.ts'
import { mojExamples } from './gallery/moj.tsx'
import { parseHtml } from './html.testing.ts'
import { SpeechContext } from './speech.ts'

const require = createRequire(import.meta.url)
// Nunjucks publishes no types; this is all of it that we use.
interface Nunjucks {
  Environment: new (
    loader: unknown,
    options: { autoescape: boolean },
  ) => {
    addFilter(name: string, filter: (value: string, shown: string) => string): void
    renderString(template: string, params: unknown): string
  }
  FileSystemLoader: new (folders: string[]) => unknown
}
const nunjucks: Nunjucks = require('nunjucks')
const moj = join(require.resolve('@ministryofjustice/frontend/package.json'), '..')
const govuk = join(require.resolve('govuk-frontend/package.json'), '../dist')
const english = createSpeech(loadLanguages(join(import.meta.dirname, '../../language')).en, 'en', 'Asia/Almaty')

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([moj, govuk]), { autoescape: true })
environment.addFilter('date', (_: string, shown: string) => shown)
environment.addFilter('mojDate', (_: string, shown: string) => shown)

const macro = (name: string, call: string, params: unknown): string =>
  environment.renderString(`{% from "moj/components/${name}/macro.njk" import ${call} %}{{ ${call}(params) }}`, { params })

const ours = (element: Child): string => String(<SpeechContext.Provider value={english}>{element}</SpeechContext.Provider>)

describe('moj', () => {
  it.each(mojExamples())('$component: $name', ({ component, macro: call, params, element }) => {
    const theirs = parseHtml(macro(component, call, params))
    expect(theirs.length).toBeGreaterThan(0)
    expect(parseHtml(ours(element))).toEqual(theirs)
  })
})
