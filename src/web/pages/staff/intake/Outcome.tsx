import { forecast } from '../../../../engine/case/forecast.ts'
import { Button } from '../../../components/button/button.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { againPath, paperPath, paths } from '../../../paths.ts'
import { NextStep } from '../parts/telling.tsx'
import { papersOf } from './answers.ts'
import type { IntakeView } from './view.ts'

const sad: readonly string[] = ['notAccepted', 'impossible', 'refused', 'withdrawn']

/** What the intake came to: the receipt or the refusal to print, who goes on, until when; and the next visitor in one key. */
export const Outcome = ({ view }: { view: IntakeView }) => {
  const { t, date } = useSpeech()
  const { state, law, naming, number } = view
  const isRefused = sad.includes(state.ended?.kind ?? '')
  const papers = papersOf(view)
  const latest = state.ended === null ? forecast(law, state, view.now) : null
  return (
    <section class="q-card" aria-labelledby="intake-outcome">
      <h2 class="govuk-heading-m" id="intake-outcome">
        {state.ended === null ? t('intake.outcome.done') : naming.ending(law, state.ended.ending)}
      </h2>
      {isRefused ? <WarningText text={t('intake.outcome.giveRefusal')} /> : null}
      {papers.map((paper) => (
        <PaperLink
          href={paperPath(number, paper.id)}
          title={naming.text(law.regulation.papers.find(({ id }) => id === paper.form)?.title) || paper.form}
          languages={['kk', 'ru']}
          copy={paper.copyOf !== null}
        />
      ))}
      {papers.length === 0 ? <p class="govuk-body">{t('intake.outcome.noPaper')}</p> : null}
      {latest === null ? null : <p class="govuk-body">{t('intake.outcome.latest', { day: date(latest.date) })}</p>}
      <NextStep history={view.history} naming={naming} viewer={view.viewer} />
      <div class="q-intake__acts">
        <Button
          href={paths.newCase}
          attributes={{ 'data-key': 'n' }}
          text={
            <>
              {t('intake.outcome.next')} <Key name="n" />
            </>
          }
        />
        {isRefused ? (
          <a class="govuk-link" href={againPath(number)} data-key="e">
            {t('intake.outcome.again')} <Key name="e" />
          </a>
        ) : null}
      </div>
    </section>
  )
}
