import type { Example } from '../gallery/gallery.ts'
import { Tag } from '../tag/tag.tsx'
import { Roster } from './roster.tsx'

const columns = [
  { key: 'name', label: 'Аты-жөні' },
  { key: 'roles', label: 'Рөлдері' },
  { key: 'state', label: 'Күйі' },
]
const active = <Tag text="қосулы" classes="govuk-tag--green" />
const people = [
  { title: 'Сейітқали Әсем Ерланқызы', href: '#first', cells: { roles: 'кеңсе қызметкері', state: active } },
  { title: 'Бекенов Мұрат', href: '#second', cells: { roles: 'басшы (м.а.)', state: active } },
]

export const examples = (): readonly Example[] => [
  { name: 'people', element: <Roster caption="Қызметкерлер" columns={columns} rows={people} /> },
  {
    name: 'rows that can be chosen',
    element: (
      <Roster
        caption="Қызметкерлер, таңдаумен"
        columns={columns}
        choose="people"
        chooseLabel="Таңдау"
        rows={people.map((row, index) => ({
          ...row,
          choice: { value: String(index), label: `Таңдау: ${row.title}`, checked: index === 0 },
        }))}
      />
    ),
  },
]
