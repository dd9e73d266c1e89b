import { forecast } from '../../../../engine/case/forecast.ts'
import { Button } from '../../../components/button/button.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { againPath, paperPath, paths } from '../../../paths.ts'
import { NextStep } from '../parts/telling.tsx'
import { nextPath } from '../work/place.ts'
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
        <Onward view={view} />
        {isRefused ? (
          <a class="govuk-link" href={againPath(number)} data-key="e">
            {t('intake.outcome.again')} <Key name="e" />
          </a>
        ) : null}
      </div>
    </section>
  )
}

/** Who came from a list goes on in it; who took in a visitor, to the next visitor. */
const Onward = ({ view: { place, number } }: { view: IntakeView }) => {
  const { t } = useSpeech()
  const isListed = place?.list === 'work'
  return (
    <>
      {isListed ? (
        <Button
          href={nextPath(place, number)}
          attributes={{ 'data-key': 'n' }}
          text={
            <>
              {t('lists.onward.next')} <Key name="n" />
            </>
          }
        />
      ) : null}
      <Button
        href={paths.newCase}
        classes={isListed ? 'govuk-button--secondary' : undefined}
        attributes={{ 'data-key': isListed ? 'a' : 'n' }}
        text={
          <>
            {t('intake.outcome.next')} <Key name={isListed ? 'a' : 'n'} />
          </>
        }
      />
    </>
  )
}
