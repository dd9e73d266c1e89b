import type { Example } from '../gallery/gallery.ts'
import { TaskList } from './task-list.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'states',
    element: (
      <TaskList
        items={[
          { title: 'Жеке басын анықтау', href: '#', status: { text: 'аяқталды' } },
          { title: 'Құжаттар', href: '#', hint: '3 құжат', status: { tag: { text: 'басталмаған' } } },
        ]}
      />
    ),
  },
]
