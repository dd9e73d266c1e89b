import { fullName, type Grant, type Staff } from '../../../../people/model.ts'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { Input } from '../../../components/input/input.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { grantPart, staffPersonPath } from '../../../paths.ts'
import { DayField, FormPage, OrderFields } from './FormPage.tsx'

interface ActingProps {
  frame: Frame
  form: FormView
  person: Staff
  grant: Grant
  title: string
  /** People of the same place, offered while the login is typed. */
  offered: readonly Staff[]
  /** Somebody else acts on one of the days: both may, if it is said. */
  overlaps: boolean
}

/** Somebody acts for a person: by which order, from which day to which. */
export const ActingPage = ({ frame, form, person, grant, title, offered, overlaps }: ActingProps) => {
  const { t } = frame.speech
  const name = fullName(person.name)
  return (
    <FormPage
      frame={frame}
      form={form}
      title={t('admin.acting.title')}
      about={`${name}, ${title}`}
      back={{ href: staffPersonPath(person.id), text: name }}
      action={grantPart(person.id, grant.id, 'acting')}
      do={t('admin.acting.appoint')}
      before={<p class="govuk-body">{t('admin.acting.text')}</p>}
    >
      <Login form={form} offered={offered} />
      <OrderFields form={form} />
      <div class="q-line">
        <DayField form={form} name="from" label="admin.field.from" />
        <DayField form={form} name="until" label="admin.field.until" />
      </div>
      {overlaps ? <Checkboxes name="despite" items={[{ value: 'yes', text: t('admin.acting.despite') }]} /> : null}
    </FormPage>
  )
}

const Login = ({ form, offered }: Pick<ActingProps, 'form' | 'offered'>) => {
  const { t } = useSpeech()
  return (
    <>
      <Input
        name="login"
        label={t('admin.acting.who')}
        hint={t('admin.acting.whoHint')}
        value={form.value('login')}
        errorMessage={form.error('login')}
        autocomplete="off"
        spellcheck={false}
        classes="govuk-input--width-20"
        attributes={{ list: 'offered', autofocus: true }}
      />
      <datalist id="offered">
        {offered.map((staff) => (
          <option value={staff.login}>{fullName(staff.name)}</option>
        ))}
      </datalist>
    </>
  )
}
