import { fullName } from '../../../../../people/model.ts'
import { Checkboxes } from '../../../../components/checkboxes/checkboxes.tsx'
import { InsetText } from '../../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../../components/keys/keys.tsx'
import { Radios } from '../../../../components/radios/radios.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { Textarea } from '../../../../components/textarea/textarea.tsx'
import { consentForms } from '../../../../forms/sections.ts'
import { decidesOverOthers, type StepView } from '../view.ts'
import { IdentityFields, PersonFields, PowerFields } from './person.tsx'

interface Props {
  view: StepView
}

/** The words of consent are shown whole: a person agrees to what they have read. */
export const ConsentSection = ({ view: { form } }: Props) => {
  const { t } = useSpeech()
  return (
    <>
      <InsetText text={t('steps.consentWords')} />
      <Radios
        name="consent.given"
        value={form.value('consent.given')}
        classes="govuk-radios--small"
        fieldset={{ legend: t('steps.field.consent') }}
        errorMessage={form.error('consent.given')}
        items={[
          { value: 'yes', text: t('steps.consent.yes') },
          { value: 'no', text: t('steps.consent.no') },
        ]}
      />
      <Radios
        name="consent.form"
        value={form.value('consent.form') || 'written'}
        classes="govuk-radios--small govuk-radios--inline"
        fieldset={{ legend: t('steps.field.consentForm') }}
        items={consentForms.map((way) => ({ value: way, text: t(`steps.consentForm.${way}`) }))}
      />
    </>
  )
}

export const IdentificationSection = ({ view: { form, state } }: Props) => {
  const { t } = useSpeech()
  const known = state.identification
  return (
    <>
      {known ? <InsetText text={t('steps.identifiedAlready', { document: t(`steps.identity.${known.document}`) })} /> : null}
      <IdentityFields form={form} of="identification" />
    </>
  )
}

export const WronglyFilledSection = ({ view: { form } }: Props) => {
  const { t } = useSpeech()
  return (
    <Textarea
      name="wronglyFilled"
      rows={3}
      label={`${t('steps.field.wronglyFilled')} (${t('common.optional')})`}
      hint={t('steps.hint.wronglyFilled')}
      value={form.value('wronglyFilled')}
      errorMessage={form.error('wronglyFilled')}
    />
  )
}

/** Each mark with what it asks for stands above; here the worker says what was looked at. Without it the step is refused. */
export const MarksCheckedSection = ({ view: { form } }: Props) => {
  const { t } = useSpeech()
  return (
    <Textarea
      name="marksChecked"
      rows={3}
      label={t('steps.field.marksChecked')}
      hint={t('steps.hint.marksChecked')}
      value={form.value('marksChecked')}
      errorMessage={form.error('marksChecked')}
    />
  )
}

export const AssigneeSection = ({ view: { form, performers } }: Props) => {
  const { t, language } = useSpeech()
  return (
    <Radios
      name="assignee"
      value={form.value('assignee')}
      classes="govuk-radios--small"
      fieldset={{ legend: t('steps.field.assignee') }}
      errorMessage={form.error('assignee')}
      hint={performers.length === 0 ? t('steps.noPerformers') : undefined}
      items={performers.map(({ id, name, post }) => ({ value: id, text: fullName(name), hint: language === 'ru' ? post.ru : post.kk }))}
    />
  )
}

export const TakenSection = ({ view, what }: Props & { what: 'package' | 'answer' }) => {
  const { t } = useSpeech()
  const holder = view.state.custody[what]?.holder
  const from = holder === undefined ? '' : view.naming.role(holder.role, view.law)
  return (
    <Checkboxes
      name="taken"
      classes="govuk-checkboxes--small"
      values={view.form.ticked('taken') ? ['yes'] : []}
      errorMessage={view.form.error('taken')}
      hint={t(`steps.hint.taken.${what}`, { from })}
      items={[
        {
          value: 'yes',
          text: (
            <>
              {t(`steps.taken.${what}`)} <Key name="t" />
            </>
          ),
          attributes: {
            'data-key': 't',
            ...(view.examination === null && view.form.errors.length === 0 && !decidesOverOthers(view) ? { autofocus: true } : {}),
          },
        },
      ]}
    />
  )
}

/** Who came for the answer; what they show is what the clause asks for. */
export const ReceiverSection = ({ view: { form, sections }, receipt }: Props & { receipt: boolean }) => {
  const { t } = useSpeech()
  const of = 'receiver.representative'
  // The applicant's card was read with the documents of this very form: only another person shows another one.
  const isRead = sections.some(({ identifies }) => identifies)
  const shows = <IdentityFields form={form} of="receiver.document" />
  const other = (
    <>
      {isRead ? shows : null}
      <PersonFields form={form} of={of} />
      <PowerFields form={form} of={`${of}.powerOfAttorney`} />
    </>
  )
  return (
    <>
      <Radios
        name="receiver.who"
        value={form.value('receiver.who')}
        classes="govuk-radios--small"
        fieldset={{ legend: t('steps.field.receiver') }}
        errorMessage={form.error('receiver.who')}
        items={[
          { value: 'self', text: <Keyed text={t('steps.by.self')} name="o" />, attributes: { 'data-key': 'o' } },
          { value: 'representative', text: t('steps.by.representative'), conditional: { text: other } },
        ]}
      />
      {isRead ? null : shows}
      {receipt ? (
        <Checkboxes
          name="receiver.receiptShown"
          values={form.ticked('receiver.receiptShown') ? ['yes'] : []}
          errorMessage={form.error('receiver.receiptShown')}
          items={[{ value: 'yes', text: <Keyed text={t('steps.field.receiptShown')} name="c" />, attributes: { 'data-key': 'c' } }]}
        />
      ) : null}
    </>
  )
}

const Keyed = ({ text, name }: { text: string; name: string }) => (
  <>
    {text} <Key name={name} />
  </>
)
