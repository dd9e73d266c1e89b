import type { Child } from 'hono/jsx'
import { Clause, type ClauseProps } from '../clause/clause.tsx'
import type { HeadingLevel } from '../common.ts'
import { EmptyState } from '../empty-state/empty-state.tsx'
import { useSpeech } from '../speech.ts'
import { Timeline } from '../timeline/timeline.tsx'

export interface HistoryEvent {
  /** What happened, in the reader's words, past tense. */
  what: string
  /** Who did it, and in which role. */
  by?: string
  at: string
  clause?: ClauseProps
  corrected?: boolean
  children?: Child
}

/** Newest first or oldest first: as given. */
export const History = ({ events, headingLevel = 3 }: { events: readonly HistoryEvent[]; headingLevel?: HeadingLevel }) => {
  const { t, dateTime } = useSpeech()
  if (events.length === 0) return <EmptyState title={t('components.history.empty')} />
  return (
    <Timeline
      headingLevel={headingLevel}
      items={events.map((event) => ({
        label: event.what,
        byline: event.by,
        timestamp: event.at,
        shown: dateTime(event.at),
        classes: event.corrected ? 'q-history--corrected' : undefined,
        text: (
          <>
            {event.corrected ? <p class="q-history__mark">{t('components.history.corrected')}</p> : null}
            {event.children}
            {event.clause ? <Clause {...event.clause} /> : null}
          </>
        ),
      }))}
    />
  )
}
