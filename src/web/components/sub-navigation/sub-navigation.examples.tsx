import type { Example } from '../gallery/gallery.ts'
import { SubNavigation } from './sub-navigation.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'active',
    element: (
      <SubNavigation
        items={[
          { text: 'Менің істерім', href: '#', active: true },
          { text: 'Бөлімнің істері', href: '#' },
        ]}
      />
    ),
  },
]
