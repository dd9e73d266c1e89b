import type { MonthOutage } from '../../../../desk/exchangeBook.ts'
import { useSpeech } from '../../../components/speech.ts'
import { serviceWords } from '../exchanges/words.ts'
import { lengthOfAway } from '../parts/delays.tsx'
import { Numbers } from './Numbers.tsx'

/** Shorter ones are hiccups that nobody waited for. */
const leastMs = 60_000

/** When outside systems did not answer this month, for how long, and how many cases waited. */
export const Outages = ({ outages, now }: { outages: readonly MonthOutage[]; now: string }) => {
  const speech = useSpeech()
  const { t, shortDateTime, length, number } = speech
  const lasted = ({ beganAt, endedAt }: MonthOutage) => Date.parse(endedAt ?? now) - Date.parse(beganAt)
  const shown = outages.filter((one) => lasted(one) >= leastMs)
  const columns = (['service', 'from', 'until', 'length', 'cases'] as const).map((key) => ({
    key,
    label: t(`exchanges.outages.${key}`),
    numeric: key === 'cases',
  }))
  return (
    <>
      <h2 class="govuk-heading-m">{t('exchanges.outages.title')}</h2>
      <p class="govuk-body">{t('exchanges.outages.text')}</p>
      {shown.length === 0 ? (
        <p class="govuk-body q-soft">{t('exchanges.outages.none')}</p>
      ) : (
        <Numbers
          caption={t('exchanges.outages.title')}
          columns={columns}
          rows={shown.map((one) => ({
            service: serviceWords(one.service, speech),
            from: <time datetime={one.beganAt}>{shortDateTime(one.beganAt)}</time>,
            until: one.endedAt === null ? t('exchanges.outages.goesOn') : <time datetime={one.endedAt}>{shortDateTime(one.endedAt)}</time>,
            length: length(lengthOfAway(lasted(one))),
            cases: number(one.cases),
          }))}
        />
      )}
    </>
  )
}
