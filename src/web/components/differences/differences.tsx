import { useSpeech } from '../speech.ts'

export interface Difference {
  readonly what: string
  /** Absent: there was nothing. */
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** Values that changed, each with what stood before and what stands now; told in words too, never by colour or a stroke alone. */
export const Differences = ({ rows, caption }: { rows: readonly Difference[]; caption: string }) => {
  const { t } = useSpeech()
  return (
    <table class="govuk-table q-differences">
      <caption class="govuk-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('changes.what')}</th>
          <th scope="col">{t('changes.before')}</th>
          <th scope="col">{t('changes.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, before, after }) => (
          <tr>
            <th scope="row">{what}</th>
            <td>{before ? <del>{before}</del> : <span class="q-soft">{t('common.none')}</span>}</td>
            <td>{after ? <ins>{after}</ins> : <span class="q-soft">{t('common.none')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
