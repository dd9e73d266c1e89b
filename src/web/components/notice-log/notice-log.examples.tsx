import type { Example } from '../gallery/gallery.ts'
import { type LoggedNotice, NoticeLog } from './notice-log.tsx'

const words = { to: '+77000001003', body: '075-191014-48213-2 өтініш: Жауап дайын, келіп алыңыз. Алматы қ., Жұлдыз к-сі, 29-үй.' }
const one: LoggedNotice = {
  kind: 'ready',
  channel: 'sms',
  state: 'delivered',
  code: null,
  tries: 1,
  segments: 2,
  createdAt: '2019-10-16T15:10:00+06:00',
  changedAt: '2019-10-16T15:10:04+06:00',
  words,
}

export const examples = (): readonly Example[] => [
  {
    name: 'delivered, waiting, refused',
    element: (
      <NoticeLog
        notices={[
          { ...one, kind: 'received', state: 'refused', code: 'noSuchAddress' },
          { ...one, kind: 'late', state: 'waiting', code: 'noConnection', tries: 4 },
          one,
        ]}
      />
    ),
  },
  { name: 'on a page that a receipt opens', element: <NoticeLog masked notices={[one]} /> },
  { name: 'destroyed with its case', element: <NoticeLog notices={[{ ...one, words: null }]} /> },
]
