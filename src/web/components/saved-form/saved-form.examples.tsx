import type { Example } from '../gallery/gallery.ts'
import { SavedForms, SavedNotice } from './saved-form.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'came back',
    element: <SavedNotice at="2019-10-14T10:32:00+06:00" action="/cases/075-191014-00042-6/steps/accept" csrf="" />,
  },
  {
    name: 'not sent: no network',
    element: (
      <p class="q-sending q-sending--wrong" role="alert">
        Сервермен байланыс жоқ. Ештеңе жоғалған жоқ, форма осы бетте тұр, бірақ жіберілмеді.
      </p>
    ),
  },
  { name: 'words of the script, unseen', element: <SavedForms /> },
]
