import { maskIin } from '../../../../desk/reading.ts'
import type { JournalRow } from '../../../../ledger/ledger.ts'
import type { PeopleEvent } from '../../../../people/changes.ts'
import { fullName, holdsOn, type Staff } from '../../../../people/model.ts'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { History } from '../../../components/history/history.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { peopleEventWords } from '../accounts/words.ts'
import { Readings } from './JournalPage.tsx'

interface MeProps {
  frame: Frame
  person: Staff
  today: string
  rows: readonly JournalRow[]
  events: readonly PeopleEvent[]
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
  next?: string
}

/** What is recorded about the reader: the account, what was done to it, and whose data they read. */
export const MePage = ({ frame, person, today, rows, events, naming, titleOf, next }: MeProps) => {
  const { t, language, shortDate } = frame.speech
  const roles = person.grants.filter((grant) => holdsOn(grant, today))
  return (
    <Page frame={frame} title={t('admin.me.title')}>
      <h1 class="govuk-heading-l">{t('admin.me.title')}</h1>
      <p class="govuk-body">{t('admin.me.text')}</p>
      <SummaryList
        rows={[
          { key: t('admin.field.name'), value: fullName(person.name) },
          { key: t('steps.field.position'), value: language === 'ru' ? person.post.ru : person.post.kk },
          {
            key: t('steps.field.login'),
            value: person.login,
            actions: {
              items: [
                { href: paths.password, text: t('pages.password.title') },
                { href: paths.secondFactor, text: t('signIn.twoStep.title') },
              ],
            },
          },
          person.iin === null ? null : { key: t('steps.field.iin'), value: maskIin(person.iin) },
          {
            key: t('admin.field.roles'),
            value: (
              <>
                {roles.map(({ role, organisation, from, until, acting }) => (
                  <div>
                    {titleOf(role, organisation)}, {naming.organisation(organisation)}, {shortDate(from)} –{' '}
                    {until === undefined ? t('pages.staff.noEnd') : shortDate(until)}
                    {acting ? `, ${t('admin.acting.for')}: ${naming.person(acting.for)}` : ''}
                  </div>
                ))}
              </>
            ),
          },
        ]}
      />
      <h2 class="govuk-heading-m">{t('admin.me.readings')}</h2>
      {rows.length === 0 ? <EmptyState title={t('admin.journal.nothing')} /> : <Readings rows={rows} naming={naming} titleOf={titleOf} />}
      {next === undefined ? null : <Pagination next={{ href: next }} />}
      <h2 class="govuk-heading-m">{t('admin.history')}</h2>
      <History
        events={events.map((event) => {
          const words = peopleEventWords(event, { speech: frame.speech, naming, titleOf })
          return {
            what: words.what,
            by: words.by,
            at: event.at,
            children: words.details.length > 0 ? <p>{words.details.join(' · ')}</p> : null,
          }
        })}
      />
    </Page>
  )
}
