import type { Example } from '../gallery/gallery.ts'
import { DayStrip, type StripDay } from './day-strip.tsx'

const days: readonly StripDay[] = [
  { date: '2019-05-03', role: 'zero', reason: 'dayZero', act: 'АППК 76(2)', received: true },
  { date: '2019-05-04', role: 'counted', number: 1, reason: 'swappedWork', act: 'Үкімет қаулысы' },
  { date: '2019-05-05', role: 'skipped', reason: 'dayOff' },
  { date: '2019-05-06', role: 'counted', number: 2, reason: 'working' },
  { date: '2019-05-07', role: 'skipped', reason: 'holiday', name: { kk: 'Отан қорғаушылар күні', ru: 'День защитника Отечества' } },
  { date: '2019-05-08', role: 'counted', number: 3, reason: 'working', last: true },
]

export const examples = (): readonly Example[] => [
  {
    name: 'working days',
    element: (
      <>
        <h2 class="govuk-heading-s" id="strip-days">
          3 жұмыс күні
        </h2>
        <DayStrip labelledBy="strip-days" days={days} />
      </>
    ),
  },
  {
    name: 'minutes over lunch and night',
    element: (
      <>
        <h2 class="govuk-heading-s" id="strip-minutes">
          20 минут
        </h2>
        <DayStrip
          labelledBy="strip-minutes"
          days={[
            {
              date: '2019-10-14',
              role: 'counted',
              reason: 'working',
              received: true,
              last: true,
              spans: [
                { from: '12:50', until: '13:00', minutes: 10 },
                { from: '14:00', until: '14:10', minutes: 10 },
              ],
            },
          ]}
        />
      </>
    ),
  },
]
