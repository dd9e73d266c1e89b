import type { Example } from '../gallery/gallery.ts'
import { SummaryList } from './summary-list.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'actions',
    element: (
      <SummaryList
        rows={[
          {
            key: 'Аты-жөні',
            value: 'Іңкәрбекова Һәдия',
            actions: { items: [{ href: '#', text: 'Өзгерту', visuallyHiddenText: 'аты-жөнін' }] },
          },
          { key: 'Жұмыс орны', value: '№ 21 орта мектеп' },
        ]}
      />
    ),
  },
]
