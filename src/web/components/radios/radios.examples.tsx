import type { Example } from '../gallery/gallery.ts'
import { Input } from '../input/input.tsx'
import { Radios } from './radios.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'conditional',
    element: (
      <Radios
        name="decision"
        fieldset={{ legend: 'Шешім' }}
        items={[
          { value: 'accept', text: 'Қабылдау', hint: 'Қолхат беріледі' },
          {
            value: 'refuse',
            text: 'Бас тарту',
            checked: true,
            conditional: { text: <Input name="why" label="Негізі" hint="Стандарттың 10-тармағы" /> },
          },
        ]}
      />
    ),
  },
]
