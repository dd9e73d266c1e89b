import type { Likeness } from '../../../language/likeness.ts'
import { Button } from '../button/button.tsx'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

export interface ComparedProps {
  rows: readonly {
    label: string
    typed: string
    register: string
    likeness: Likeness
    /** Takes the register's value: name and value of the button that sends it. */
    take?: { name: string; value: string }
  }[]
}

/** What was typed beside what the register says, field by field; a difference is told in words and can be taken over by one key: 1 for the first, 2 for the second. */
export const Compared = ({ rows }: ComparedProps) => {
  const { t } = useSpeech()
  const taking = rows.filter(({ take }) => take !== undefined)
  return (
    <table class="q-compared">
      <caption class="q-compared__caption">{t('intake.differences.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('intake.differences.field')}</th>
          <th scope="col">{t('intake.differences.typed')}</th>
          <th scope="col">{t('intake.differences.register')}</th>
          <th scope="col">{t('intake.differences.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr class={row.likeness === 'same' ? undefined : 'q-compared__row'}>
            <th scope="row">{row.label}</th>
            <td data-head={t('intake.differences.typed')}>{row.typed || t('intake.notGiven')}</td>
            <td data-head={t('intake.differences.register')}>{row.register || t('intake.notGiven')}</td>
            <td>
              {row.likeness === 'same' ? t('intake.differences.same') : <strong>{t(`intake.differences.${row.likeness}`)}</strong>}{' '}
              {row.take ? (
                <Button
                  name={row.take.name}
                  value={row.take.value}
                  classes="govuk-button--secondary q-compared__take"
                  attributes={{ 'data-key': String(taking.indexOf(row) + 1) }}
                  text={
                    <>
                      {t('intake.differences.take')}
                      <span class="govuk-visually-hidden"> – {row.label}</span> <Key name={String(taking.indexOf(row) + 1)} />
                    </>
                  }
                />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
