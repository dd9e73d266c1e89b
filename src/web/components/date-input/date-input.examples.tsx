import type { Example } from '../gallery/gallery.ts'
import { DateInput } from './date-input.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'fieldset',
    element: <DateInput id="valid" namePrefix="valid" fieldset={{ legend: 'Жарамдылық мерзімі' }} hint="Мысалы, 31 3 2027" />,
  },
  {
    name: 'error',
    element: (
      <DateInput
        id="given"
        namePrefix="given"
        fieldset={{ legend: 'Берілген күні' }}
        errorMessage="Мұндай күн жоқ"
        values={{ 'given-day': 30, 'given-month': 2, 'given-year': 2019 }}
      />
    ),
  },
]
