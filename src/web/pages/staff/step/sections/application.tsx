import { Checkboxes } from '../../../../components/checkboxes/checkboxes.tsx'
import { Input } from '../../../../components/input/input.tsx'
import { goesOn, IinFacts, spreads, UntilFacts } from '../../../../components/person-fields/person-fields.tsx'
import { Radios } from '../../../../components/radios/radios.tsx'
import { Select } from '../../../../components/select/select.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { readDay } from '../../../../forms/fields.ts'
import { identityKinds, identityRule } from '../../../../forms/sections.ts'
import type { StepView } from '../view.ts'
import { PersonFields, PowerFields, TextField } from './person.tsx'

/** What is read from the card in hand comes first and in the card's order; then what is asked for, and who brought the papers. */
export const ApplicationSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { form } = view
  const reads = cardFields(view)
  return (
    <>
      <div class="q-fields">
        {reads === null ? null : <CardKind view={view} of={reads} />}
        <Iin view={view} next={reads === null ? 'application.surname' : `${reads}.number`} />
        {reads === null ? null : <CardFields view={view} of={reads} />}
      </div>
      <PersonFields form={form} of="application" surname={spreads('application', 'application.asks')} />
      <p class="q-below">{t('intake.wholeName')}</p>
      <Asks view={view} />
      <div class="q-fields">
        <TextField form={form} name="application.position" label="position" optional />
        <TextField form={form} name="application.workplace" label="workplace" optional />
      </div>
      <div class="q-fields">
        <Radios
          name="application.language"
          value={form.value('application.language')}
          classes="govuk-radios--inline govuk-radios--small"
          fieldset={{ legend: t('steps.field.language') }}
          errorMessage={form.error('application.language')}
          items={(['kk', 'ru'] as const).map((language) => ({ value: language, text: t(`common.${language}`) }))}
        />
        <Holds view={view} />
      </div>
      <BroughtBy view={view} />
    </>
  )
}

/** Where the fields of the identity document stand in the form; null where no act of this desk needs its number. */
export function cardFields({ law, state, sections }: Pick<StepView, 'law' | 'state' | 'sections'>): string | null {
  const rule = identityRule(law, state)
  const isNeeded = sections.some(({ identifies }) => identifies)
  return rule !== undefined && isNeeded ? `documents.${rule.id}` : null
}

const Iin = ({ view: { form }, next }: { view: StepView; next: string }) => {
  const { t } = useSpeech()
  const name = 'application.iin'
  const typed = form.value(name)
  return (
    <div class="q-fields__with">
      <Input
        name={name}
        label={t('steps.field.iin')}
        value={typed}
        errorMessage={form.error(name)}
        describedBy={`${name}-read`}
        classes="q-number"
        inputmode="numeric"
        autocomplete="off"
        spellcheck={false}
        attributes={{ autofocus: typed === '' ? true : undefined }}
      />
      <IinFacts field={name} typed={typed} next={next} />
    </div>
  )
}

const CardKind = ({ view: { form }, of }: { view: StepView; of: string }) => {
  const { t } = useSpeech()
  return (
    <Select
      name={`${of}.kind`}
      label={t('steps.field.identityKind')}
      value={form.value(`${of}.kind`) || 'idCard'}
      items={identityKinds.map((kind) => ({ value: kind, text: t(`steps.identity.${kind}`) }))}
    />
  )
}

/** Number and last day of the identity document: asked for here once, whichever acts need them. */
const CardFields = ({ view: { form, now }, of }: { view: StepView; of: string }) => {
  const { t } = useSpeech()
  const [number, until] = [`${of}.number`, `${of}.validUntil`]
  const day = readDay(form.value(until))
  return (
    <>
      <Input
        name={number}
        label={t('steps.field.identityNumber')}
        value={form.value(number)}
        errorMessage={form.error(number)}
        classes="q-number"
        autocomplete="off"
        spellcheck={false}
        attributes={goesOn(cardDigits, until)}
      />
      <div class="q-fields__with">
        <Input
          name={until}
          label={t('steps.field.validUntil')}
          value={form.value(until)}
          errorMessage={form.error(until)}
          describedBy={`${until}-read`}
          classes="q-number"
          autocomplete="off"
          spellcheck={false}
        />
        <UntilFacts field={until} day={day.ok ? day.value : undefined} today={now.slice(0, 10)} next="application.surname" />
      </div>
    </>
  )
}

/** Identity cards of Kazakhstan have nine digits. */
const cardDigits = 9

/** Nine can be chosen by a digit; a longer list is better searched by its letters. */
const mostByDigit = 9

const Asks = ({ view: { form, law, naming, asks } }: { view: StepView }) => {
  const { t } = useSpeech()
  const name = 'application.asks'
  const items = law.standard.options.map(({ id, title }) => ({ value: id, text: naming.text(title) }))
  const shared = { name, value: form.value(name), errorMessage: form.error(name) }
  if (items.length > mostByDigit) return <Select {...shared} label={asks} items={[{ value: '', text: t('steps.choose') }, ...items]} />
  return (
    <Radios
      {...shared}
      classes="govuk-radios--inline govuk-radios--small"
      fieldset={{ legend: asks, attributes: { 'data-keys': 'choice' } }}
      items={items}
    />
  )
}

const Holds = ({ view: { form, holders } }: { view: StepView }) =>
  holders === null ? null : (
    <Checkboxes
      name="application.holds"
      classes="govuk-checkboxes--small"
      values={form.ticked('application.holds') ? ['yes'] : []}
      items={[{ value: 'yes', text: holders }]}
    />
  )

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

/** The form begins here where the person is known already. */
export const ContactSection = ({ view: { form, sections } }: { view: StepView }) => (
  <div class="q-fields">
    <TextField
      form={form}
      name="applicant.phone"
      label="phone"
      inputmode="tel"
      optional
      attributes={{ autofocus: sections.some(({ name }) => name === 'application') ? undefined : true }}
    />
    <TextField form={form} name="applicant.email" label="email" inputmode="email" optional />
    <TextField form={form} name="applicant.address" label="address" optional />
  </div>
)
