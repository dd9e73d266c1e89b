import type { Example } from '../gallery/gallery.ts'
import { Pagination } from './pagination.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'pages',
    element: (
      <Pagination
        previous={{ href: '#' }}
        next={{ href: '#' }}
        items={[{ number: 1, href: '#' }, { number: 2, href: '#', current: true }, { ellipsis: true }, { number: 9, href: '#' }]}
      />
    ),
  },
]
