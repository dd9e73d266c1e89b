import type { Organisation } from '../../../../people/model.ts'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { organisationPart, organisationPath } from '../../../paths.ts'
import { FormPage, Text } from '../accounts/FormPage.tsx'

interface UnitsProps {
  frame: Frame
  form: FormView
  organisation: Organisation
  name: string
  seen: string
}

/** Sections of an organisation: renamed, and added; earlier cases name them, so none is taken away. */
export const UnitsPage = ({ frame, form, organisation, name, seen }: UnitsProps) => {
  const { t } = frame.speech
  return (
    <FormPage
      frame={frame}
      form={form}
      title={t('admin.field.units')}
      about={name}
      back={{ href: organisationPath(organisation.id), text: name }}
      action={organisationPart(organisation.id, 'units')}
      do={t('admin.save')}
      before={<p class="govuk-body">{t('admin.units.text')}</p>}
    >
      <input type="hidden" name="_seen" value={seen} />
      {organisation.units.map(({ id }) => (
        <Unit form={form} id={id} legend={id} />
      ))}
      <Unit form={form} id="new" legend={t('admin.units.new')} fresh />
    </FormPage>
  )
}

const Unit = ({ form, id, legend, fresh }: { form: FormView; id: string; legend: string; fresh?: boolean }) => {
  const { t } = useSpeech()
  return (
    <fieldset class="govuk-fieldset q-card">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
      <div class="q-line">
        {fresh ? <Text form={form} name="new.id" label="admin.units.code" hint={t('admin.units.codeHint')} /> : null}
        {(['kk', 'ru', 'en'] as const).map((language) => (
          <Text form={form} name={`${fresh ? 'new' : `unit.${id}`}.${language}`} label={`admin.field.title.${language}`} />
        ))}
      </div>
    </fieldset>
  )
}
