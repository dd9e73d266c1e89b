import { answerText } from '../../../../../desk/papers/preview.ts'
import type { AnswerTextProps } from '../../../../components/answer-text/answer-text.tsx'
import { AnswerText } from '../../../../components/answer-text/answer-text.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Clause } from '../../../../components/clause/clause.tsx'
import { Examination, type ExaminedDocument, type ReasonWords } from '../../../../components/examination/examination.tsx'
import { Select } from '../../../../components/select/select.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { Textarea } from '../../../../components/textarea/textarea.tsx'
import { type ExaminationForm, type Examined, fieldOf, type Standing, standingOf } from '../../../../forms/examination.ts'
import { documentsAsked, mostRows, rowsOf } from '../../../../forms/sections.ts'
import { HandedIn } from '../../parts/handed.tsx'
import type { StepView } from '../view.ts'

/** Each document held against the Standard: what was found, and with it the refusal. */
export const FindingsSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { examination } = view
  if (examination === null) return null
  return (
    <>
      {examination.inThisForm ? <p class="govuk-hint">{t('steps.hint.findingsOfHandedIn')}</p> : null}
      <Checklist view={view} examination={examination} />
    </>
  )
}

/** Ground → document → fact → remedy. What was found stands here already; a ground about no single document is added. */
export const RefusalSection = ({ view }: { view: StepView }) => {
  const { examination } = view
  if (examination === null) return null
  return (
    <>
      {examination.asked.findings ? null : <Checklist view={view} examination={examination} />}
      <FurtherGrounds view={view} />
    </>
  )
}

const Checklist = ({ view, examination }: { view: StepView; examination: ExaminationForm }) => {
  const { t } = useSpeech()
  const documents = useDocuments(view, examination)
  const { typicalFacts } = view.law.standard
  return (
    <>
      <Examination
        documents={documents}
        words={wordsOf(view, examination)}
        language={examination.language}
        setAtOnce={view.form.value('_allSet')}
        autofocus={!examination.inThisForm && view.form.errors.length === 0}
      />
      {typicalFacts ? <p class="govuk-hint">{view.naming.text(typicalFacts.wording)}</p> : null}
      <p class="govuk-hint">{t('deciding.answerLanguage', { language: t(`common.${examination.language}`) })}</p>
    </>
  )
}

const tags = { absent: 'govuk-tag--red', expired: 'govuk-tag--red' } as const

function useDocuments(view: StepView, { asked, examined, inThisForm }: ExaminationForm): ExaminedDocument[] {
  const { t } = useSpeech()
  const { form, naming } = view
  const field = (document: string, part: 'ok' | 'reason' | 'fact' | 'remedy') => {
    const name = fieldOf(document, part)
    return { value: form.value(name), error: form.error(name) }
  }
  return examined.map((one): ExaminedDocument => {
    const { rule, presence } = one
    const judged = asked.findings && (inThisForm || presence !== 'absent')
    return {
      code: rule.id,
      title: naming.text(rule.title),
      printed: rule.title,
      clause: { number: rule.clause, unconfirmed: rule.unconfirmed !== undefined },
      ...(presence === 'present' ? {} : { tag: { text: t(`deciding.presence.${presence}`), classes: tags[presence] } }),
      seen:
        one.handed === undefined || inThisForm ? undefined : (
          <HandedIn document={one.handed} title={naming.text(rule.title)} number={view.number} scans={view.scans} now={view.now} />
        ),
      ...(judged ? { finding: field(rule.id, 'ok') } : {}),
      reason: { ...field(rule.id, 'reason'), choices: choicesOf(view, one, t) },
      fact: field(rule.id, 'fact'),
      ...(asked.refusal ? { remedy: field(rule.id, 'remedy') } : {}),
      ...(inThisForm ? { handedInBy: `documents.${rule.id}.in` } : {}),
    }
  })
}

type Translate = ReturnType<typeof useSpeech>['t']

const choicesOf = ({ naming }: StepView, { reasons }: Examined, t: Translate) =>
  reasons.map(({ code, ground, fact }) => {
    const clause = t('components.clause.clause', { number: ground.clause })
    return fact === null
      ? { code, text: t('deciding.ownWords'), ground: `${clause}: ${naming.text(ground.title)}` }
      : { code, text: naming.text(fact), ground: clause }
  })

