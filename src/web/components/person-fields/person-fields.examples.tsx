import type { Example } from '../gallery/gallery.ts'
import { Input } from '../input/input.tsx'
import { IinFacts, UntilFacts } from './person-fields.tsx'

const iin = (typed: string) => (
  <div class="q-fields__with">
    <Input name="iin" label="ЖСН" value={typed} classes="q-number" />
    <IinFacts field="iin" typed={typed} />
  </div>
)
const until = (typed: string, day: string | undefined) => (
  <div class="q-fields__with">
    <Input name="until" label="Жарамдылық мерзімі" value={typed} classes="q-number" />
    <UntilFacts field="until" day={day} today="2019-10-14" />
  </div>
)

export const examples = (): readonly Example[] => [
  { name: 'number to come', element: iin('') },
  { name: 'number read', element: iin('880318499918') },
  { name: 'day to come', element: until('', undefined) },
  { name: 'expired', element: until('01.02.2019', '2019-02-01') },
]
