import type { Organisation } from '../../../../people/model.ts'
import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Choice, DayField, FormPage, OrderFields, Text } from './FormPage.tsx'

interface NewPersonProps {
  frame: Frame
  form: FormView
  organisations: readonly Organisation[]
  roles: readonly string[]
  titleOf: (role: string, organisation?: string) => string
  naming: Naming
}

const texts = [
  ['surname', 'surname'],
  ['name', 'name'],
  ['patronymic', 'patronymic'],
  ['iin', 'iin'],
  ['login', 'login'],
  ['post.kk', 'postKk'],
  ['post.ru', 'postRu'],
] as const

export const NewPersonPage = ({ frame, form, organisations, roles, titleOf, naming }: NewPersonProps) => {
  const { t } = frame.speech
  return (
    <FormPage
      frame={frame}
      form={form}
      title={t('admin.staff.create')}
      back={{ href: paths.staff, text: t('admin.staff.title') }}
      action={paths.newPerson}
      do={t('admin.staff.create')}
    >
      <div class="q-line">
        {texts.map(([name, label], index) => (
          <Text form={form} name={name} label={`steps.field.${label}`} focus={index === 0} />
        ))}
      </div>
      <RoleFields form={form} organisations={organisations} roles={roles} titleOf={titleOf} naming={naming} />
    </FormPage>
  )
}

/** Which role, where, from which day to which, by which order. */
export const RoleFields = ({ form, organisations, roles, titleOf, naming, focus }: Omit<NewPersonProps, 'frame'> & { focus?: boolean }) => (
  <>
    <div class="q-line">
      <Choice
        form={form}
        name="organisation"
        label="steps.field.organisation"
        items={organisations.map(({ id, name }) => ({ value: id, text: naming.text(name) }))}
        focus={focus ?? false}
      />
      <Choice form={form} name="role" label="steps.field.role" items={roles.map((role) => ({ value: role, text: titleOf(role) }))} />
      <DayField form={form} name="from" label="admin.field.from" />
      <DayField form={form} name="until" label="admin.field.until" />
    </div>
    <OrderFields form={form} />
  </>
)
