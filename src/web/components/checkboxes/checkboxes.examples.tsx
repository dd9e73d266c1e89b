import type { Example } from '../gallery/gallery.ts'
import { Checkboxes } from './checkboxes.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'error',
    element: (
      <Checkboxes
        name="consent"
        fieldset={{ legend: 'Келісім' }}
        errorMessage="Келісім белгіленбеген"
        items={[{ value: 'yes', text: 'Заңмен қорғалатын құпияны пайдалануға келісемін' }]}
      />
    ),
  },
  {
    name: 'small',
    element: <Checkboxes name="seen" classes="govuk-checkboxes--small" items={[{ value: '1', text: 'Түпнұсқасы көрілді' }]} />,
  },
]
