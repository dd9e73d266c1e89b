import type { Example } from '../gallery/gallery.ts'
import { QueueBoard } from './queue-board.tsx'

const call = (number: string, window: string, at: string) => ({ call: 1, language: 'kk' as const, number, window, at })

export const examples = (): readonly Example[] => [
  {
    name: 'calls',
    element: (
      <QueueBoard
        board={{
          waiting: 7,
          calls: [
            call('А-017', '3', '2019-10-14T10:07:00+06:00'),
            call('А-016', '1', '2019-10-14T10:05:00+06:00'),
            call('Б-004', '2', '2019-10-14T10:02:00+06:00'),
          ],
        }}
      />
    ),
  },
  { name: 'nobody', element: <QueueBoard board={{ waiting: 0, calls: [] }} /> },
]
