import type { CaseLaw } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import type { Naming } from '../../../wording/naming.ts'

interface Props {
  answer: CaseState['registerAnswer']
  naming: Naming
  law: CaseLaw
}

/**
 * What the register holds against going on, each mark with what to do about it; then whether it still stops the request, or who looked into it and
 * what came of that. Whoever has the case later reads both: no clause makes a mark a ground of refusal.
 */
export const Marks = ({ answer, naming, law }: Props) => {
  const { t, dateTime } = useSpeech()
  if (answer === null || answer.marks.length === 0) return null
  const { marks, checked } = answer
  return (
    <>
      {marks.map((mark) => (
        <WarningText text={`${t(`register.${mark}`)} ${checked === null ? t(`remedies.mark.${mark}`) : ''}`} />
      ))}
      {checked === null ? (
        <p class="govuk-body">{t('remedies.register')}</p>
      ) : (
        <InsetText text={t('register.checked', { by: naming.actor(checked.by, law), at: dateTime(checked.at), reason: checked.reason })} />
      )}
    </>
  )
}
