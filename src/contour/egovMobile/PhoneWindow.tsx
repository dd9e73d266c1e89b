import type { Child } from 'hono/jsx'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { EmulatorScreen, SignOrCancel } from '../EmulatorScreen.tsx'
import type { Choice } from '../ncalayer/keys.ts'
import type { Failed, Opened } from './phone.ts'

export interface PhoneView {
  readonly t: Translator
  readonly language: Language
  /** Where the window is. */
  readonly at: string
  readonly code: string
  /** Whose telephone it is; the test PKI's name. */
  readonly of: string
  readonly choices: readonly Choice[]
  readonly shown: Opened | Failed | { readonly kind: 'taken' } | { readonly kind: 'refusedByPerson' }
}

/** The screen of an invented telephone: who asks for what, the key, and what came of it. */
export const PhoneWindow = (view: PhoneView) => {
  const { t, language, at, shown } = view
  return (
    <EmulatorScreen t={t} language={language} of="egovMobile" at={at} dialog={null}>
      {shown.kind === 'opened' ? <Question view={view} opened={shown} /> : null}
      {shown.kind === 'failed' ? <Failure view={view} failed={shown} /> : null}
      {shown.kind === 'taken' ? <Told t={t} what="taken" /> : null}
      {shown.kind === 'refusedByPerson' ? <Told t={t} what="cancelled" /> : null}
    </EmulatorScreen>
  )
}

const Told = ({ t, what }: { t: Translator; what: 'taken' | 'cancelled' }) => (
  <>
    <h1>{t(`egovMobile.${what}`)}</h1>
    <p role="status">{t(`egovMobile.${what}Hint`)}</p>
  </>
)

const Failure = ({ view: { t, language, at, code, of }, failed: { why, status, message } }: { view: PhoneView; failed: Failed }) => (
  <>
    <h1>{t('egovMobile.failed')}</h1>
    <p role="alert">
      {t(`egovMobile.why.${why}`, { status: status ?? 0 })} {message}
    </p>
    <p>
      <a href={`${at}?${new URLSearchParams({ code, of, lang: language })}`}>{t('egovMobile.again')}</a>
    </p>
  </>
)

const nameIn = (language: Language, { nameRu, nameKz, nameEn }: { nameRu: string; nameKz: string; nameEn: string }): string =>
  ({ kk: nameKz, ru: nameRu, en: nameEn })[language]

const Question = ({ view, opened: { question, asked } }: { view: PhoneView; opened: Opened }) => {
  const { t, language, at, code, of, choices } = view
  return (
    <form method="post" action={at}>
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="of" value={of} />
      <input type="hidden" name="lang" value={language} />
      <h1>{question.description}</h1>
      <p>{nameIn(language, question.organisation)}</p>
      {asked.documentsToSign.map((one) => (
        <section>
          <strong>{nameIn(language, one)}</strong>
          <dl>
            {one.meta.map(({ name, value }) => (
              <Pair name={name}>{value}</Pair>
            ))}
            <Pair name={t('egovMobile.method')}>{asked.signMethod}</Pair>
          </dl>
          <pre tabindex={0}>{one.documentXml ?? Buffer.from(one.document?.file.data ?? '', 'base64').toString('utf8')}</pre>
        </section>
      ))}
      <fieldset>
        <legend>{t('ncalayer.key')}</legend>
        {choices.map(({ id, person, kind }, index) => (
          <label>
            <input type="radio" name="key" value={id} checked={index === 0} />
            <span>
              <strong>{person.name}</strong>
              {t(`ncalayer.kind.${kind}`)}, {person.iin}
            </span>
          </label>
        ))}
      </fieldset>
      <SignOrCancel t={t} />
    </form>
  )
}

const Pair = ({ name, children }: { name: string; children: Child }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
