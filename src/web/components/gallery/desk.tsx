import { CaseHeader } from '../case-header/case-header.tsx'
import { Clause } from '../clause/clause.tsx'
import { Deadline, type DeadlineProof, type DeadlineState } from '../deadline/deadline.tsx'
import { DocumentChecklist } from '../document-checklist/document-checklist.tsx'
import { History } from '../history/history.tsx'
import { NormMeter } from '../norm-meter/norm-meter.tsx'
import { PaperLink } from '../paper-link/paper-link.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Table } from '../table/table.tsx'
import { TaskList } from '../task-list/task-list.tsx'
import { WorkList } from '../work-list/work-list.tsx'
import type { GalleryEntry } from './gallery.tsx'

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

const terms = (): GalleryEntry[] => [
  {
    name: 'clause',
    examples: [
      { name: 'plain', element: <Clause number="8.5" /> },
      {
        name: 'source, meaning',
        element: (
          <Clause
            number="9.2 ¶1"
            source="Алматы регламенті"
            href="#"
            meaning="Қызметкер өтініштің толтырылуын және топтаманың толықтығын тексереді."
          />
        ),
      },
      { name: 'unconfirmed', element: <Clause number="10" unconfirmed /> },
    ],
  },
  {
    name: 'deadline',
    examples: [
      {
        name: 'proof',
        element: (
          <Deadline
            dueDate="2018-08-27"
            dueAt="2018-08-27T18:30:00+05:00"
            state="running"
            left={{ workingDays: 1, hours: 3 }}
            proof={proof}
          />
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
    ],
  },
  {
    name: 'norm-meter',
    examples: [
      { name: 'running', element: <NormMeter spentSeconds={312} limitSeconds={1200} running /> },
      { name: 'paused', element: <NormMeter spentSeconds={312} limitSeconds={1200} /> },
      { name: 'over', element: <NormMeter spentSeconds={1500} limitSeconds={900} running /> },
      { name: 'untimed', element: <NormMeter spentSeconds={60} /> },
    ],
  },
]

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

const cases = (): GalleryEntry[] => [
  {
    name: 'work-list',
    examples: [
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
    ],
  },
  {
    name: 'case-header',
    examples: [
      {
        name: 'full',
        element: (
          <CaseHeader
            number="15-000042"
            applicant="Іңкәрбекова Һәдия Қуатқызы"
            iin="••••••••0007"
            receivedAt="2019-10-14T10:20:00+06:00"
            state={{ text: 'тексерілуде' }}
            deadline={<Deadline dueDate="2019-10-17" state="running" left={{ workingDays: 2, hours: 5 }} />}
            next="Маман, білім беру бөлімі"
            holder="Көрсетілетін қызметті берушінің кеңсесі"
            channel="Мемлекеттік корпорация"
          />
        ),
      },
    ],
  },
  {
    name: 'history',
    examples: [
      {
        name: 'events',
        element: (
          <History
            events={[
              { what: 'Құжаттар қабылданды', by: 'Серікова Ұлпан, оператор', at: '2019-10-14T10:20:00+06:00', clause: { number: '8.1' } },
              {
                what: 'Деректер енгізілді',
                by: 'Серікова Ұлпан, оператор',
                at: '2019-10-14T10:24:00+06:00',
                clause: { number: '8.3' },
                corrected: true,
              },
            ]}
          />
        ),
      },
      { name: 'empty', element: <History events={[]} /> },
    ],
  },
]

const papers = (): GalleryEntry[] => [
  {
    name: 'document-checklist',
    examples: [
      {
        name: 'fields',
        element: (
          <DocumentChecklist
            items={[
              { code: 'application', title: 'Өтініш', clause: '9.1', need: 'required', original: true, pages: 2 },
              { code: 'diploma', title: 'Білімі туралы диплом', clause: '9.3', need: 'ifNotInIS', held: true },
              {
                code: 'certificate',
                title: 'Санат туралы куәлік',
                clause: '9.7',
                need: 'forHolders',
                validUntil: '2019-02-30',
                error: 'Мұндай күн жоқ',
              },
            ]}
          />
        ),
      },
      {
        name: 'read only',
        element: (
          <DocumentChecklist
            readOnly
            caption="Қабылданған құжаттар"
            items={[
              {
                code: 'work',
                title: 'Еңбек қызметін растайтын құжат',
                need: 'required',
                original: true,
                copy: true,
                pages: 4,
                validUntil: '2027-03-31',
              },
            ]}
          />
        ),
      },
    ],
  },
  {
    name: 'paper-link',
    examples: [
      {
        name: 'receipt',
        element: <PaperLink href="#" title="Қолхат" languages={['kk', 'ru']} pages={1} issuedAt="2019-10-14T10:30:00+06:00" />,
      },
      { name: 'copy', element: <PaperLink href="#" title="Қолхат" pages={1} copy /> },
    ],
  },
]

const lists = (): GalleryEntry[] => [
  {
    name: 'summary-list',
    examples: [
      {
        name: 'actions',
        element: (
          <SummaryList
            rows={[
              {
                key: 'Аты-жөні',
                value: 'Іңкәрбекова Һәдия',
                actions: { items: [{ href: '#', text: 'Өзгерту', visuallyHiddenText: 'аты-жөнін' }] },
              },
              { key: 'Жұмыс орны', value: '№ 21 орта мектеп' },
            ]}
          />
        ),
      },
    ],
  },
  {
    name: 'table',
    examples: [
      {
        name: 'numeric',
        element: (
          <Table
            caption="Қадамдар"
            head={[{ text: 'Қадам' }, { text: 'Минут', format: 'numeric' }]}
            rows={[
              [{ text: 'Қабылдау' }, { text: 2, format: 'numeric' }],
              [{ text: 'Авторландыру' }, { text: 1, format: 'numeric' }],
            ]}
          />
        ),
      },
    ],
  },
  {
    name: 'task-list',
    examples: [
      {
        name: 'states',
        element: (
          <TaskList
            items={[
              { title: 'Жеке басын анықтау', href: '#', status: { text: 'аяқталды' } },
              { title: 'Құжаттар', href: '#', hint: '3 құжат', status: { tag: { text: 'басталмаған' } } },
            ]}
          />
        ),
      },
    ],
  },
]

export const desk = (): GalleryEntry[] => [...terms(), ...cases(), ...papers(), ...lists()]
