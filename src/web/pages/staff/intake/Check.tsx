import { Button } from '../../../components/button/button.tsx'
import { Answers } from '../../../components/intake-part/intake-part.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { intakePath } from '../../../paths.ts'
import { ByKey, SignNote } from '../signing/Ways.tsx'
import type { StepView } from '../step/view.ts'
import { answersOf } from './answers.ts'
import { Package } from './DonePart.tsx'
import { Hidden } from './OpenPart.tsx'
import type { IntakeView } from './view.ts'

/** What was typed, once more, before a step that hands something out. The state shown is what the step would leave; nothing is written yet. */
export const Check = ({ view, open }: { view: IntakeView; open: StepView }) => {
  const speech = useSpeech()
  const { t } = speech
  const signs = open.step.does.some(({ act }) => act === 'sign')
  return (
    <form method="post" action={intakePath(view.number)} novalidate>
      <Hidden view={view} step={open.step.id} />
      <input type="hidden" name="_checked" value="yes" />
      {[...open.form.typed]
        .filter(([name]) => !name.startsWith('_'))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <p class="govuk-body">{t('intake.check')}</p>
      <Answers answers={[...answersOf(view, open.step, speech), ...found(open, view, t)]} />
      <Package view={view} />
      {signs ? <SignNote ways={open.ways} /> : null}
      <div class="q-intake__acts">
        <Button
          preventDoubleClick
          attributes={{ 'data-key': 's' }}
          text={
            <>
              {t(signs ? 'steps.signAndDo' : 'steps.do')} <Key name="s" />
            </>
          }
        />
        {signs ? <ByKey ways={open.ways} /> : null}
        <Button
          name="_do"
          value="change"
          classes="govuk-button--secondary"
          attributes={{ 'data-key': 'c' }}
          text={
            <>
              {t('intake.change')} <Key name="c" />
            </>
          }
        />
      </div>
    </form>
  )
}

/** The examination and who receives the answer, where the same step has them. */
function found(open: StepView, view: IntakeView, t: ReturnType<typeof useSpeech>['t']) {
  const { form } = open
  const defects = view.state.documents.filter(({ id }) => form.value(`findings.${id}.ok`) === 'no')
  const title = (id: string) => view.naming.text(view.law.standard.documents.find((rule) => rule.id === id)?.title)
  const examines = open.sections.some(({ name }) => name === 'findings')
  const receives = open.sections.some(({ name }) => name === 'receiver')
  return [
    ...(examines && defects.length === 0 ? [{ key: t('steps.section.findings'), value: t('steps.conforming') }] : []),
    ...defects.map(({ id }) => ({ key: title(id), value: form.value(`findings.${id}.fact`), warn: true })),
    ...(receives ? [{ key: t('steps.field.receiver'), value: t(`steps.by.${form.value('receiver.who') || 'self'}`) }] : []),
  ]
}
