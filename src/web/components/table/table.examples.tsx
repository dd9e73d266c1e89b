import type { Example } from '../gallery/gallery.ts'
import { Table } from './table.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'numeric',
    element: (
      <Table
        caption="Қадамдар"
        head={[{ text: 'Қадам' }, { text: 'Минут', format: 'numeric' }]}
        rows={[
          [{ text: 'Қабылдау' }, { text: 2, format: 'numeric' }],
          [{ text: 'Авторландыру' }, { text: 1, format: 'numeric' }],
        ]}
      />
    ),
  },
]
