import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../../language/load.ts'
import { type Language, languages } from '../../language/messages.ts'
import { createSpeech } from '../../language/speech.ts'
import { loadAssets } from '../assets/assets.ts'
import { loadGallery } from '../components/gallery/gallery.ts'
import { useSpeech } from '../components/speech.ts'
import { type Frame, inLanguage, Page } from './Page.tsx'

const gallery = await loadGallery()
const loaded = loadLanguages(`${import.meta.dirname}/../../language`)
const assets = loadAssets()
const frame = (language: Language = 'kk', more: Partial<Frame> = {}): Frame => ({
  speech: createSpeech(loaded[language], language, 'Asia/Almaty'),
  assets: assets.urls,
  path: '/work?sort=due',
  ...more,
})
const Spoken = () => <p>{useSpeech().t('common.yes')}</p>

describe('page', () => {
  it.each(languages)('is whole and speaks %s inside', (language) => {
    const html = String(
      <Page frame={frame(language)} title="<1>">
        <Spoken />
      </Page>,
    )
    expect(html.startsWith(`<!doctype html><html lang="${language}"`)).toBe(true)
    expect(html).toContain('<title>&lt;1&gt; – Qyzmet</title>')
    expect(html).toContain(`<p>${{ kk: 'Иә', ru: 'Да', en: 'Yes' }[language]}</p>`)
    expect(html).toContain('href="#main-content"')
    expect(html.match(/aria-current="true"/g)).toHaveLength(1)
  })

  it('holds no script, style or handler in the HTML, so a strict policy works', () => {
    const html = String(
      <Page frame={frame()} title="x">
        {gallery.map(({ examples }) => examples.map(({ element }) => element))}
      </Page>,
    )
    expect(html.match(/<script[^>]*>(?!<\/script>)/g)).toBeNull()
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/)
  })

  it('shows the clock, who is signed in, and a way out that a stranger cannot press', () => {
    const html = String(
      <Page
        frame={frame('ru', {
          demonstration: { now: '2019-10-14T04:00:00Z', href: '/clock' },
          viewer: { name: 'Серікова Ұлпан', role: 'оператор' },
          csrf: 'c"1',
        })}
        title="x"
      />,
    )
    expect(html).toContain('Часы: 14 октября 2019 г. в 10:00')
    expect(html).toContain('action="/sign-out"')
    expect(html).toContain('name="_csrf" value="c&quot;1"')
    expect(String(<Page frame={frame()} title="x" />)).not.toContain('/sign-out')
  })

  it('keeps path and query when the language changes', () => {
    expect(inLanguage('/work?sort=due&lang=kk', 'ru')).toBe('/work?sort=due&lang=ru')
    expect(inLanguage('//evil.example/x', 'ru')).toBe('/x?lang=ru')
  })
})

describe('assets', () => {
  const serve = (path: string, accept = 'gzip, br') =>
    assets.serve(new Request(`http://127.0.0.1${path}`, { headers: { 'accept-encoding': accept } }))

  it('are addressed by content, kept for ever and sent compressed', async () => {
    const answer = serve(assets.urls.css)
    expect(answer?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer?.headers.get('content-encoding')).toBe('br')
    const css = brotliDecompressSync(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))).toString()
    expect(css).toBe(await serve(assets.urls.css, 'identity')?.text())
    expect(serve(assets.urls.fonts[0] ?? '')?.headers.has('content-encoding')).toBe(false)
    expect(serve('/assets/qyzmet.000000000000.css')).toBeUndefined()
  })

  it('carry nothing of GOV.UK that is not ours to use', async () => {
    const css = (await serve(assets.urls.css, '')?.text()) ?? ''
    expect(css).not.toMatch(/GDS Transport|crown|url\(\/assets\/(?!noto-sans)/i)
    for (const needed of [
      '.govuk-visually-hidden{',
      '.govuk-skip-link:not(:active)',
      '.govuk-details__summary-text',
      '.q-work',
      '.moj-timeline',
    ])
      expect(css).toContain(needed)
  })

  it('weigh little: a first visit under 150 KB with fonts, a later page under 30 KB', () => {
    const page = new TextEncoder().encode(
      String(
        <Page frame={frame()} title="x">
          {gallery.map(({ examples }) => examples.map(({ element }) => element))}
        </Page>,
      ),
    )
    const { css, script, icon, fonts } = assets.urls
    const first = [css, script, icon, ...fonts].reduce((sum, path) => sum + (assets.get(path)?.gzip.length ?? Number.NaN), 0)
    // The whole gallery stands for the heaviest page.
    expect(first).toBeLessThan(130_000)
    expect(gzipSync(page).length).toBeLessThan(30_000)
  })
})
