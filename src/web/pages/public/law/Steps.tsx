import type { Law } from '../../../../law/model.ts'
import type { Step } from '../../../../law/schema/step.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Cited, Doubt, Say } from '../local.tsx'
import { anchorOf, dutiesOn } from './edition.ts'

/** Steps channel by channel, in the order of the text: clause, who, norm, what follows. */
export const Channels = ({ law, on }: { law: Law; on: string }) => {
  const { t } = useSpeech()
  const { channels, steps } = law.regulation
  return (
    <section class="q-section" aria-labelledby="steps">
      <h2 class="govuk-heading-m" id="steps">
        {t('public.regulation.steps')}
      </h2>
      {Object.entries(channels).map(([id, channel]) => (
        <section aria-labelledby={`channel-${id}`}>
          <h3 class="govuk-heading-s" id={`channel-${id}`}>
            <Say text={channel.title} /> <Clause number={channel.clause} href={`#${anchorOf(channel.clause)}`} />
          </h3>
          <ol class="q-steps">
            {steps
              .filter((step) => step.channel === id)
              .map((step) => (
                <StepCard law={law} step={step} on={on} />
              ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

const StepCard = ({ law, step, on }: { law: Law; step: Step; on: string }) => {
  const { t } = useSpeech()
  const role = law.regulation.roles[step.actor]
  return (
    <li class="q-steps__step" id={`step-${step.id}`}>
      <h4 class="q-steps__title">
        <Say text={step.title} />
      </h4>
      <p class="q-steps__facts">
        {step.clauses.map((clause) => (
          <>
            <Clause number={clause} href={`#${anchorOf(clause)}`} />{' '}
          </>
        ))}
        · {role ? <Say text={role.title} /> : t('public.system')}
        {step.onBehalf ? ` (${t('public.regulation.onBehalf')})` : ''} · <Norms step={step} />
      </p>
      {dutiesOn(law, step, on).map((duty) => (
        <p class="q-steps__duty">
          {t('public.regulation.lawAdds')}: <Say text={duty.title} /> <Cited clause={duty.cited} general={law.general} />{' '}
          <Doubt of={duty.unconfirmed} />
        </p>
      ))}
      <Follows law={law} step={step} />
      {step.readings.length > 0 ? (
        <details class="q-why q-steps__facts">
          <summary>{t('public.regulation.taken', { count: step.readings.length })}</summary>
          <ul class="govuk-list govuk-list--bullet">
            {step.readings.map((reading) => (
              <li>
                <a class="govuk-link" href={`#reading-${reading}`}>
                  <Say text={law.regulation.readings[reading]?.question ?? { kk: reading }} />
                </a>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  )
}

const Norms = ({ step }: { step: Step }) => {
  const { t, norm } = useSpeech()
  if (step.norms.length === 0) return <>{t('public.noNorm')}</>
  return (
    <>
      {step.norms.map((one, index) => (
        <>
          {index > 0 ? '; ' : ''}
          {one.binding ? <strong>{norm(one)}</strong> : <span>{`${norm(one)} (${t('public.regulation.notBinding')})`}</span>}
          {one.clause === step.clauses[0] ? '' : ` (${t('components.clause.clause', { number: one.clause })})`}
        </>
      ))}
    </>
  )
}

const Follows = ({ law, step }: { law: Law; step: Step }) => {
  const { t } = useSpeech()
  const outcomes = Object.values(step.outcomes)
  return (
    <ul class="q-steps__follows">
      {outcomes.map((outcome) => {
        const next = 'next' in outcome ? law.regulation.steps.find((s) => s.id === outcome.next) : undefined
        return (
          <li>
            {outcomes.length > 1 ? (
              <>
                <Say text={outcome.title} />
                {outcome.clause ? (
                  <>
                    {' '}
                    <Clause number={outcome.clause} href={`#${anchorOf(outcome.clause)}`} />
                  </>
                ) : null}
                {' → '}
              </>
            ) : (
              `${t('public.regulation.then')} `
            )}
            {next ? (
              <a class="govuk-link" href={`#step-${next.id}`}>
                <Say text={next.title} />
              </a>
            ) : null}
            {'end' in outcome ? (
              <strong>
                <Say text={law.regulation.endings[outcome.end]?.title ?? { kk: outcome.end }} />
              </strong>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
