import type { Organisation } from '../../../../people/model.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { organisationPath, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'

interface OrganisationsProps {
  frame: Frame
  text: string
  organisations: readonly Organisation[]
  found: number
  page: number
  pages: number
  kinds: ReadonlyMap<string, string>
  naming: Naming
  peopleOf: (organisation: string) => number
  mayCreate: boolean
}

export const OrganisationsPage = (props: OrganisationsProps) => {
  const { frame, organisations, found, kinds, naming, text, page, pages } = props
  const { t, shortDate } = frame.speech
  const href = (to: number) => `${paths.organisations}?${new URLSearchParams({ q: text, page: String(to) })}`
  return (
    <Page frame={frame} title={t('admin.organisations.title')}>
      <div class="q-row">
        <h1 class="govuk-heading-l">{t('admin.organisations.title')}</h1>
        {props.mayCreate ? (
          <Button
            href={paths.newOrganisation}
            text={
              <>
                {t('admin.organisations.create')} <Key name="n" />
              </>
            }
            attributes={{ 'data-key': 'n' }}
          />
        ) : null}
      </div>
      <AdminTabs current={paths.organisations} />
      <form method="get" action={paths.organisations} class="q-narrow">
        <Input
          name="q"
          type="search"
          label={t('admin.organisations.search')}
          value={text}
          autocomplete="off"
          spellcheck={false}
          attributes={{ 'data-key': '/' }}
        />
        <Button text={t('admin.show')} classes="govuk-button--secondary" />
      </form>
      <p class="govuk-body" role="status">
        {t('admin.organisations.found', { count: found })}
      </p>
      {found === 0 ? <EmptyState title={t('admin.organisations.none')} /> : null}
      {found === 0 ? null : (
        <Roster
          caption={t('admin.organisations.title')}
          columns={(['organisation', 'kind', 'kato', 'people', 'state'] as const).map((key) => ({
            key,
            label: t(`admin.field.${key}`),
            numeric: key === 'people',
          }))}
          rows={organisations.map((one) => ({
            title: naming.text(one.name),
            href: organisationPath(one.id),
            cells: {
              kind: kinds.get(one.kind) ?? one.kind,
              kato: one.kato,
              people: props.peopleOf(one.id),
              state:
                one.closedFrom === undefined ? (
                  <Tag text={t('admin.organisations.open')} classes="govuk-tag--green" />
                ) : (
                  <Tag text={t('admin.closedFrom', { date: shortDate(one.closedFrom) })} classes="govuk-tag--grey" />
                ),
            },
          }))}
        />
      )}
      {pages < 2 ? null : (
        <Pagination
          {...(page > 1 ? { previous: { href: href(page - 1) } } : {})}
          {...(page < pages ? { next: { href: href(page + 1) } } : {})}
        />
      )}
    </Page>
  )
}
