import type { Example } from '../gallery/gallery.ts'
import { Account } from './account.tsx'

export const examples = (): readonly Example[] => [
  { name: 'short', element: <Account name="Серікова Ұлпан" duty="кеңсе қызметкері" csrf="" /> },
  {
    name: 'long',
    element: (
      <Account
        name="Мырзахметова-Қалдыбекова Ләззат Бақытбекқызы"
        duty="көрсетілетін қызметті берушінің басшысы"
        place="«Азаматтарға арналған үкімет» мемлекеттік корпорациясының Алматы қаласы бойынша филиалының Бостандық ауданының бөлімі"
        csrf=""
      />
    ),
  },
]
