import { toCaseEvent } from '../../../../desk/events.ts'
import type { History } from '../../../../desk/reading.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { eventWords } from '../../../wording/events.ts'
import type { Naming } from '../../../wording/naming.ts'
import { NextStep } from './telling.tsx'

interface ChangedProps {
  history: History
  naming: Naming
  since: number
  viewer: { id: string; role?: string; organisation?: string }
}

/** Somebody moved the case while the reader had a form of it open: who, what, when, and how it stands now. */
export const Changed = ({ history, naming, since, viewer }: ChangedProps) => {
  const speech = useSpeech()
  const { t, time } = speech
  const { court } = history.file.bound
  const events = history.events.filter(({ seq, type }) => seq > since && type !== 'StepOpened')
  return (
    <Alert variant="warning" title={t('pages.case.changed')} showTitleAsHeading>
      <ul class="govuk-list">
        {events.map((event) => {
          const { what, details } = eventWords(toCaseEvent(event), { law: court, naming, speech })
          return (
            <li>
              {time(event.at)}, {naming.actor(event.actor, court)}: {[what, ...details].join(' · ')}
            </li>
          )
        })}
      </ul>
      <NextStep history={history} naming={naming} viewer={viewer} />
    </Alert>
  )
}
