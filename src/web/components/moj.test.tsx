import { createRequire } from 'node:module'
import { join } from 'node:path'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../../language/load.ts'
import { createSpeech } from '../../language/speech.ts'
import { Alert } from './alert/alert.tsx'
import { Badge } from './badge/badge.tsx'
import { parseHtml } from './html.testing.ts'
import { SpeechContext } from './speech.ts'
import { SubNavigation } from './sub-navigation/sub-navigation.tsx'
import { Timeline } from './timeline/timeline.tsx'

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

// MOJ publishes no fixtures: its own macros, rendered here, are the measure. Its date filters need moment, so dates come in ready.
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([moj, govuk]), { autoescape: true })
environment.addFilter('date', (_: string, shown: string) => shown)
environment.addFilter('mojDate', (_: string, shown: string) => shown)

const macro = (name: string, call: string, params: unknown): string =>
  environment.renderString(`{% from "moj/components/${name}/macro.njk" import ${call} %}{{ ${call}(params) }}`, { params })

const ours = (element: Child): string => String(<SpeechContext.Provider value={english}>{element}</SpeechContext.Provider>)

const same = (element: Child, theirs: string) => {
  expect(parseHtml(theirs).length).toBeGreaterThan(0)
  expect(parseHtml(ours(element))).toEqual(parseHtml(theirs))
}

describe('moj', () => {
  it('timeline', () => {
    const shown = '14 October 2019 at 10:20am'
    const item = { label: 'Accepted', byline: 'Operator', timestamp: '2019-10-14T04:20:00Z', text: 'Receipt <1> given', classes: 'x' }
    const theirs = { label: { text: 'Accepted' }, byline: { text: 'Operator' }, text: 'Receipt <1> given', classes: 'x' }
    const datetime = { timestamp: '2019-10-14T04:20:00Z', type: shown }
    const plain = { label: 'B & C', timestamp: '2019-10-15T04:20:00Z', shown, text: 'Sent' }
    same(
      <Timeline headingLevel={3} classes="wide" attributes={{ 'data-a': 'b' }} items={[{ ...item, shown }, plain]} />,
      macro('timeline', 'mojTimeline', {
        headingLevel: 3,
        classes: 'wide',
        attributes: { 'data-a': 'b' },
        items: [
          { ...theirs, datetime },
          { label: { text: 'B & C' }, text: 'Sent', datetime: { ...datetime, timestamp: '2019-10-15T04:20:00Z' } },
        ],
      }),
    )
  })

  it('badge', () => {
    same(
      <Badge text="Urgent & <new>" classes="moj-badge--red" attributes={{ id: 'u' }} />,
      macro('badge', 'mojBadge', { text: 'Urgent & <new>', classes: 'moj-badge--red', attributes: { id: 'u' } }),
    )
  })

  it.each(['information', 'success', 'warning', 'error'] as const)('alert: %s', (variant) => {
    same(<Alert variant={variant} title="The case moved" />, macro('alert', 'mojAlert', { variant, title: 'The case moved' }))
    same(
      <Alert variant={variant} title="Heading" showTitleAsHeading headingTag="h3" dismissible text={raw('<p>Body</p>')} role="alert" />,
      macro('alert', 'mojAlert', {
        variant,
        title: 'Heading',
        showTitleAsHeading: true,
        headingTag: 'h3',
        dismissible: true,
        html: '<p>Body</p>',
        role: 'alert',
      }),
    )
  })

  it('sub-navigation', () => {
    const items = [
      { text: 'Mine & ours', href: '/work', active: true },
      { text: 'All', href: '/all', attributes: { id: 'all' } },
    ]
    same(<SubNavigation label="Lists" items={items} />, macro('sub-navigation', 'mojSubNavigation', { label: 'Lists', items }))
  })
})
