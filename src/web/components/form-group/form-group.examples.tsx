import type { Example } from '../gallery/gallery.ts'
import { Field } from './form-group.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'own control',
    element: (
      <Field id="own" props={{ name: 'own', label: 'Парақ саны', hint: 'Түпнұсқадағы', errorMessage: 'Санды енгізіңіз' }}>
        <input id="own" name="own" class="govuk-input govuk-input--width-4" />
      </Field>
    ),
  },
]
