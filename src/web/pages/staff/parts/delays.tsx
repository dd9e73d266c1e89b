import { awayMs, outagesDuring } from '../../../../engine/case/outages.ts'
import type { CaseState, Due } from '../../../../engine/case/state.ts'
import type { Length } from '../../../../language/speech.ts'
import { useSpeech } from '../../../components/speech.ts'

/** Whole minutes by the clock on the wall: an outage knows no opening hours. Less than one is one. */
export function lengthOfAway(ms: number): Length {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

/** What outages lay in the life of a term, as causes of its lateness where it is late. They stopped nothing, and that is said too. */
export const Delays = ({ due, outages, now }: { due: Due; outages: CaseState['outages']; now: string }) => {
  const { t, length, shortDateTime } = useSpeech()
  const during = outagesDuring(outages, due)
  if (during.length === 0) return null
  const isLate = due.state === 'missed' || due.state === 'metLate' || (due.endedAt === null && Date.parse(due.dueAt) < Date.parse(now))
  const away = length(lengthOfAway(awayMs(during, due, now)))
  return (
    <div class={isLate ? 'q-late' : 'q-soft'}>
      <p>
        {t(isLate ? 'steps.delay.late' : 'steps.delay.inTime', { length: away })} {t('steps.delay.goesOn')}
      </p>
      <ul class="govuk-list">
        {during.map(({ from, until }) => (
          <li>
            <time datetime={from}>{shortDateTime(from)}</time> –{' '}
            {until === null ? t('pages.case.outageGoesOn') : <time datetime={until}>{shortDateTime(until)}</time>}
          </li>
        ))}
      </ul>
    </div>
  )
}
