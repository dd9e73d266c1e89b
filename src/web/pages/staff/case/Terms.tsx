import type { Due } from '../../../../engine/case/state.ts'
import { Details } from '../../../components/details/details.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Delays } from '../parts/delays.tsx'
import { Term } from '../parts/terms.tsx'
import type { CaseProps } from './CasePage.tsx'

/** Every term of the case with its proof: running ones in the open, ended ones behind a click. */
export const Terms = (props: CaseProps) => {
  const { t } = useSpeech()
  const { dues } = props.history.file.state
  const [running, ended] = [dues.filter((due) => due.endedAt === null), dues.filter((due) => due.endedAt !== null)]
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('pages.case.terms')}</h2>
      {dues.length === 0 ? <p class="govuk-body">{t('components.norm.untimed')}</p> : null}
      {running.length > 0 ? <List dues={running} {...props} /> : null}
      {ended.length > 0 ? (
        <Details summaryText={t('pages.case.endedTerms', { count: ended.length })}>
          <List dues={ended} {...props} />
        </Details>
      ) : null}
    </section>
  )
}

const List = ({ dues, history, naming, world, now }: CaseProps & { dues: readonly Due[] }) => {
  const { t } = useSpeech()
  const steps = [...new Set(dues.map((due) => due.step))]
  return (
    <>
      {steps.map((step) => (
        <div class="q-terms__step">
          <h3 class="govuk-heading-s">{step === null ? t('pages.case.wholeTerm') : naming.step(history.file.bound.court, step)}</h3>
          {dues
            .filter((due) => due.step === step)
            .map((due) => (
              <>
                <Term due={due} world={world} now={now} />
                <Delays due={due} outages={history.file.state.outages} now={now} />
              </>
            ))}
        </div>
      ))}
    </>
  )
}
