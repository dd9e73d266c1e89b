import { paths } from '../../paths.ts'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

export interface SessionBarProps {
  /** Milliseconds until the session ends without a sign of life. */
  left: number
}

/** Unseen until the session is about to end: says when, and one key gives more time (WCAG 2.2.1). Without script a form sent too late is kept. */
export const SessionBar = ({ left }: SessionBarProps) => {
  const { t } = useSpeech()
  return (
    <div
      class="q-session"
      hidden
      data-island="session"
      data-left={left}
      data-address={paths.session}
      data-soon={t('saved.session.soon', { minutes: '%%' })}
      data-last={t('saved.session.last', { minutes: '%%' })}
      data-over={t('saved.session.over')}
      data-going={t('saved.session.going')}
    >
      <p class="q-session__text" role="alert" />
      <button class="govuk-button q-session__button" type="button" data-session-go>
        {t('saved.session.go')} <Key name="y" />
      </button>
      <a class="govuk-link" href={paths.signIn} hidden data-session-in>
        {t('saved.signIn')}
      </a>
    </div>
  )
}
