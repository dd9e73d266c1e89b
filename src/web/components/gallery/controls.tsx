import { BackLink } from '../back-link/back-link.tsx'
import { Breadcrumbs } from '../breadcrumbs/breadcrumbs.tsx'
import { Button } from '../button/button.tsx'
import { Checkboxes } from '../checkboxes/checkboxes.tsx'
import { DateInput } from '../date-input/date-input.tsx'
import { FileUpload } from '../file-upload/file-upload.tsx'
import { Input } from '../input/input.tsx'
import { Pagination } from '../pagination/pagination.tsx'
import { PasswordInput } from '../password-input/password-input.tsx'
import { Radios } from '../radios/radios.tsx'
import { Select } from '../select/select.tsx'
import { SubNavigation } from '../sub-navigation/sub-navigation.tsx'
import { Textarea } from '../textarea/textarea.tsx'
import type { GalleryEntry } from './gallery.tsx'

const fields = (): GalleryEntry[] => [
  {
    name: 'input',
    examples: [
      { name: 'default', element: <Input name="surname" label="Тегі" /> },
      {
        name: 'hint, numeric',
        element: (
          <Input
            name="iin"
            label="ЖСН"
            hint="12 сан"
            inputmode="numeric"
            autocomplete="off"
            classes="govuk-input--width-20"
            value="900101300007"
          />
        ),
      },
      {
        name: 'error',
        element: <Input name="iin-wrong" label="ЖСН" errorMessage="ЖСН-ның бақылау саны дұрыс емес" value="900101300001" />,
      },
    ],
  },
  {
    name: 'textarea',
    examples: [{ name: 'hint', element: <Textarea name="reason" label="Себебі" hint="Өтініш беруші осыны оқиды" rows={3} /> }],
  },
  {
    name: 'select',
    examples: [
      {
        name: 'value',
        element: (
          <Select
            name="category"
            label="Біліктілік санаты"
            value="expert"
            items={[
              { value: 'moderator', text: 'педагог-модератор' },
              { value: 'expert', text: 'педагог-сарапшы' },
            ]}
          />
        ),
      },
    ],
  },
  {
    name: 'date-input',
    examples: [
      {
        name: 'fieldset',
        element: <DateInput id="valid" namePrefix="valid" fieldset={{ legend: 'Жарамдылық мерзімі' }} hint="Мысалы, 31 3 2027" />,
      },
      {
        name: 'error',
        element: (
          <DateInput
            id="given"
            namePrefix="given"
            fieldset={{ legend: 'Берілген күні' }}
            errorMessage="Мұндай күн жоқ"
            values={{ 'given-day': 30, 'given-month': 2, 'given-year': 2019 }}
          />
        ),
      },
    ],
  },
  {
    name: 'file-upload',
    examples: [{ name: 'hint', element: <FileUpload name="scan" label="Көшірме" hint="PDF, JPEG немесе PNG, 10 МБ дейін" /> }],
  },
  { name: 'password-input', examples: [{ name: 'default', element: <PasswordInput name="password" label="Құпиясөз" /> }] },
]

const choices = (): GalleryEntry[] => [
  {
    name: 'radios',
    examples: [
      {
        name: 'conditional',
        element: (
          <Radios
            name="decision"
            fieldset={{ legend: 'Шешім' }}
            items={[
              { value: 'accept', text: 'Қабылдау', hint: 'Қолхат беріледі' },
              {
                value: 'refuse',
                text: 'Бас тарту',
                checked: true,
                conditional: { text: <Input name="why" label="Негізі" hint="Стандарттың 10-тармағы" /> },
              },
            ]}
          />
        ),
      },
    ],
  },
  {
    name: 'checkboxes',
    examples: [
      {
        name: 'error',
        element: (
          <Checkboxes
            name="consent"
            fieldset={{ legend: 'Келісім' }}
            errorMessage="Келісім белгіленбеген"
            items={[{ value: 'yes', text: 'Заңмен қорғалатын құпияны пайдалануға келісемін' }]}
          />
        ),
      },
      {
        name: 'small',
        element: <Checkboxes name="seen" classes="govuk-checkboxes--small" items={[{ value: '1', text: 'Түпнұсқасы көрілді' }]} />,
      },
    ],
  },
]

const ways = (): GalleryEntry[] => [
  {
    name: 'button',
    examples: [
      { name: 'default', element: <Button text="Қабылдау" preventDoubleClick /> },
      { name: 'secondary', element: <Button text="Қайтару" classes="govuk-button--secondary" /> },
      { name: 'warning', element: <Button text="Бас тарту" classes="govuk-button--warning" /> },
      { name: 'disabled', element: <Button text="Қол қою" disabled /> },
      { name: 'link', element: <Button text="Бастау" href="#" isStartButton /> },
    ],
  },
  { name: 'back-link', examples: [{ name: 'default', element: <BackLink href="#" /> }] },
  {
    name: 'breadcrumbs',
    examples: [{ name: 'two', element: <Breadcrumbs items={[{ text: 'Жұмыс тізімі', href: '#' }, { text: '15-000042' }]} /> }],
  },
  {
    name: 'pagination',
    examples: [
      {
        name: 'pages',
        element: (
          <Pagination
            previous={{ href: '#' }}
            next={{ href: '#' }}
            items={[{ number: 1, href: '#' }, { number: 2, href: '#', current: true }, { ellipsis: true }, { number: 9, href: '#' }]}
          />
        ),
      },
    ],
  },
  {
    name: 'sub-navigation',
    examples: [
      {
        name: 'active',
        element: (
          <SubNavigation
            items={[
              { text: 'Менің істерім', href: '#', active: true },
              { text: 'Бөлімнің істері', href: '#' },
            ]}
          />
        ),
      },
    ],
  },
]

export const controls = (): GalleryEntry[] => [...fields(), ...choices(), ...ways()]
