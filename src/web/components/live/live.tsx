import { useSpeech } from '../speech.ts'

export interface LiveProps {
  /** The case on the screen, with the version that the page shows. */
  number?: string
  version?: number
  /** Several cases on one page: each has a row of its own, `data-live-case`, in which it is said. */
  cases?: readonly { readonly number: string; readonly version: number }[]
  /** The reader's work list is on the screen. */
  list?: boolean
}

/**
 * Says when something on the screen is no longer so: one line at the bottom of the window, which moves nothing on the page and is announced politely.
 * Its words stand here; what moved comes from the server. Without script there is nothing to see, and the server tells when the form is sent.
 */
export const Live = ({ number, version, cases, list }: LiveProps) => {
  const { t } = useSpeech()
  return (
    <div
      class="q-live"
      data-island="live"
      data-case={number}
      data-version={version}
      data-cases={cases?.map((one) => `${one.number}:${one.version}`).join(' ')}
      data-list={list ? '' : undefined}
      data-moved={t('lists.case.moved')}
      data-changed={t('lists.changed')}
      data-over={t('lists.over')}
    >
      <div class="q-live__says" role="status" />
      <a class="q-live__open" href="?" hidden data-key="u">
        {t(list ? 'lists.showAnew' : 'lists.case.opens')}
      </a>
    </div>
  )
}
