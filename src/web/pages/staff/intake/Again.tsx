import { Button } from '../../../components/button/button.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { earlierPath } from '../../../paths.ts'
import type { IntakeView } from './view.ts'

/**
 * An earlier application of the same person that came to nothing: its data can be taken over by one key. Told by the server once the number was
 * sent, and with script as soon as it is whole. Whoever looks leaves a row in the journal.
 */
export const Again = ({ view }: { view: IntakeView }) => {
  const { t, date } = useSpeech()
  const { again } = view
  if (again?.taken)
    return (
      <p class="q-again">
        <input type="hidden" name="again" value={again.number} />
        {t('intake.again.taken', { number: again.number })}
      </p>
    )
  return (
    <>
      <noscript>
        <p class="q-intake__acts">
          <Button name="_do" value="iin" text={t('intake.again.look')} classes="govuk-button--secondary" />
        </p>
      </noscript>
      <div class="q-again" data-island="again" data-address={earlierPath(view.number)} hidden={again === null} role="status">
        <span data-again-words>{again === null ? '' : t('intake.again.found', { number: again.number, day: date(again.endedAt) })}</span>{' '}
        <Button
          name="_do"
          value="again"
          classes="govuk-button--secondary"
          attributes={{ 'data-key': 'e' }}
          text={
            <>
              {t('intake.again.take')} <Key name="e" />
            </>
          }
        />
      </div>
    </>
  )
}
