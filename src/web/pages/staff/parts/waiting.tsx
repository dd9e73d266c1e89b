import { consentOf } from '../../../../desk/tracker/consent.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'

/** What is waited for and since when, how often it was tried, what comes next and when: in plain words, an outage never as "no such person". */
export const Waiting = ({ state, now, mine = false }: { state: CaseState; now: string; mine?: boolean }) => {
  const { t, dateTime } = useSpeech()
  const awaiting = state.step?.awaiting
  if (awaiting === undefined) return null
  const from = awaiting.task === 'RequestSent' ? 'gateway' : 'register'
  return (
    <>
      <p class="govuk-body">
        <strong>{t(`steps.waiting.${from}`)}</strong> {t('steps.waiting.since', { at: dateTime(awaiting.since) })}
      </p>
      {consentOf(awaiting.lastFailure) !== null ? (
        <Unconsented state={state} now={now} />
      ) : awaiting.failures > 0 ? (
        <Down state={state} now={now} />
      ) : null}
      <p class="govuk-body">
        {t(`steps.waiting.then.${from}`)} {t('steps.waiting.goesOn')} {mine ? t('steps.waiting.others') : null}
      </p>
    </>
  )
}

/** The person's own matter, and no outage: what they said, or that they have said nothing yet, and what is to be done. */
const Unconsented = ({ state, now }: { state: CaseState; now: string }) => {
  const { t, time } = useSpeech()
  const { lastFailure = null, retryAt = null } = state.step?.awaiting ?? {}
  const code = consentOf(lastFailure)
  if (code === null) return null
  const isAhead = retryAt !== null && Date.parse(retryAt) > Date.parse(now)
  return (
    <>
      <WarningText text={t(`steps.waiting.consent.${code}.is`)} />
      <p class="govuk-body">
        {t(`steps.waiting.consent.${code}.then`)} {isAhead ? t('steps.waiting.consent.retry', { at: time(retryAt) }) : null}
      </p>
      <p class="govuk-body">{t('steps.waiting.consent.notAsked')}</p>
    </>
  )
}

const Down = ({ state, now }: { state: CaseState; now: string }) => {
  const { t, dateTime, time } = useSpeech()
  const awaiting = state.step?.awaiting
  const down = state.outages.find(({ until }) => until === null)
  if (awaiting === undefined) return null
  const { failures, retryAt } = awaiting
  const isAhead = retryAt !== null && Date.parse(retryAt) > Date.parse(now)
  const next =
    retryAt === null ? t('steps.waiting.stuck') : isAhead ? t('steps.waiting.retry', { at: time(retryAt) }) : t('steps.waiting.retrySoon')
  return (
    <>
      <WarningText
        text={down === undefined ? t('steps.waiting.outage', { count: failures }) : t('steps.waiting.down', { at: dateTime(down.from) })}
      />
      <p class="govuk-body">
        {t('steps.waiting.tried', { count: failures })} {next}
      </p>
      <p class="govuk-body">{t('steps.waiting.notNoData')}</p>
    </>
  )
}
