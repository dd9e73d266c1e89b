import type { DocumentRule } from '../../../../../law/schema/standard.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Clause } from '../../../../components/clause/clause.tsx'
import { Radios } from '../../../../components/radios/radios.tsx'
import { Select } from '../../../../components/select/select.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { Textarea } from '../../../../components/textarea/textarea.tsx'
import { documentsAsked, mostRows, rowsOf } from '../../../../forms/sections.ts'
import type { StepView } from '../view.ts'

/** Each document held against the Standard. Where the documents are handed in by the same form, all that may be are listed. */
export const FindingsSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const inThisForm = view.sections.some(({ name }) => name === 'documents')
  const rules = documentsAsked(view.law, view.state).filter(({ id }) => inThisForm || view.state.documents.some((d) => d.id === id))
  return (
    <>
      <p class="govuk-hint">{t(inThisForm ? 'steps.hint.findingsOfHandedIn' : 'steps.hint.findings')}</p>
      <ol class="q-checklist__list q-package">
        {rules.map((rule) => (
          <li class="q-checklist__item">
            <div class="q-checklist__title">
              <strong>{view.naming.text(rule.title)}</strong> <Clause number={rule.clause} unconfirmed={rule.unconfirmed !== undefined} />
            </div>
            <Finding rule={rule} view={view} />
          </li>
        ))}
      </ol>
    </>
  )
}

const Finding = ({ rule, view: { form, naming } }: { rule: DocumentRule; view: StepView }) => {
  const { t } = useSpeech()
  const of = `findings.${rule.id}`
  const about = <span class="govuk-visually-hidden"> – {naming.text(rule.title)}</span>
  const legend = {
    text: (
      <>
        {t('steps.field.finding')}
        {about}
      </>
    ),
    classes: 'govuk-visually-hidden',
  }
  const fact = (
    <Textarea
      name={`${of}.fact`}
      rows={2}
      label={{
        text: (
          <>
            {t('steps.field.fact')}
            {about}
          </>
        ),
      }}
      hint={t('steps.hint.fact')}
      value={form.value(`${of}.fact`)}
      errorMessage={form.error(`${of}.fact`)}
    />
  )
  return (
    <Radios
      name={`${of}.ok`}
      value={form.value(`${of}.ok`)}
      classes="govuk-radios--small govuk-radios--inline"
      fieldset={{ legend }}
      errorMessage={form.error(`${of}.ok`)}
      items={[
        { value: 'yes', text: t('steps.finding.yes') },
        { value: 'no', text: t('steps.finding.no'), conditional: { text: fact } },
      ]}
    />
  )
}

/** Ground → document → fact → remedy: without one of them a refusal cannot be issued. */
export const RefusalSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const rows = rowsOf(view.form.typed)
  return (
    <>
      <p class="govuk-hint">{t('steps.hint.refusal')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {view.law.standard.grounds.map((ground) => (
          <li>
            {view.naming.text(ground.title)}. {t('steps.remedyInGeneral', { remedy: view.naming.text(ground.remedy) })}{' '}
            <Clause number={ground.clause} unconfirmed={ground.unconfirmed !== undefined} />
          </li>
        ))}
      </ul>
      <input type="hidden" name="refusal.rows" value={rows} />
      {Array.from({ length: rows }, (_, row) => (
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
    </>
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
            hint={t(`steps.hint.${part}`)}
            value={form.value(`${of}.${part}`)}
            errorMessage={form.error(`${of}.${part}`)}
          />
        ))}
      </fieldset>
    </div>
  )
}
