import type { Example } from '../gallery/gallery.ts'
import { Compared } from './compared.tsx'

const same = { label: 'Аты', typed: 'Айгүл', register: 'Айгүл', same: true }

export const examples = (): readonly Example[] => [
  { name: 'all agree', element: <Compared rows={[same]} /> },
  {
    name: 'one differs',
    element: (
      <Compared
        rows={[
          {
            label: 'Тегі',
            typed: 'Үлгібаева',
            register: 'Сынақбекова',
            same: false,
            take: { name: '_do', value: 'take:application.surname' },
          },
          same,
          { label: 'Туған күні', typed: '18.03.1988', register: '19.03.1988', same: false },
        ]}
      />
    ),
  },
]
