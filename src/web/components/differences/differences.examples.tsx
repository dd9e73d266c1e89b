import type { Example } from '../gallery/gallery.ts'
import { Differences } from './differences.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'changed, added, taken away',
    element: (
      <Differences
        caption="Өзгерген мәндер"
        rows={[
          { what: 'Тегі', before: 'Сәтбаева', after: 'Сәтпаева' },
          { what: 'Телефон', after: '+7 700 000 00 00' },
          { what: 'Жұмыс орны', before: '№ 1 мектеп' },
        ]}
      />
    ),
  },
]
