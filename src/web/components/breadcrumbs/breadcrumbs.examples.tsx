import type { Example } from '../gallery/gallery.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'

export const examples = (): readonly Example[] => [
  { name: 'two', element: <Breadcrumbs items={[{ text: 'Жұмыс тізімі', href: '#' }, { text: '15-000042' }]} /> },
]
