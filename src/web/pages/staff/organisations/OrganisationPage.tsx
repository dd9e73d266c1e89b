import type { PeopleEvent } from '../../../../people/changes.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { OpeningHours } from '../../../../time/hours.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { organisationPart, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { RecordHistory } from '../accounts/RecordHistory.tsx'
import { hoursWords } from '../accounts/words.ts'

export interface OrganisationProps {
  frame: Frame
  organisation: Organisation
  kind: string
  region: string
  hours: readonly OpeningHours[]
  /** Whether it has hours of its own, or those of its kind. */
  ownHours: boolean
  people: number
  open: number
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
  events: readonly PeopleEvent[]
  said?: string
  line?: string
}

/** An organisation's card: what it is, its sections, when it is open, and everything that was done to the record. */
export const OrganisationPage = (props: OrganisationProps) => {
  const { frame, organisation, naming, events, said, line } = props
  const { t, shortDate } = frame.speech
  const name = naming.text(organisation.name)
  return (
    <Page
      frame={frame}
      title={name}
      hasError={line !== undefined}
      before={<BackLink href={paths.organisations} text={t('admin.organisations.title')} attributes={{ 'data-key-back': '' }} />}
      notice={said === undefined ? undefined : <NotificationBanner type="success" text={said} />}
    >
      {line === undefined ? null : <ErrorSummary errorList={[{ text: line }]} />}
      <h1 class="govuk-heading-l">{name}</h1>
      {organisation.closedFrom === undefined ? null : (
        <WarningText text={t('admin.closedFrom', { date: shortDate(organisation.closedFrom) })} />
      )}
      <div class="q-columns">
        <Card {...props} />
        <Side {...props} />
      </div>
      <RecordHistory events={events} naming={naming} titleOf={props.titleOf} />
    </Page>
  )
}

const Card = ({ organisation, kind, region, naming, hours, ownHours }: OrganisationProps) => {
  const speech = useSpeech()
  const { t } = speech
  const { id, name, address, phone, bin, kato, units } = organisation
  const all = (text: { kk: string; ru: string; en?: string }) =>
    [text.kk, text.ru, text.en].filter(Boolean).map((line) => <div>{line}</div>)
  const change = (what: 'card' | 'units' | 'hours', text: string) => ({
    items: [{ href: organisationPart(id, what), text: t('admin.change'), visuallyHiddenText: text }],
  })
  return (
    <SummaryList
      rows={[
        { key: t('admin.field.organisation'), value: <>{all(name)}</>, actions: change('card', t('admin.organisations.card')) },
        { key: t('admin.field.kind'), value: kind },
        { key: t('admin.field.region'), value: region },
        { key: t('admin.field.address'), value: <>{all(address)}</> },
        { key: t('admin.field.phone'), value: phone },
        { key: t('admin.field.bin'), value: bin },
        { key: t('admin.field.kato'), value: kato },
        { key: t('admin.field.code'), value: <code>{id}</code> },
        {
          key: t('admin.field.units'),
          value: units.map(({ title }) => naming.text(title)).join(', '),
          actions: change('units', t('admin.field.units')),
        },
        {
          key: t('admin.field.hours'),
          value: (
            <>
              {hours.map((one) => (
                <div>{hoursWords(one, speech)}</div>
              ))}
              {ownHours ? null : <div>{t('admin.hours.ofKind')}</div>}
            </>
          ),
          actions: change('hours', t('admin.field.hours')),
        },
      ]}
    />
  )
}

const Side = ({ frame, organisation, people, open }: OrganisationProps) => {
  const { t } = useSpeech()
  const list = `${paths.staff}?${new URLSearchParams({ organisation: organisation.id })}`
  return (
    <section class="q-card">
      <p class="govuk-body">
        <a class="govuk-link" href={list}>
          {t('admin.organisations.people', { count: people })}
        </a>
      </p>
      <p class="govuk-body">{t('admin.organisations.cases', { count: open })}</p>
      {organisation.closedFrom === undefined ? (
        <Button href={organisationPart(organisation.id, 'close')} text={t('admin.organisations.close')} classes="govuk-button--warning" />
      ) : (
        <form method="post" action={organisationPart(organisation.id, 'reopen')}>
          <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
          <Button text={t('admin.organisations.reopen')} preventDoubleClick />
        </form>
      )}
    </section>
  )
}
