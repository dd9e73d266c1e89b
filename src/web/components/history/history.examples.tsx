import type { Example } from '../gallery/gallery.ts'
import { History } from './history.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'events',
    element: (
      <History
        events={[
          { what: 'Құжаттар қабылданды', by: 'Серікова Ұлпан, оператор', at: '2019-10-14T10:20:00+06:00', clause: { number: '8.1' } },
          {
            what: 'Деректер енгізілді',
            by: 'Серікова Ұлпан, оператор',
            at: '2019-10-14T10:24:00+06:00',
            clause: { number: '8.3' },
            corrected: true,
          },
        ]}
      />
    ),
  },
  { name: 'empty', element: <History events={[]} /> },
]
