import type { Example } from '../gallery/gallery.ts'
import { Answers, IntakePart } from './intake-part.tsx'

const answers = [
  { key: 'Тегі', value: 'Үлгібаева', change: { href: '/', text: 'Тегі' } },
  { key: 'Дипломы', value: 'Түпнұсқасы көрілді' },
  { key: 'Жеке куәлік', value: 'мерзімі өткен', warn: true },
]

export const examples = (): readonly Example[] => [
  {
    name: 'done, open, ahead',
    element: (
      <ol class="q-intake">
        <IntakePart state="done" title="Құжаттар мен өтінішті операциялық залда беру" clause="8.1" at="09:12">
          <Answers answers={answers} />
        </IntakePart>
        <IntakePart state="open" title="ЫАЖ АЖО-ға кіру (логин, пароль)" clause="8.2" />
        <IntakePart state="ahead" title="Қызметті таңдап, өтініш берушінің деректерін енгізу" clause="8.3" />
      </ol>
    ),
  },
  {
    name: 'done late',
    element: (
      <ol class="q-intake">
        <IntakePart state="done" title="ЖТ МДҚ-да деректердің болуын тексеру" clause="8.5" at="09:12" outcome="Деректер бар" late />
      </ol>
    ),
  },
]
