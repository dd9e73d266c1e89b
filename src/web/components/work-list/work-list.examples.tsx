import { Deadline, type DeadlineState } from '../deadline/deadline.tsx'
import type { Example } from '../gallery/gallery.ts'
import { WorkList } from './work-list.tsx'

const columns = [
  { key: 'number', label: 'Іс нөмірі', sortHref: '#' },
  { key: 'applicant', label: 'Өтініш беруші' },
  { key: 'step', label: 'Қадам' },
  { key: 'due', label: 'Мерзімі', sortHref: '#', sorted: 'ascending' as const },
]

const person = (name: string, step: string, date: string, state: DeadlineState) => ({
  applicant: name,
  step,
  due: <Deadline compact dueDate={date} state={state} left={{ workingDays: 1, hours: 2 }} />,
})

export const examples = (): readonly Example[] => [
  {
    name: 'choice, tones',
    element: (
      <WorkList
        columns={columns}
        choose="cases"
        rows={[
          {
            number: '15-000038',
            href: '#',
            tone: 'overdue',
            cells: person('Жұмабаева Әсел Нұрланқызы', 'Құжаттарды тексеру', '2019-10-11', 'overdue'),
          },
          { number: '15-000041', href: '#', tone: 'soon', cells: person('Өтеғұлов Ғалымжан', 'Бұрыштама қою', '2019-10-14', 'soon') },
          { number: '15-000042', href: '#', cells: person('Іңкәрбекова Һәдия', 'Құжаттарды тексеру', '2019-10-17', 'running') },
        ]}
      />
    ),
  },
]
