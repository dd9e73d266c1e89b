import type { Example } from '../gallery/gallery.ts'
import { Select } from './select.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'value',
    element: (
      <Select
        name="category"
        label="Біліктілік санаты"
        value="expert"
        items={[
          { value: 'moderator', text: 'педагог-модератор' },
          { value: 'expert', text: 'педагог-сарапшы' },
        ]}
      />
    ),
  },
]
