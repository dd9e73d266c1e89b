import { Button } from '../button/button.tsx'
import type { Example } from '../gallery/gallery.ts'
import { Key } from './keys.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'in a button',
    element: (
      <Button
        text={
          <>
            Жаңа өтініш <Key name="n" />
          </>
        }
        attributes={{ 'data-key': 'n' }}
      />
    ),
  },
  {
    name: 'in a link, long key',
    element: (
      <a class="govuk-link" href="#top">
        Артқа <Key name="escape" />
      </a>
    ),
  },
]
