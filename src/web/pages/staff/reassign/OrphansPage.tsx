import type { Staff } from '../../../../people/model.ts'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { organisationPath, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'

/** A desk where work waits and nobody, or not the one named, can do it. */
export interface Orphaned {
  readonly organisation: string
  readonly role: string
  readonly waits: number
  readonly overdue: number
  readonly people: readonly Staff[]
  /** Cases with somebody by name who holds the role no longer. */
  readonly withGone: number
  /** Cases that were with somebody by name and came back to all in the role. */
  readonly cameBack: number
}

interface OrphansProps {
  frame: Frame
  orphaned: readonly Orphaned[]
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
}

/** Work that lies with nobody: desks without people, work of those who left, work that came back to everybody. */
export const OrphansPage = ({ frame, orphaned, naming, titleOf }: OrphansProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('admin.orphans.title')}>
      <h1 class="govuk-heading-l">{t('admin.orphans.title')}</h1>
      <AdminTabs current={paths.orphans} />
      <p class="govuk-body">{t('admin.orphans.text')}</p>
      {orphaned.length === 0 ? (
        <EmptyState title={t('admin.orphans.none')}>
          <p>{t('admin.orphans.noneText')}</p>
        </EmptyState>
      ) : (
        <Roster
          caption={t('admin.orphans.title')}
          columns={[
            { key: 'desk', label: t('admin.orphans.desk') },
            { key: 'place', label: t('steps.field.organisation') },
            { key: 'waits', label: t('pages.overview.column.items'), numeric: true },
            { key: 'overdue', label: t('pages.overview.column.overdue'), numeric: true },
            { key: 'why', label: t('admin.orphans.why') },
          ]}
          rows={orphaned.map((one) => ({
            title: titleOf(one.role, one.organisation),
            href:
              one.people.length === 0
                ? organisationPath(one.organisation)
                : `${paths.performers}?${new URLSearchParams({ organisation: one.organisation })}`,
            cells: {
              place: naming.organisation(one.organisation),
              waits: one.waits,
              overdue: one.overdue,
              why: (
                <>
                  {one.people.length === 0 ? <Tag text={t('admin.orphans.noPeople')} classes="govuk-tag--red" /> : null}{' '}
                  {one.withGone > 0 ? t('admin.orphans.withGone', { count: one.withGone }) : ''}{' '}
                  {one.cameBack > 0 ? t('admin.orphans.cameBack', { count: one.cameBack }) : ''}
                </>
              ),
            },
          }))}
        />
      )}
    </Page>
  )
}
