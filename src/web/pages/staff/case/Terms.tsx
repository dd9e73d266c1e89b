import { useSpeech } from '../../../components/speech.ts'
import { Term } from '../parts/terms.tsx'
import type { CaseProps } from './CasePage.tsx'

/** Every term of the case, running ones first, each with its proof. */
export const Terms = ({ history, naming, world, now }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const ordered = state.dues.toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null))
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('pages.case.terms')}</h2>
      {ordered.length === 0 ? <p class="govuk-body">{t('components.norm.untimed')}</p> : null}
      {ordered.map((due) => (
        <div>
          <h3 class="govuk-heading-s">{due.step === null ? t('pages.case.wholeTerm') : naming.step(bound.court, due.step)}</h3>
          <Term due={due} world={world} now={now} />
        </div>
      ))}
    </section>
  )
}
