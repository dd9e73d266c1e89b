import { maskIin } from '../../../../desk/reading.ts'
import { fullName, holdsOn, type Staff } from '../../../../people/model.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths, staffPersonPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface PersonProps {
  frame: Frame
  person: Staff
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
  /** The reader's own record: nobody locks themselves out. */
  own: boolean
  today: string
  password?: string
  line?: string
}

export const PersonPage = (props: PersonProps) => {
  const { frame, person, naming, password, line } = props
  const { t, language } = frame.speech
  const name = fullName(person.name)
  return (
    <Page
      frame={frame}
      title={name}
      hasError={line !== undefined}
      before={<BackLink href={paths.staff} text={t('pages.staff.title')} />}
      notice={password === undefined ? undefined : <NotificationBanner type="success" text={t('pages.staff.password', { password })} />}
    >
      {line === undefined ? null : <ErrorSummary errorList={[{ text: line }]} />}
      <h1 class="govuk-heading-l">{name}</h1>
      <SummaryList
        rows={[
          { key: t('steps.field.login'), value: person.login },
          person.iin === null ? null : { key: t('steps.field.iin'), value: maskIin(person.iin) },
          { key: t('steps.field.position'), value: language === 'ru' ? person.post.ru : person.post.kk },
          { key: t('pages.staff.column.state'), value: t(person.active ? 'pages.staff.active' : 'pages.staff.inactive') },
        ]}
      />
      <h2 class="govuk-heading-m">{t('pages.staff.column.roles')}</h2>
      <Grants {...props} naming={naming} />
      {props.own ? null : <Acts {...props} />}
    </Page>
  )
}

const Grants = ({ person, naming, titleOf, today, frame, own }: PersonProps) => {
  const { t, shortDate } = useSpeech()
  return (
    <ul class="govuk-list">
      {person.grants.map((grant) => (
        <li class="q-card">
          <p class="govuk-body">
            <strong>{titleOf(grant.role, grant.organisation)}</strong>, {naming.organisation(grant.organisation)}, {shortDate(grant.from)} –{' '}
            {grant.until === undefined ? t('pages.staff.noEnd') : shortDate(grant.until)}
          </p>
          {!own && holdsOn(grant, today) && grant.until === undefined ? (
            <form method="post" action={staffPersonPath(person.id)}>
              <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
              <input type="hidden" name="grant" value={grant.id} />
              <Button name="do" value="endGrant" text={t('pages.staff.endGrant')} classes="govuk-button--secondary" />
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

const Acts = ({ person, frame }: PersonProps) => {
  const { t } = useSpeech()
  const toggle = person.active ? 'deactivate' : 'reactivate'
  return (
    <form method="post" action={staffPersonPath(person.id)}>
      <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
      <div class="govuk-button-group">
        <Button name="do" value="reset" text={t('pages.staff.reset')} classes="govuk-button--secondary" />
        <Button name="do" value={toggle} text={t(`pages.staff.${toggle}`)} classes={person.active ? 'govuk-button--warning' : undefined} />
      </div>
    </form>
  )
}
