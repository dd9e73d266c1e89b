import { momentIn } from '../../../../desk/clock.ts'
import { casesOf, type Lying } from '../../../../desk/handOver.ts'
import { maskIin } from '../../../../desk/reading.ts'
import type { Speech } from '../../../../language/speech.ts'
import type { PeopleEvent } from '../../../../people/changes.ts'
import { fullName, type Grant, holdsOn, type Staff } from '../../../../people/model.ts'
import type { FactorState } from '../../../../people/secondFactor.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { grantPart, paths, personPart, staffPersonPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { RecordHistory } from './RecordHistory.tsx'
import { State } from './StaffPage.tsx'

export interface PersonProps {
  frame: Frame
  person: Staff
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
  /** The reader's own record: nobody locks themselves out or gives themselves roles. */
  own: boolean
  /** Whether everything that the person is, wherever, is the reader's business. */
  whole: boolean
  mayGrant: (grant: Grant) => boolean
  today: string
  acting: readonly { readonly staff: Staff; readonly grant: Grant }[]
  lying: readonly Lying[]
  events: readonly PeopleEvent[]
  factor: FactorState
  /** A password just made: shown this once. */
  password?: string
  said?: string
  line?: string
}

/** One person: who, in which roles from day to day, what lies with them, and everything that was done to the record. */
export const PersonPage = (props: PersonProps) => {
  const { frame, person, naming, password, line, events, said } = props
  const { t } = frame.speech
  const name = fullName(person.name)
  return (
    <Page
      frame={frame}
      title={name}
      hasError={line !== undefined}
      before={<BackLink href={paths.staff} text={t('admin.staff.title')} attributes={{ 'data-key-back': '' }} />}
      notice={<Notice password={password} said={said} />}
    >
      {line === undefined ? null : <ErrorSummary errorList={[{ text: line }]} />}
      <h1 class="govuk-heading-l">{name}</h1>
      <div class="q-columns">
        <div>
          <Card {...props} />
          <Grants {...props} />
        </div>
        <div>
          <Waits {...props} />
          <Acts {...props} />
        </div>
      </div>
      <RecordHistory events={events} naming={naming} titleOf={props.titleOf} />
    </Page>
  )
}

const Notice = ({ password, said }: { password: string | undefined; said: string | undefined }) => {
  const { t } = useSpeech()
  if (password !== undefined)
    return (
      <NotificationBanner type="success">
        <p class="govuk-notification-banner__heading">
          {t('admin.password.made')} <code class="q-secret">{password}</code>
        </p>
        <p class="govuk-body">{t('admin.password.once')}</p>
      </NotificationBanner>
    )
  return said === undefined ? null : <NotificationBanner type="success" text={said} />
}

const factorWords = ({ setAt }: FactorState, { t, shortDate, zone }: Speech): string =>
  setAt === null ? t('signIn.twoStep.off') : t('signIn.twoStep.on', { date: shortDate(momentIn(zone, setAt).slice(0, 10)) })

const Card = ({ person, today, whole, factor }: PersonProps) => {
  const speech = useSpeech()
  const { t, language } = speech
  const change = whole
    ? { items: [{ href: personPart(person.id, 'name'), text: t('admin.change'), visuallyHiddenText: t('admin.nameAndPost') }] }
    : undefined
  const hasRole = person.grants.some((grant) => holdsOn(grant, today))
  return (
    <SummaryList
      rows={[
        { key: t('admin.field.name'), value: fullName(person.name), ...(change ? { actions: change } : {}) },
        { key: t('steps.field.position'), value: language === 'ru' ? person.post.ru : person.post.kk },
        { key: t('steps.field.login'), value: person.login },
        person.iin === null ? null : { key: t('steps.field.iin'), value: maskIin(person.iin) },
        { key: t('admin.field.state'), value: <State person={person} hasRole={hasRole} /> },
        { key: t('signIn.twoStep.title'), value: factorWords(factor, speech) },
      ]}
    />
  )
}

const order = (grant: Grant, today: string): number => (holdsOn(grant, today) ? 0 : grant.from > today ? 1 : 2)

