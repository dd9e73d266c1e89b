import type { Child } from 'hono/jsx'
import { useSpeech } from '../speech.ts'

export interface AccountProps {
  /** Surname first, as staff are named. */
  name: string
  duty: string
  place?: string
  /** What is recorded about them. */
  href?: string
  csrf: string
  /** The choice of language, and what else belongs to the person. */
  children?: Child
}

/** "Смағұлова Ә. Қ.": the bar has no room for three names, the panel under it has. */
const shortly = (name: string): string => {
  const [surname = '', ...given] = name.split(' ')
  return [surname, ...given.map((one) => `${one.slice(0, 1)}.`)].join('\u00a0')
}

/** Who is signed in and as what, always in sight; whole names, language and the way out behind it. Opens without script. */
export const Account = ({ name, duty, place, href, csrf, children }: AccountProps) => {
  const { t } = useSpeech()
  return (
    <details class="q-account" data-island="account">
      <summary>
        <span class="q-account__name">{shortly(name)}</span>
        <span class="q-account__role">{duty}</span>
      </summary>
      <div class="q-account__panel">
        <p>
          {href === undefined ? (
            <strong>{name}</strong>
          ) : (
            <a class="govuk-link" href={href}>
              {name}
            </a>
          )}
          <br />
          {duty}
          {place ? (
            <>
              <br />
              <span class="q-soft">{place}</span>
            </>
          ) : null}
        </p>
        {children}
        <form method="post" action="/sign-out">
          <input type="hidden" name="_csrf" value={csrf} />
          <button class="q-account__out" type="submit">
            {t('layout.signOut')}
          </button>
        </form>
      </div>
    </details>
  )
}
