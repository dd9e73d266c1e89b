import { fullName, type Organisation, type Staff } from '../../../../people/model.ts'
import { Button } from '../../../components/button/button.tsx'
import { Details } from '../../../components/details/details.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths, staffPersonPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface StaffProps {
  frame: Frame
  form: FormView
  organisations: readonly Organisation[]
  people: ReadonlyMap<string, readonly Staff[]>
  naming: Naming
  roles: readonly string[]
  titleOf: (role: string, organisation?: string) => string
}

export const StaffPage = (props: StaffProps) => {
  const { frame, form, organisations } = props
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('pages.staff.title')} hasError={form.errors.length > 0}>
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{t('pages.staff.title')}</h1>
      <Details summaryText={t('pages.staff.create')} open={form.errors.length > 0}>
        <CreateForm {...props} />
      </Details>
      {organisations.map((organisation) => (
        <OrganisationPart organisation={organisation} {...props} />
      ))}
    </Page>
  )
}

const OrganisationPart = ({ organisation, people, naming, titleOf }: StaffProps & { organisation: Organisation }) => {
  const { t } = useSpeech()
  const name = naming.text(organisation.name)
  return (
    <section>
      <h2 class="govuk-heading-m">{name}</h2>
      <p class="govuk-body">{[naming.text(organisation.address), organisation.phone].join(', ')}</p>
      <WorkList
        caption={name}
        captionHidden
        columns={(['name', 'login', 'roles', 'state'] as const).map((key) => ({
          key: key === 'name' ? 'number' : key,
          label: t(`pages.staff.column.${key}`),
        }))}
        rows={(people.get(organisation.id) ?? []).map((person) => ({
          number: fullName(person.name),
          href: staffPersonPath(person.id),
          cells: {
            login: person.login,
            roles: person.grants
              .filter((grant) => grant.organisation === organisation.id)
              .map(({ role }) => titleOf(role, organisation.id))
              .join(', '),
            state: <State active={person.active} />,
          },
        }))}
      />
    </section>
  )
}

const State = ({ active }: { active: boolean }) => {
  const { t } = useSpeech()
  return <Tag text={t(active ? 'pages.staff.active' : 'pages.staff.inactive')} classes={active ? 'govuk-tag--green' : 'govuk-tag--grey'} />
}

const texts = [
  { name: 'surname', label: 'surname' },
  { name: 'name', label: 'name' },
  { name: 'patronymic', label: 'patronymic' },
  { name: 'iin', label: 'iin' },
  { name: 'login', label: 'login' },
  { name: 'post.kk', label: 'postKk' },
  { name: 'post.ru', label: 'postRu' },
] as const

const CreateForm = ({ frame, form, organisations, naming, roles, titleOf }: StaffProps) => {
  const { t } = useSpeech()
  return (
    <form method="post" action={paths.staff} novalidate>
      <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
      <Select
        name="organisation"
        label={t('steps.field.organisation')}
        value={form.value('organisation')}
        errorMessage={form.error('organisation')}
        items={organisations.map(({ id, name }) => ({ value: id, text: naming.text(name) }))}
      />
      <Select
        name="role"
        label={t('steps.field.role')}
        value={form.value('role')}
        errorMessage={form.error('role')}
        items={roles.map((role) => ({ value: role, text: titleOf(role) }))}
      />
      <div class="q-fields">
        {texts.map(({ name, label }) => (
          <Input
            name={name}
            label={t(`steps.field.${label}`)}
            value={form.value(name)}
            errorMessage={form.error(name)}
            autocomplete="off"
            spellcheck={false}
          />
        ))}
      </div>
      <Button text={t('pages.staff.create')} preventDoubleClick />
    </form>
  )
}
