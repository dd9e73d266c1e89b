import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Speech } from '../../language/speech.ts'
import type { Assets } from '../assets/assets.ts'
import { classes } from '../components/common.ts'
import { Key } from '../components/keys/keys.tsx'
import { SavedForms } from '../components/saved-form/saved-form.tsx'
import type { ServiceNavigationItem } from '../components/service-navigation/service-navigation.tsx'
import { SessionBar } from '../components/session/session.tsx'
import { SkipLink } from '../components/skip-link/skip-link.tsx'
import { SpeechContext, useSpeech } from '../components/speech.ts'
import { Demonstration, Header } from './Header.tsx'

/** What stands around every page of one request; made once by the door, handed to each page. */
export interface Frame {
  speech: Speech
  assets: Assets['urls']
  /** Path and query of this page: the language links keep it. */
  path: string
  /** Who is signed in, in the reader's words. */
  viewer?: { name: string; role: string; place?: string /** What is recorded about them. */; href?: string }
  /** By role; `current` for this very page, `active` for a page above it. */
  navigation?: readonly ServiceNavigationItem[]
  /** The demonstration's clock (RFC 3339) and the page that sets it; absent in production. */
  demonstration?: { now: string; href?: string }
  csrf?: string
  /** Of whoever is signed in: milliseconds until the session ends without a sign of life. */
  session?: { left: number }
  /** Where the search field sends `q`, by POST: what is searched for stands in no address. Absent: no field. */
  searchAction?: string
  searchValue?: string
  signInHref?: string
  /** `off`: keys of a single letter act only together with Alt. */
  letters?: 'off'
  /** The browser was here before: it has the fonts, and may wait for them a moment. */
  returning?: boolean
  /** Fixed colours for one page; by default the reader's system decides. */
  scheme?: 'light' | 'dark'
}

export interface PageProps {
  frame: Frame
  /** Of this page alone; the product's name is added. */
  title: string
  /** The form was refused: said first in the title, as GOV.UK does. */
  hasError?: boolean
  /** For search engines, one sentence; of pages that anybody may find. */
  description?: string
  /** Breadcrumbs or a back link, on top of the main part: outside it they would belong to no landmark. */
  before?: Child
  /** A banner on top of the main part. */
  notice?: Child
  children?: Child
}

/** The same page in another language: `lang` replaces what the query had. */
export const inLanguage = (path: string, language: string): string => {
  const url = new URL(path, 'http://page.invalid')
  url.searchParams.set('lang', language)
  return `${url.pathname}${url.search}`
}

const Head = ({ frame, title, hasError, description }: Pick<PageProps, 'frame' | 'title' | 'hasError' | 'description'>) => {
  const { t } = useSpeech()
  const own = hasError ? t('layout.titleError', { title }) : title
  return (
    <head>
      <meta charset="utf-8" />
      <title>{t('layout.titleOf', { title: own })}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {description === undefined ? null : <meta name="description" content={description} />}
      <meta name="color-scheme" content="light dark" />
      {(frame.returning ? frame.assets.fonts : []).map((font) => (
        <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      <link rel="stylesheet" href={frame.assets.css} />
      <link rel="icon" href={frame.assets.icon} type="image/svg+xml" />
      <script type="module" src={frame.assets.script} />
    </head>
  )
}

const footerLinks: readonly (readonly [string, string])[] = [
  ['/track', 'footerTrack'],
  ['/verify', 'footerVerify'],
  ['/regulations', 'footerRegulations'],
  ['/law', 'footerLaw'],
  ['/why', 'footerWhy'],
  ['/accessibility', 'footerAccessibility'],
  ['/privacy', 'footerPrivacy'],
  ['/keys', 'footerKeys'],
]

/** `?` opens the list of keys. */
const footerKeys: Readonly<Record<string, string>> = { '/keys': '?' }

const Footer = ({ frame }: { frame: Frame }) => {
  const { t } = useSpeech()
  const links = frame.demonstration ? [...footerLinks, ['/components', 'footerComponents'] as const] : footerLinks
  return (
    <footer class="q-footer">
      <div class="govuk-width-container q-row">
        <span>{t('layout.footer')}</span>
        {links.map(([href, words]) => (
          <a class="govuk-link" href={href} data-key={footerKeys[href]}>
            {t(`layout.${words}`)} {footerKeys[href] ? <Key name={footerKeys[href]} /> : null}
          </a>
        ))}
      </div>
    </footer>
  )
}

/**
 * A whole page. Provides the reader's speech to everything inside, so components speak without being told.
 * No script or style stands in the HTML: a strict Content-Security-Policy (`default-src 'self'`) holds.
 */
export const Page = ({ frame, title, hasError, description, before, notice, children }: PageProps) => (
  <SpeechContext.Provider value={frame.speech}>
    {raw('<!doctype html>')}
    <html
      lang={frame.speech.language}
      data-letters={frame.letters}
      data-scheme={frame.scheme}
      class={classes('q-page', frame.viewer && 'q-page--staff')}
    >
      <Head frame={frame} title={title} hasError={hasError} description={description} />
      <body>
        <PageStart frame={frame} />
        <div class="govuk-width-container q-body">
          <main class="govuk-main-wrapper" id="main-content">
            {before}
            {notice}
            {children}
          </main>
        </div>
        <Footer frame={frame} />
        {frame.session ? (
          <>
            <SessionBar left={frame.session.left} />
            <SavedForms />
          </>
        ) : null}
      </body>
    </html>
  </SpeechContext.Provider>
)

const PageStart = ({ frame }: { frame: Frame }) => {
  const { t } = useSpeech()
  return (
    <>
      <SkipLink href="#main-content" text={t('components.skipLink')} />
      {frame.demonstration ? <Demonstration demonstration={frame.demonstration} /> : null}
      <Header frame={frame} />
    </>
  )
}
