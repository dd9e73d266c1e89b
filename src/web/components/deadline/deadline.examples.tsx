import type { Example } from '../gallery/gallery.ts'
import { Deadline, type DeadlineProof, type DeadlineState } from './deadline.tsx'

/** Friday 24 August 2018 in Aktobe: Saturday 25 was a working day in exchange for Friday 31, so two days end on Monday. */
const proof: DeadlineProof = {
  norm: { value: 2, unit: 'wd', clause: '1' },
  receivedAt: '2018-08-24T10:00:00+05:00',
  dayZero: '2018-08-24',
  days: [
    { date: '2018-08-24', counts: false, reason: 'dayZero' },
    { date: '2018-08-25', counts: true, reason: 'swappedWork', act: 'P1700000864' },
    { date: '2018-08-26', counts: false, reason: 'dayOff' },
    { date: '2018-08-27', counts: true, reason: 'working' },
  ],
  rules: [{ id: 'day-zero', source: '88-V, 20-бап, 1-тармақ' }],
  calendar: { id: 'kz-2018', act: 'P1700000864', confirmed: true },
}

const states: DeadlineState[] = ['running', 'soon', 'overdue', 'done', 'doneLate']

export const examples = (): readonly Example[] => [
  {
    name: 'proof',
    element: (
      <Deadline dueDate="2018-08-27" dueAt="2018-08-27T18:30:00+05:00" state="running" left={{ workingDays: 1, hours: 3 }} proof={proof} />
    ),
  },
  {
    name: 'proof, calendar not confirmed',
    element: <Deadline dueDate="2018-08-27" state="soon" proof={{ ...proof, calendar: { id: 'kz-2027', confirmed: false } }} />,
  },
  ...states.map((state) => ({
    name: `compact, ${state}`,
    element: <Deadline compact dueDate="2019-10-16" state={state} left={{ hours: 2, minutes: 10 }} />,
  })),
]
