import type { OpeningHours } from '../../../time/hours.ts'
import { useSpeech } from '../../components/speech.ts'

/** `mon-fri` → `дс–жм`. */
const useDays = () => {
  const { t } = useSpeech()
  return (days: string): string =>
    days
      .split('-')
      .map((day) => t(`public.weekday.${day}`))
      .join('–')
}

/** Opening hours in one line: days, lunch break, until when papers are given out. */
export const Hours = ({ hours }: { hours: OpeningHours }) => {
  const { t } = useSpeech()
  const days = useDays()
  const open = Object.entries(hours.open).map(([key, span]) => `${days(key)} ${span.replace('-', '–')}`)
  return (
    <span class="q-hours">
      {open.join('; ')}
      {hours.lunch ? `; ${t('public.lunch', { hours: hours.lunch.replace('-', '–') })}` : ''}
      {hours.intakeUntil ? `; ${t('public.intakeUntil', { time: hours.intakeUntil })}` : ''}
      {hours.confirmed ? null : ` (${t('public.unconfirmed')})`}
    </span>
  )
}
