import { toCaseEvent } from '../../../../desk/events.ts'
import type { SinceLook } from '../../../../desk/lastLook.ts'
import type { History } from '../../../../desk/reading.ts'
import { replay } from '../../../../engine/case/evolve.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Differences } from '../../../components/differences/differences.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { differencesOf } from '../../../wording/differences.ts'
import { eventWords } from '../../../wording/events.ts'
import type { Naming } from '../../../wording/naming.ts'

/** What others did since the reader last had this case before them: each act, and each value before and after. */
export const SinceYouLooked = ({ history, naming, look }: { history: History; naming: Naming; look: SinceLook }) => {
  const speech = useSpeech()
  const { t, dateTime, shortDateTime } = speech
  const { court } = history.file.bound
  const before = replay(history.events.slice(0, look.version).map(toCaseEvent))
  const rows = before === null ? [] : differencesOf(before, history.file.state, { law: court, naming, speech })
  return (
    <Alert variant="information" title={t('changes.title')} showTitleAsHeading>
      <p>{t('changes.since', { at: dateTime(look.since) })}</p>
      {rows.length > 0 ? <Differences rows={rows} caption={t('changes.caption')} /> : null}
      <details open={rows.length === 0}>
        <summary>{t('changes.events')}</summary>
        <ul class="govuk-list q-lines">
          {look.events.map((event) => {
            const { what, details } = eventWords(toCaseEvent(event), { law: court, naming, speech })
            return (
              <li>
                {shortDateTime(event.at)}, {naming.actor(event.actor, court)}: {[what, ...details].join(' · ')}
              </li>
            )
          })}
        </ul>
      </details>
    </Alert>
  )
}
