import { inventedOf } from '../../../../law/invented.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { Ticket } from '../../../../queue/queue.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Opening } from '../../../components/opening/opening.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { type OpeningChoice, wayOf } from './openings.ts'

interface NewCaseProps {
  frame: Frame
  form: FormView
  choices: readonly OpeningChoice[]
  naming: Naming
  requestKey: string
  notInForce: readonly string[]
  /** The ticket of the hall with which the applicant came to the window. */
  ticket: Ticket | null
  /** The number of an application that came to nothing, from which this one begins. */
  again: string | null
}

/** A new application: service and channel follow from the role; the provider is the applicant's choice. */
export const NewCasePage = (props: NewCaseProps) => {
  const { t } = props.frame.speech
  const title = t('pages.newCase.title')
  return (
    <Page
      frame={props.frame}
      title={title}
      hasError={props.form.errors.length > 0}
      before={<BackLink href={paths.work} text={t('pages.work.title')} />}
    >
      {props.form.errors.length > 0 ? <ErrorSummary errorList={props.form.errors} /> : null}
      <h1 class="govuk-heading-l">{title}</h1>
      {props.choices.length === 0 ? <Nothing reasons={props.notInForce} /> : <OpeningForm {...props} csrf={props.frame.csrf ?? ''} />}
    </Page>
  )
}

const Nothing = ({ reasons }: { reasons: readonly string[] }) => {
  const { t } = useSpeech()
  return (
    <EmptyState title={t('pages.newCase.nothing')}>
      {reasons.length > 0 ? reasons.map((reason) => <p>{reason}</p>) : <p>{t('pages.newCase.notYours')}</p>}
    </EmptyState>
  )
}

const TicketAtHand = ({ ticket }: { ticket: Ticket }) => {
  const { t } = useSpeech()
  return (
    <>
      <input type="hidden" name="ticket" value={ticket.id} />
      <p class="govuk-body">
        <strong>{t('pages.newCase.ticket', { number: ticket.number })}</strong> <span class="q-soft">{t('pages.newCase.ticketText')}</span>
      </p>
    </>
  )
}

const way = (choice: OpeningChoice, naming: Naming) => ({
  service: naming.text(choice.bound.law.regulation.title),
  hint: [choice.bound.law.regulation.title, inventedOf(choice.bound.law)].map(naming.text).filter(Boolean).join('. '),
  channel: naming.text(choice.bound.law.regulation.channels[choice.channel]?.title),
})

const OpeningForm = ({ form, choices, naming, requestKey, ticket, again, csrf }: NewCaseProps & { csrf: string }) => {
  const { t } = useSpeech()
  const [only] = choices
  const providers = [...new Map(choices.flatMap((choice) => choice.providers.map((one) => [one.id, one]))).values()]
  return (
    <form method="post" action={paths.newCase} novalidate>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="_key" value={requestKey} />
      {ticket === null ? null : <TicketAtHand ticket={ticket} />}
      {again === null ? null : (
        <>
          <input type="hidden" name="again" value={again} />
          <p class="q-again">{t('intake.open.again', { number: again })}</p>
        </>
      )}
      {choices.length === 1 && only ? (
        <p class="govuk-body">
          <strong>{way(only, naming).channel}</strong> <Clause number={only.bound.law.regulation.channels[only.channel]?.clause ?? ''} />.{' '}
          {way(only, naming).service} <Invented text={inventedOf(only.bound.law)} />
        </p>
      ) : (
        <Radios
          name="way"
          value={form.value('way')}
          fieldset={{ legend: t('steps.field.way'), attributes: { 'data-keys': 'choice' } }}
          errorMessage={form.error('way')}
          items={choices.map((choice) => ({ value: wayOf(choice), text: way(choice, naming).channel, hint: way(choice, naming).hint }))}
        />
      )}
      <Providers providers={providers} form={form} naming={naming} byDigit={choices.length === 1} />
    </form>
  )
}

const Providers = ({
  providers,
  form,
  naming,
  byDigit,
}: Pick<NewCaseProps, 'form' | 'naming'> & {
  providers: readonly Organisation[]
  byDigit: boolean
}) => {
  const { t } = useSpeech()
  const [single] = providers
  if (providers.length === 1 && single) {
    return (
      <>
        <p class="govuk-body">
          {t('steps.field.provider')}: <strong>{naming.text(single.name)}</strong>
        </p>
        <Button
          preventDoubleClick
          attributes={{ 'data-key': byDigit ? '1' : 's', autofocus: byDigit ? true : undefined }}
          text={
            <>
              {t('pages.newCase.open')} <Key name={byDigit ? '1' : 's'} />
            </>
          }
        />
      </>
    )
  }
  const items = providers.map(({ id, name }) => ({ value: id, text: naming.text(name) }))
  return <Opening name="provider" items={items} byDigit={byDigit} error={form.error('provider')} />
}
