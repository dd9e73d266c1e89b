import type { LocalText } from '../../../../language/translator.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { Ticket } from '../../../../queue/queue.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Say } from '../local.tsx'

export interface TicketPageProps {
  readonly frame: Frame
  readonly branch: Organisation
  readonly ticket: Ticket
  /** `null`: came for an answer. */
  readonly service: LocalText | null
  /** How many are called before; -1 where the ticket waits no more. */
  readonly ahead: number
}

export const TicketPage = ({ frame, branch, ticket, service, ahead }: TicketPageProps) => {
  const { t, dateTime } = frame.speech
  return (
    <Page frame={frame} title={t('public.hall.ticketOf', { number: ticket.number })} before={<BackLink href={`/hall/${branch.id}`} />}>
      <div class="q-ticket">
        <h1 class="q-ticket__number">{ticket.number}</h1>
        <p>
          <strong>
            <Say text={branch.name} />
          </strong>
        </p>
        <p>{service ? <Say text={service} /> : t('public.hall.service.answer')}</p>
        {ticket.priority ? <p>{t('public.hall.priorityOf', { reason: t(`queue.priority.${ticket.priority}`) })}</p> : null}
        <p>
          <strong>
            {ahead >= 0
              ? t('public.hall.ahead', { count: ahead })
              : t(`public.hall.state.${ticket.state}`, { window: ticket.window ?? '' })}
          </strong>
        </p>
        <p class="q-soft">{dateTime(ticket.takenAt)}</p>
      </div>
      <p class="govuk-body q-noprint">
        <a class="govuk-link" href={frame.path}>
          {t('public.hall.refresh')}
        </a>
        {' · '}
        <a class="govuk-link" href={`/hall/${branch.id}/board`}>
          {t('public.hall.board')}
        </a>
      </p>
    </Page>
  )
}
