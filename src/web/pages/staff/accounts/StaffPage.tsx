import { fullName, holdsOn, type Organisation, type Staff } from '../../../../people/model.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths, staffPersonPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { AdminTabs } from './AdminTabs.tsx'
import type { RosterPage, Wanted } from './roster.ts'

interface StaffProps {
  frame: Frame
  wanted: Wanted
  list: RosterPage
  organisations: readonly Organisation[]
  roles: readonly string[]
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
  today: string
}

/** The people whose accounts are the reader's to keep: thousands of them, narrowed by words and choices. */
export const StaffPage = (props: StaffProps) => {
  const { frame, list } = props
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('admin.staff.title')}>
      <div class="q-row">
        <h1 class="govuk-heading-l">{t('admin.staff.title')}</h1>
        <Button
          href={paths.newPerson}
          text={
            <>
              {t('admin.staff.create')} <Key name="n" />
            </>
          }
          attributes={{ 'data-key': 'n' }}
        />
      </div>
      <AdminTabs current={paths.staff} />
      <Narrow {...props} />
      <p class="govuk-body" role="status">
        {t('admin.staff.found', { count: list.found })}
      </p>
      {list.found === 0 ? (
        <EmptyState title={t('admin.staff.nobody')}>
          <p>{t('admin.staff.nobodyText')}</p>
        </EmptyState>
      ) : (
        <People {...props} />
      )}
      <Pages {...props} />
    </Page>
  )
}

const Narrow = ({ wanted, organisations, roles, naming, titleOf }: StaffProps) => {
  const { t } = useSpeech()
  const any = { value: '', text: t('admin.any') }
  return (
    <form method="get" action={paths.staff} class="q-narrow">
      <Input
        name="q"
        type="search"
        label={t('admin.staff.search')}
        value={wanted.text}
        spellcheck={false}
        autocomplete="off"
        attributes={{ 'data-key': '/' }}
      />
      {organisations.length > 1 ? (
        <Select
          name="organisation"
          label={t('steps.field.organisation')}
          value={wanted.organisation}
          items={[any, ...organisations.map(({ id, name }) => ({ value: id, text: naming.text(name) }))]}
        />
      ) : null}
      <Select
        name="role"
        label={t('steps.field.role')}
        value={wanted.role}
        items={[any, ...roles.map((role) => ({ value: role, text: titleOf(role) }))]}
      />
      <Select
        name="state"
        label={t('admin.field.state')}
        value={wanted.state}
        items={[any, ...(['active', 'inactive', 'acting', 'noRole'] as const).map((value) => ({ value, text: t(`admin.state.${value}`) }))]}
      />
      <Button text={t('admin.show')} classes="govuk-button--secondary" />
    </form>
  )
}

const People = ({ list, naming, titleOf, today }: StaffProps) => {
  const { t } = useSpeech()
  return (
    <Roster
      caption={t('admin.staff.title')}
      columns={(['name', 'login', 'place', 'roles', 'state'] as const).map((key) => ({ key, label: t(`admin.field.${key}`) }))}
      rows={list.people.map((person) => {
        const now = person.grants.filter((grant) => holdsOn(grant, today))
        const places = new Set(now.map(({ organisation }) => naming.organisation(organisation)))
        const roles = now.map(
          ({ role, organisation, acting }) => `${titleOf(role, organisation)}${acting ? ` (${t('admin.acting.short')})` : ''}`,
        )
        return {
          title: fullName(person.name),
          href: staffPersonPath(person.id),
          cells: {
            login: person.login,
            place: [...places].join('; '),
            // Who does the same in several places has one role.
            roles: [...new Set(roles)].join(', '),
            state: <State person={person} hasRole={now.length > 0} />,
          },
        }
      })}
    />
  )
}

export const State = ({ person, hasRole }: { person: Staff; hasRole: boolean }) => {
  const { t } = useSpeech()
  if (!person.active) return <Tag text={t('admin.state.inactive')} classes="govuk-tag--grey" />
  return hasRole ? (
    <Tag text={t('admin.state.active')} classes="govuk-tag--green" />
  ) : (
    <Tag text={t('admin.state.noRole')} classes="govuk-tag--yellow" />
  )
}

const Pages = ({ list, wanted }: StaffProps) => {
  const href = (page: number) => {
    const query = new URLSearchParams({
      q: wanted.text,
      organisation: wanted.organisation,
      role: wanted.role,
      state: wanted.state,
      page: String(page),
    })
    return `${paths.staff}?${query}`
  }
  if (list.pages < 2) return null
  const near = Array.from({ length: list.pages }, (_, index) => index + 1).filter(
    (page) => page === 1 || page === list.pages || Math.abs(page - list.page) < 2,
  )
  return (
    <Pagination
      {...(list.page > 1 ? { previous: { href: href(list.page - 1) } } : {})}
      {...(list.page < list.pages ? { next: { href: href(list.page + 1) } } : {})}
      items={near.flatMap((page, index) => [
        ...(index > 0 && page - (near[index - 1] ?? page) > 1 ? [{ ellipsis: true }] : []),
        { number: page, href: href(page), current: page === list.page },
      ])}
    />
  )
}
