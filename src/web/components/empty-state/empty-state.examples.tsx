import type { Example } from '../gallery/gallery.ts'
import { EmptyState } from './empty-state.tsx'

export const examples = (): readonly Example[] => [
  { name: 'default', element: <EmptyState title="Бүгінге іс жоқ">Жаңа өтініш келгенде ол осы жерде көрінеді.</EmptyState> },
]
