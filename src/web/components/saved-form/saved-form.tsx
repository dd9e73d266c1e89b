import { paths } from '../../paths.ts'
import { useSpeech } from '../speech.ts'

export interface SavedNoticeProps {
  /** RFC 3339: when it was typed last. */
  at: string
  /** Where its form is sent. */
  action: string
  csrf: string
}

/** Over a form that came back filled: that it was not sent, and the way to an empty one. */
export const SavedNotice = ({ at, action, csrf }: SavedNoticeProps) => {
  const { t, shortDateTime } = useSpeech()
  return (
    <div class="q-saved" role="status">
      <p>
        <strong>{t('saved.back', { at: shortDateTime(at) })}</strong> {t('saved.notSent')}
      </p>
      <form method="post" action={paths.savedForm}>
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="_action" value={action} />
        <button class="q-saved__discard" type="submit" name="_discard" value="yes">
          {t('saved.discard')}
        </button>
      </form>
    </div>
  )
}

/** Once on a page of somebody signed in: the words that the script says while it keeps forms. */
export const SavedForms = () => {
  const { t } = useSpeech()
  return (
    <div
      hidden
      data-island="saved-form"
      data-address={paths.savedForm}
      data-saved={t('saved.saved', { at: '%%' })}
      data-unsaved={t('saved.unsaved')}
      data-sending={t('saved.sending')}
      data-dead={t('saved.dead')}
      data-broken={t('saved.broken')}
      data-stop={t('saved.stop')}
      data-stopped={t('saved.stopped')}
      data-over={t('saved.over')}
      data-sign-in={t('saved.signIn')}
      data-others={t('saved.othersText')}
    />
  )
}
