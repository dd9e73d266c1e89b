import { Checkboxes } from '../../../../components/checkboxes/checkboxes.tsx'
import { Radios } from '../../../../components/radios/radios.tsx'
import { Select } from '../../../../components/select/select.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import type { StepView } from '../view.ts'
import { PersonFields, PowerFields, TextField } from './person.tsx'

/** The applicant and what is asked for; who brought the papers. */
export const ApplicationSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { form, law, naming } = view
  return (
    <>
      <TextField form={form} name="application.iin" label="iin" hint={t('steps.hint.iin')} width="20" inputmode="numeric" />
      <PersonFields form={form} of="application" />
      <Select
        name="application.asks"
        label={view.asks}
        value={form.value('application.asks')}
        errorMessage={form.error('application.asks')}
        items={[
          { value: '', text: t('steps.choose') },
          ...law.standard.options.map(({ id, title }) => ({ value: id, text: naming.text(title) })),
        ]}
      />
      {view.holders === null ? null : (
        <Checkboxes
          name="application.holds"
          classes="govuk-checkboxes--small"
          values={form.ticked('application.holds') ? ['yes'] : []}
          items={[{ value: 'yes', text: view.holders }]}
        />
      )}
      <div class="q-fields">
        <TextField form={form} name="application.position" label="position" optional />
        <TextField form={form} name="application.workplace" label="workplace" optional />
      </div>
      <Radios
        name="application.language"
        value={form.value('application.language')}
        classes="govuk-radios--inline govuk-radios--small"
        fieldset={{ legend: t('steps.field.language') }}
        errorMessage={form.error('application.language')}
        items={(['kk', 'ru'] as const).map((language) => ({ value: language, text: t(`common.${language}`) }))}
      />
      <BroughtBy view={view} />
    </>
  )
}

const BroughtBy = ({ view: { form } }: { view: StepView }) => {
  const { t } = useSpeech()
  const of = 'application.representative'
  const representative = (
    <>
      <TextField form={form} name={`${of}.iin`} label="iin" hint={t('steps.hint.iin')} width="20" inputmode="numeric" />
      <PersonFields form={form} of={of} />
      <PowerFields form={form} of={`${of}.powerOfAttorney`} />
    </>
  )
  return (
    <Radios
      name="application.by"
      value={form.value('application.by')}
      classes="govuk-radios--small"
      fieldset={{ legend: t('steps.field.by') }}
      errorMessage={form.error('application.by')}
      items={[
        { value: 'self', text: t('steps.by.self') },
        { value: 'representative', text: t('steps.by.representative'), conditional: { text: representative } },
      ]}
    />
  )
}

export const ContactSection = ({ view: { form } }: { view: StepView }) => (
  <div class="q-fields">
    <TextField form={form} name="applicant.phone" label="phone" inputmode="tel" optional />
    <TextField form={form} name="applicant.email" label="email" inputmode="email" optional />
    <TextField form={form} name="applicant.address" label="address" optional />
  </div>
)
