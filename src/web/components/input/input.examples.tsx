import type { Example } from '../gallery/gallery.ts'
import { Input } from './input.tsx'

export const examples = (): readonly Example[] => [
  { name: 'default', element: <Input name="surname" label="Тегі" /> },
  {
    name: 'hint, numeric',
    element: (
      <Input
        name="iin"
        label="ЖСН"
        hint="12 сан"
        inputmode="numeric"
        autocomplete="off"
        classes="govuk-input--width-20"
        value="900101300007"
      />
    ),
  },
  {
    name: 'error',
    element: <Input name="iin-wrong" label="ЖСН" errorMessage="ЖСН-ның бақылау саны дұрыс емес" value="900101300001" />,
  },
]