/** What each reason brings to the paper, once for all documents: the same codes mean the same words. */
function wordsOf({ file, now }: StepView, { examined }: ExaminationForm): Record<string, ReasonWords> {
  const reasons = new Map(examined.flatMap((one) => one.reasons.map((reason) => [reason.code, reason])))
  const given = [...reasons.values()]
  const printed = answerText(
    file,
    'refusal',
    given.map(({ ground, fact, remedy }) => ({ ground: ground.id, fact: fact?.kk ?? '', remedy: remedy.kk })),
    now,
  ).findings
  return Object.fromEntries(
    given.flatMap(({ code, fact }, index) => {
      const words = printed[index]
      if (words === undefined) return []
      return [[code, { ground: words.ground, clause: words.clause, fact: fact === null ? null : words.fact, remedy: words.remedy }]]
    }),
  )
}

const standingHere = (view: StepView, examination: ExaminationForm): Standing => standingOf(examination, view.law.standard)

/** The paper beside the findings, in the words in which it will be printed. */
export const AnswerBeside = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { examination, file, now } = view
  if (examination === null) return null
  const standing = standingHere(view, examination)
  const { kind, open, unreasoned, grounds } = standing
  const known = { ...file, state: { ...file.state, application: file.state.application } }
  const props: AnswerTextProps = {
    title: t('deciding.asPrinted'),
    kind,
    refusal: answerText(known, 'refusal', grounds, now),
    standing: { open: open.length, unreasoned: unreasoned.length },
    ...(examination.asked.findings && !examination.inThisForm ? { result: answerText(known, 'result', [], now) } : {}),
  }
  return (
    <>
      <AnswerText {...props} />
      <noscript>
        <button class="govuk-button govuk-button--secondary" type="submit" name="_show" value="paper" form="step" formnovalidate>
          {t('deciding.show')}
        </button>
      </noscript>
    </>
  )
}

const FurtherGrounds = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const rows = rowsOf(view.form.typed)
  const names = Array.from({ length: rows }, (_, row) => `refusal.${row}`)
  const parts = ['ground', 'document', 'fact', 'remedy']
  const isUsed = names.some((of) => parts.some((part) => view.form.value(`${of}.${part}`) !== '' || view.form.error(`${of}.${part}`)))
  return (
    <details class="q-further" open={isUsed || rows > 1}>
      <summary>{t('deciding.further')}</summary>
      <p class="govuk-hint">{t('deciding.furtherHint')}</p>
      <input type="hidden" name="refusal.rows" value={rows} />
      {names.map((_, row) => (
        <GroundRow row={row} view={view} />
      ))}
      {rows < mostRows ? (
        <Button
          name="_add"
          value="refusal"
          text={t('steps.addGround')}
          classes="govuk-button--secondary"
          attributes={{ formnovalidate: true }}
        />
      ) : null}
    </details>
  )
}

const GroundRow = ({ row, view: { form, law, state, naming } }: { row: number; view: StepView }) => {
  const { t } = useSpeech()
  const of = `refusal.${row}`
  const none = { value: '', text: t('steps.choose') }
  const documents = documentsAsked(law, state).map(({ id, title }) => ({ value: id, text: naming.text(title) }))
  return (
    <div class="q-card">
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t('steps.groundNumber', { number: row + 1 })}</legend>
        <Select
          name={`${of}.ground`}
          label={t('steps.field.ground')}
          value={form.value(`${of}.ground`)}
          errorMessage={form.error(`${of}.ground`)}
          items={[none, ...law.standard.grounds.map(({ id, clause, title }) => ({ value: id, text: `${clause}. ${naming.text(title)}` }))]}
        />
        <Select
          name={`${of}.document`}
          label={`${t('steps.field.document')} (${t('common.optional')})`}
          value={form.value(`${of}.document`)}
          errorMessage={form.error(`${of}.document`)}
          items={[{ value: '', text: t('steps.noDocument') }, ...documents]}
        />
        {(['fact', 'remedy'] as const).map((part) => (
          <Textarea
            name={`${of}.${part}`}
            rows={2}
            label={t(`steps.field.${part}`)}
            hint={t(part === 'fact' ? 'steps.hint.fact' : 'deciding.remedyHint')}
            value={form.value(`${of}.${part}`)}
            errorMessage={form.error(`${of}.${part}`)}
          />
        ))}
      </fieldset>
      <ul class="govuk-list q-lines">
        {law.standard.grounds.map((ground) => (
          <li>
            {naming.text(ground.title)}. {t('steps.remedyInGeneral', { remedy: naming.text(ground.remedy) })}{' '}
            <Clause number={ground.clause} unconfirmed={ground.unconfirmed !== undefined} />
          </li>
        ))}
      </ul>
    </div>
  )
}
