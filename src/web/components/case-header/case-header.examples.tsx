import { Deadline } from '../deadline/deadline.tsx'
import type { Example } from '../gallery/gallery.ts'
import { CaseHeader } from './case-header.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'full',
    element: (
      <CaseHeader
        number="15-000042"
        applicant="Іңкәрбекова Һәдия Қуатқызы"
        iin="••••••••0007"
        receivedAt="2019-10-14T10:20:00+06:00"
        state={{ text: 'тексерілуде' }}
        deadline={<Deadline dueDate="2019-10-17" state="running" left={{ workingDays: 2, hours: 5 }} />}
        next="Маман, білім беру бөлімі"
        holder="Көрсетілетін қызметті берушінің кеңсесі"
        channel="Мемлекеттік корпорация"
      />
    ),
  },
]
