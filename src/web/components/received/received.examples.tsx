import type { Example } from '../gallery/gallery.ts'
import { Received } from './received.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'seen, copied, given back',
    element: (
      <Received
        documents={[
          {
            title: 'Жеке басын куәландыратын құжат',
            clause: '9(2)',
            original: true,
            copy: false,
            returned: true,
            pages: 1,
            validUntil: '2029-01-01',
          },
          { title: 'Білімі туралы диплом', clause: '9(3)', original: true, copy: true, returned: false, pages: 4 },
          { title: 'Өтініш', clause: '9(1)', original: false, copy: false, returned: false, pages: 1 },
        ]}
      />
    ),
  },
]
