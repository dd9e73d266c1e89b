import type { PropsWithChildren } from 'hono/jsx'
import type { Translator } from '../language/translator.ts'

interface Screen {
  readonly t: Translator
  readonly language: string
  /** Which program is emulated; its title and lead are told in these messages. */
  readonly of: 'ncalayer' | 'egovMobile'
  /** Where the screen is, without a slash at its end. */
  readonly at: string
  /** The dialogue whose answer the screen's own script waits for, empty for none; null: the screen needs no script. */
  readonly dialog: string | null
}

/** The screen of an emulated program: says first that nothing on it is real. */
export const EmulatorScreen = ({ t, language, of, at, dialog, children }: PropsWithChildren<Screen>) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <title>{t(`${of}.title`)}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href={`${at}/style.css`} />
      {dialog === null ? null : <script type="module" src={`${at}/script.js`} />}
    </head>
    <body {...(dialog === null ? {} : { 'data-at': at, 'data-dialog': dialog })}>
      <header>
        <strong>{t(`${of}.title`)}</strong>
        <p>{t(`${of}.lead`)}</p>
      </header>
      <main>{children}</main>
    </body>
  </html>
)

/** How a question about a key is answered. */
export const SignOrCancel = ({ t }: { t: Translator }) => (
  <div class="acts">
    <button type="submit" name="do" value="sign">
      {t('ncalayer.sign')}
    </button>
    <button type="submit" name="do" value="cancel" class="second">
      {t('ncalayer.cancel')}
    </button>
  </div>
)