const Grants = (props: PersonProps) => {
  const { person, today, own, whole } = props
  const { t } = useSpeech()
  const grants = person.grants.toSorted((a, b) => order(a, today) - order(b, today) || (a.from < b.from ? 1 : -1))
  return (
    <section>
      <h2 class="govuk-heading-m">{t('admin.field.roles')}</h2>
      {grants.length === 0 ? <p class="govuk-body">{t('admin.role.none')}</p> : null}
      {grants.map((grant) => (
        <OneGrant grant={grant} {...props} />
      ))}
      {own || !person.active || !(whole || person.grants.some(props.mayGrant)) ? null : (
        <Button
          href={personPart(person.id, 'role')}
          text={
            <>
              {t('admin.role.give')} <Key name="n" />
            </>
          }
          classes="govuk-button--secondary"
          attributes={{ 'data-key': 'n' }}
        />
      )}
    </section>
  )
}

const OneGrant = ({ grant, person, naming, titleOf, today, own, mayGrant, acting }: PersonProps & { grant: Grant }) => {
  const { t, shortDate } = useSpeech()
  const holds = holdsOn(grant, today)
  const ahead = !holds && grant.from > today && grant.endedAt === undefined
  const mine = acting.filter((one) => one.grant.acting?.grant === grant.id)
  const title = titleOf(grant.role, grant.organisation)
  return (
    <div class="q-card">
      <p class="govuk-body">
        <strong>{title}</strong> {holds ? null : <Tag text={t(ahead ? 'admin.role.ahead' : 'admin.role.over')} classes="govuk-tag--grey" />}
        <br />
        {[naming.organisation(grant.organisation), naming.unit(grant.organisation, grant.unit)].filter(Boolean).join(', ')}
        <br />
        {shortDate(grant.from)} – {grant.until === undefined ? t('pages.staff.noEnd') : shortDate(grant.until)}
        {grant.order ? `, ${t('admin.orderOf', { number: grant.order.number, date: shortDate(grant.order.date) })}` : ''}
        {grant.acting ? (
          <>
            <br />
            {t('admin.acting.for')}: <a href={staffPersonPath(grant.acting.for)}>{naming.person(grant.acting.for)}</a>
          </>
        ) : null}
        {mine.map((one) => (
          <>
            <br />
            {t('admin.acting.by')}: <a href={staffPersonPath(one.staff.id)}>{fullName(one.staff.name)}</a>,{' '}
            {t('admin.until', { date: shortDate(one.grant.until ?? one.grant.from) })}
          </>
        ))}
      </p>
      {!own && mayGrant(grant) && (holds || ahead) ? (
        <p class="govuk-body q-links">
          <a class="govuk-link" href={grantPart(person.id, grant.id, 'end')}>
            {t('admin.role.end')} <span class="govuk-visually-hidden">({title})</span>
          </a>
          {grant.acting ? null : (
            <a class="govuk-link" href={grantPart(person.id, grant.id, 'acting')}>
              {t('admin.acting.appoint')} <span class="govuk-visually-hidden">({title})</span>
            </a>
          )}
        </p>
      ) : null}
    </div>
  )
}

const Waits = ({ lying, titleOf, naming }: PersonProps) => {
  const { t } = useSpeech()
  const some = lying.filter((one) => casesOf(one).length > 0)
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('admin.waits.title')}</h2>
      {some.length === 0 ? <p class="govuk-body">{t('admin.waits.nothing')}</p> : null}
      {some.map((one) => (
        <p class="govuk-body">
          {titleOf(one.role, one.organisation)}, {naming.organisation(one.organisation)}:{' '}
          {t('admin.waits.counts', { cases: one.items.length, papers: one.papers.length })}
        </p>
      ))}
    </section>
  )
}

const Acts = ({ person, frame, own, whole, factor }: PersonProps) => {
  const { t } = useSpeech()
  if (own || !whole) return null
  const csrf = <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('admin.account')}</h2>
      {person.active ? (
        <form method="post" action={personPart(person.id, 'password')}>
          {csrf}
          <Button text={t('pages.staff.reset')} classes="govuk-button--secondary" preventDoubleClick />
        </form>
      ) : null}
      {person.active && factor.setAt !== null ? (
        <Button href={personPart(person.id, 'second-factor')} text={t('signIn.reset.title')} classes="govuk-button--secondary" />
      ) : null}
      {person.active ? (
        <Button href={personPart(person.id, 'leave')} text={t('pages.staff.deactivate')} classes="govuk-button--warning" />
      ) : (
        <form method="post" action={personPart(person.id, 'return')}>
          {csrf}
          <Button text={t('pages.staff.reactivate')} preventDoubleClick />
        </form>
      )}
    </section>
  )
}
