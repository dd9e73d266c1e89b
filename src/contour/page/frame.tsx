import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Languages } from '../../language/load.ts'
import { isLanguage, languages } from '../../language/messages.ts'
import { createTranslator, type Translator } from '../../language/translator.ts'
import type { ContourParts } from '../parts.ts'

/** Who reads, and where. */
export interface Frame {
  readonly t: Translator
  readonly path: string
  readonly now: string
  readonly seed: string
}

const sections = ['messages', 'faults', 'participants', 'people', 'consents', 'workstation', 'files'] as const
type Section = (typeof sections)[number]
export const hrefOf = (section: Section): string => (section === 'messages' ? '/' : `/${section}`)

/** `?lang=` and then a cookie, else what the browser asks for, else Kazakh. */
export function frameOf(c: Context, words: Languages, { clock, seed }: ContourParts): Frame {
  const asked = c.req.query('lang')
  if (isLanguage(asked)) setCookie(c, 'contour-language', asked, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 })
  const preferred = (c.req.header('accept-language') ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase())
  const language = [asked, getCookie(c, 'contour-language'), ...preferred].find(isLanguage) ?? 'kk'
  return { t: createTranslator(words[language], language), path: c.req.path, now: clock.now(), seed }
}

interface Props {
  readonly frame: Frame
  readonly title: string
  readonly section?: Section
  readonly children?: Child
}

export function Document({ frame, title, section, children }: Props) {
  const { t, path, now, seed } = frame
  return (
    <>
      {html`<!doctype html>`}
      <html lang={t.language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · ${t('contour.title')}`}</title>
          <link rel="stylesheet" href="/contour.css" />
          <link rel="icon" href="data:," />
          <script type="module" src="/contour.js" />
        </head>
        <body>
          <a class="skip" href="#content">
            {t('contour.skip')}
          </a>
          <header>
            <div class="row">
              <strong>{t('contour.title')}</strong>
              <span class="soft">{t('contour.clock', { at: now.slice(0, 19).replace('T', ' ') })}</span>
              <span class="soft">{t('contour.seed', { seed })}</span>
              <nav class="languages" aria-label={t('contour.language')}>
                {languages.map((language) => (
                  <a
                    href={`${path}?lang=${language}`}
                    lang={language}
                    hreflang={language}
                    {...(language === t.language ? { 'aria-current': 'true' } : {})}
                  >
                    {t(`contour.languages.${language}`)}
                  </a>
                ))}
              </nav>
            </div>
            <div class="row">
              <nav aria-label={t('contour.nav.label')}>
                <ul>
                  {sections.map((one) => (
                    <li>
                      <a href={hrefOf(one)} {...(one === section ? { 'aria-current': 'page' } : {})}>
                        {t(`contour.nav.${one}`)}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            </div>
          </header>
          <main id="content">{children}</main>
          <footer>
            <p class="soft">{t('contour.about')}</p>
          </footer>
        </body>
      </html>
    </>
  )
}

/** A table that scrolls by itself on a narrow screen, and can be scrolled by keys. */
export function Table({
  label,
  head,
  children,
}: {
  label: string
  head: readonly (string | { readonly number: string })[]
  children?: Child
}) {
  return (
    <section class="table" aria-label={label} tabindex={0}>
      <table>
        <thead>
          <tr>
            {head.map((one) =>
              typeof one === 'string' ? (
                <th scope="col">{one}</th>
              ) : (
                <th scope="col" class="number">
                  {one.number}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

/** A button that does one thing: a form of its own. `named` tells apart what looks alike. */
export function Act({
  action,
  text,
  named,
  plain,
  fields = {},
}: {
  action: string
  text: string
  named?: string
  plain?: boolean
  fields?: Readonly<Record<string, string>>
}) {
  return (
    <form method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" {...(plain ? { class: 'plain' } : {})} {...(named === undefined ? {} : { 'aria-label': named })}>
        {text}
      </button>
    </form>
  )
}

/** A moment to the second, as the contour's clock says it. */
export const moment = (at: string | null): string => (at === null ? '' : at.slice(0, 19).replace('T', ' '))
