import type { Example } from '../gallery/gallery.ts'
import { Choices } from './choices.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'with a divider',
    element: (
      <Choices
        kind="radios"
        type="radio"
        isChecked={({ checked }) => checked === true}
        props={{
          name: 'way',
          fieldset: { legend: 'Нәтижені алу жолы' },
          items: [
            { value: 'here', text: 'Осы бөлімнен', checked: true },
            { value: 'post', text: 'Пошта арқылы' },
            { divider: 'немесе' },
            { value: 'representative', text: 'Өкіл арқылы', disabled: true },
          ],
        }}
      />
    ),
  },
]
