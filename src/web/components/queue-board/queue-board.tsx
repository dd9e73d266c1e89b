import type { Board } from '../../../queue/queue.ts'
import { useSpeech } from '../speech.ts'

export interface QueueBoardProps {
  board: Pick<Board, 'calls' | 'waiting'>
  /** Where the island asks for the same fragment again. */
  refreshHref?: string
}

/** Who is called, and to which window. Every call is told in Kazakh and Russian beside each other: a hall reads both. */
export const QueueBoard = ({ board, refreshHref }: QueueBoardProps) => {
  const { t, time } = useSpeech()
  const [last, ...earlier] = board.calls
  return (
    <div class="q-board" data-island="queue-board" data-href={refreshHref}>
      <div aria-live="polite" aria-atomic="true">
        {last ? (
          <p class="q-board__last">
            <span class="q-board__number">{last.number}</span>{' '}
            <span class="q-board__window">{t('public.hall.toWindow', { window: last.window })}</span>
          </p>
        ) : (
          <p class="q-board__nobody">{t('public.hall.nobodyCalled')}</p>
        )}
      </div>
      {earlier.length > 0 ? (
        <table class="q-board__earlier">
          <caption class="govuk-visually-hidden">{t('public.hall.earlier')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('public.hall.ticket')}</th>
              <th scope="col">{t('public.hall.window')}</th>
              <th scope="col">{t('public.hall.calledAt')}</th>
            </tr>
          </thead>
          <tbody>
            {earlier.map((call) => (
              <tr>
                <td class="q-number">{call.number}</td>
                <td>{call.window}</td>
                <td>{time(call.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p class="q-board__waiting">{t('public.hall.waiting', { count: board.waiting })}</p>
    </div>
  )
}
