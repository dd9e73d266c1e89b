import type { LocalText } from '../../../../language/translator.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { Ticket } from '../../../../queue/queue.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Csrf, Say, Section } from '../local.tsx'

export interface WindowView {
  readonly branch: Organisation
  readonly ticket: Ticket | null
  readonly waiting: readonly Ticket[]
  readonly services: readonly { readonly id: string; readonly title: LocalText | null }[]
  readonly window: string
  /** A refusal of the queue, or `window`: its number is missing. */
  readonly said?: string
}

const sayings = ['window', 'full', 'unknownTicket', 'wrongState', 'otherOperator', 'busy', 'nobody']

export const WindowPage = ({ frame, view }: { frame: Frame; view: WindowView }) => {
  const { t } = frame.speech
  const said = sayings.find((one) => one === view.said)
  return (
    <Page frame={frame} title={t('public.window.title')}>
      {said ? (
        <Alert
          variant="warning"
          title={said === 'window' ? t('public.window.needsWindow') : t(`queue.${said}`)}
          showTitleAsHeading={t.has(`remedies.queue.${said}`)}
          text={t.has(`remedies.queue.${said}`) ? t(`remedies.queue.${said}`) : undefined}
        />
      ) : null}
      <p class="govuk-caption-l">
        <Say text={view.branch.name} />
      </p>
      <h1 class="govuk-heading-l">{t('public.window.title')}</h1>
      <div class="q-columns">
        <div class="q-card">
          {view.ticket ? <AtHand frame={frame} ticket={view.ticket} view={view} /> : <Call frame={frame} view={view} />}
        </div>
        <Waiting view={view} />
      </div>
    </Page>
  )
}

const Service = ({ id, services }: { id: string; services: WindowView['services'] }) => {
  const { t } = useSpeech()
  const title = services.find((one) => one.id === id)?.title
  return title ? <Say text={title} /> : <span>{t('public.hall.service.answer')}</span>
}

const Call = ({ frame, view }: { frame: Frame; view: WindowView }) => {
  const { t } = useSpeech()
  return (
    <form method="post" action="/window">
      <Csrf frame={frame} />
      <input type="hidden" name="do" value="call" />
      <Input
        name="window"
        label={t('public.window.number')}
        value={view.window}
        inputmode="numeric"
        classes="govuk-input--width-3"
        attributes={{ autofocus: view.window === '' || undefined }}
      />
      <Button
        text={<WithKey text={t('public.window.call')} name="n" />}
        preventDoubleClick
        attributes={{ 'data-key': 'n', autofocus: view.window !== '' || undefined }}
      />
    </form>
  )
}

/** Physical keys of what an operator does forty times a day. */
const keyOf = { start: 's', callAgain: 'r', noShow: 'x', finish: 'f' } as const

const WithKey = ({ text, name }: { text: string; name: string }) => (
  <>
    {text} <Key name={name} />
  </>
)

const Deed = ({
  frame,
  ticket,
  deed,
  plain,
}: {
  frame: Frame
  ticket: Ticket
  deed: 'callAgain' | 'start' | 'noShow' | 'finish'
  plain?: boolean
}) => {
  const { t } = useSpeech()
  return (
    <form method="post" action="/window">
      <Csrf frame={frame} />
      <input type="hidden" name="ticket" value={ticket.id} />
      <Button
        name="do"
        value={deed}
        text={<WithKey text={t(`public.window.${deed}`)} name={keyOf[deed]} />}
        classes={plain ? 'govuk-button--secondary' : undefined}
        preventDoubleClick
        attributes={{ 'data-key': keyOf[deed] }}
      />
    </form>
  )
}

/** Whoever came for an answer is found in the list of what waits; everybody else begins a case. */
export const casePathFor = ({ id, service }: Pick<Ticket, 'id' | 'service'>): string =>
  service === 'answer' ? '/work' : `/cases/new?ticket=${encodeURIComponent(id)}`

const AtHand = ({ frame, ticket, view }: { frame: Frame; ticket: Ticket; view: WindowView }) => {
  const { t, time } = useSpeech()
  return (
    <>
      <p class="q-ticket__number">{ticket.number}</p>
      <p class="govuk-body">
        <Service id={ticket.service} services={view.services} /> · {t(`common.${ticket.language}`)}
        {ticket.priority ? ` · ${t(`queue.priority.${ticket.priority}`)}` : ''}
      </p>
      <p class="govuk-body">
        {t(`public.hall.state.${ticket.state}`, { window: ticket.window ?? '' })}
        {ticket.calledAt ? `, ${time(ticket.calledAt)}` : ''}
      </p>
      <div class="q-row">
        {ticket.state === 'called' ? (
          <>
            <Deed frame={frame} ticket={ticket} deed="start" />
            <Deed frame={frame} ticket={ticket} deed="callAgain" plain />
            <Deed frame={frame} ticket={ticket} deed="noShow" plain />
          </>
        ) : (
          <>
            <Button
              href={casePathFor(ticket)}
              text={<WithKey text={t(ticket.service === 'answer' ? 'hall.toList' : 'public.window.openCase')} name="o" />}
              attributes={{ 'data-key': 'o', autofocus: true }}
            />
            <Deed frame={frame} ticket={ticket} deed="finish" plain />
          </>
        )}
      </div>
    </>
  )
}

const Waiting = ({ view }: { view: WindowView }) => {
  const { t, time } = useSpeech()
  return (
    <Section id="waiting" title={t('public.hall.waiting', { count: view.waiting.length })}>
      {view.waiting.length === 0 ? (
        <EmptyState title={t('queue.nobody')} />
      ) : (
        <ol class="govuk-list">
          {view.waiting.slice(0, 15).map((ticket) => (
            <li>
              <strong class="q-number">{ticket.number}</strong> {time(ticket.takenAt)}
              {ticket.priority ? `, ${t(`queue.priority.${ticket.priority}`)}` : ''}
            </li>
          ))}
        </ol>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/window">
          {t('public.hall.refresh')}
        </a>
      </p>
    </Section>
  )
}
