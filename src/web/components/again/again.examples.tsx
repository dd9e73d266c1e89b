import type { Example } from '../gallery/gallery.ts'
import { Again } from './again.tsx'

export const examples = (): readonly Example[] => [
  { name: 'found', element: <Again address="/" found="Бұл адамның 075-191014-39476-5 өтініші 2019 ж. 14 қазан нәтижесіз аяқталған." /> },
  { name: 'taken', element: <Again address="/" found={null} taken="075-191014-39476-5" /> },
]
