import type { Example } from '../gallery/gallery.ts'
import { Compared } from './compared.tsx'

const same = { label: 'Аты', typed: 'Айгүл', register: 'Айгүл', likeness: 'same' } as const

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
            likeness: 'different',
            take: { name: '_do', value: 'take:application.surname' },
          },
          same,
          { label: 'Туған күні', typed: '18.03.1988', register: '19.03.1988', likeness: 'different' },
        ]}
      />
    ),
  },
  {
    name: 'letters of another script',
    element: (
      <Compared
        rows={[
          { label: 'Аты', typed: 'Aйгүл', register: 'Айгүл', likeness: 'lookAlike', take: { name: '_do', value: 'take:application.name' } },
        ]}
      />
    ),
  },
]
