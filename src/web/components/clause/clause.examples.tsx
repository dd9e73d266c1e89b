import type { Example } from '../gallery/gallery.ts'
import { Clause } from './clause.tsx'

export const examples = (): readonly Example[] => [
  { name: 'plain', element: <Clause number="8.5" /> },
  {
    name: 'source, meaning',
    element: (
      <Clause
        number="9.2 ¶1"
        source="Алматы регламенті"
        href="#"
        meaning="Қызметкер өтініштің толтырылуын және топтаманың толықтығын тексереді."
      />
    ),
  },
  { name: 'unconfirmed', element: <Clause number="10" unconfirmed /> },
]
