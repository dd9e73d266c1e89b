import type { PeopleEvent } from '../../../../people/changes.ts'
import { History } from '../../../components/history/history.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { Naming } from '../../../wording/naming.ts'
import { peopleEventWords } from './words.ts'

interface RecordHistoryProps {
  events: readonly PeopleEvent[]
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
}

/** Everything that was done to a person's or an organisation's record, in the reader's words. */
export const RecordHistory = ({ events, naming, titleOf }: RecordHistoryProps) => {
  const speech = useSpeech()
  return (
    <>
      <h2 class="govuk-heading-m">{speech.t('admin.history')}</h2>
      <History
        events={events.map((event) => {
          const words = peopleEventWords(event, { speech, naming, titleOf })
          return {
            what: words.what,
            by: words.by,
            at: event.at,
            children: words.details.length > 0 ? <p>{words.details.join(' · ')}</p> : null,
          }
        })}
      />
    </>
  )
}
