import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../../language/load.ts'
import { createSpeech } from '../../language/speech.ts'
import { fixturesOf, govukComponents } from './gallery/govuk.tsx'
import { parseHtml } from './html.testing.ts'
import { SpeechContext } from './speech.ts'

const english = createSpeech(loadLanguages(`${import.meta.dirname}/../../language`).en, 'en', 'Asia/Almaty')
const render = (element: Child): string => String(<SpeechContext.Provider value={english}>{element}</SpeechContext.Provider>)

describe.each(Object.keys(govukComponents))('govuk %s', (name) => {
  it.for(fixturesOf(name))('$name', ({ element, html, reason }, context) => {
    if (reason) return context.skip(reason)
    expect(parseHtml(render(element))).toEqual(parseHtml(html))
  })
})

describe('escaping', () => {
  it('never lets words or attributes out of their place', () => {
    const evil = '"><script>alert(1)</script>'
    for (const [name, Component] of Object.entries(govukComponents)) {
      const html = render(
        <Component
          {...{
            text: evil,
            name: evil,
            id: evil,
            classes: evil,
            label: evil,
            hint: evil,
            errorMessage: evil,
            titleText: evil,
            summaryText: evil,
            tag: { text: evil },
            attributes: { 'data-x': evil },
            items: [],
            rows: [],
          }}
        />,
      )
      expect(html, name).not.toContain('<script')
      expect(html.length, name).toBeGreaterThan(evil.length)
    }
  })
})
