import type { CaseState } from '../../../../engine/case/state.ts'
import type { Side } from '../../../../engine/case/talk.ts'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'

interface Props {
  readonly state: CaseState
  /** Who has the case, where that is the other node; null: it lies here. */
  readonly away: Side | null
  /** The open step, in the reader's words. */
  readonly step: string
}

/** The first message that has failed and not come yet. */
const stuck = ({ talk }: CaseState) => talk?.sent.find(({ deliveredAt, failure }) => deliveredAt === null && failure !== null)

/** Whether there is anything to say. */
export const hasOtherNode = ({ state, away }: Pick<Props, 'state' | 'away'>): boolean =>
  (away !== null && state.ended === null && state.step?.awaiting === undefined) || stuck(state) !== undefined

/** That the case is with the other node and since when, and what of ours it has not heard yet. */
export const OtherNode = ({ state, away, step }: Props) => {
  const { t, dateTime, time } = useSpeech()
  const waiting = stuck(state)
  return (
    <>
      {away === null || state.step === null ? null : (
        <p class="govuk-body">
          <strong>{t(`steps.otherNode.${away}`)}</strong> {t('steps.otherNode.step', { step, at: dateTime(state.step.since) })}{' '}
          {t('steps.otherNode.then')}
        </p>
      )}
      {waiting?.failure ? (
        <>
          <WarningText text={t('steps.otherNode.undelivered', { at: dateTime(waiting.at) })} />
          <p class="govuk-body">{waiting.failure.text}</p>
          <p class="govuk-body">
            {waiting.failure.retryAt === null
              ? t('steps.waiting.retrySoon')
              : t('steps.otherNode.retry', { at: time(waiting.failure.retryAt) })}
          </p>
        </>
      ) : null}
    </>
  )
}
