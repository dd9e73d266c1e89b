import type { Example } from '../gallery/gallery.ts'
import { ReasonPicker } from './reason-picker.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'return',
    element: (
      <ReasonPicker
        name="whyReturned"
        legend="Қайтару себебі"
        autofocus={false}
        choices={[
          { code: 'groundWrong', text: 'Бас тарту негізі дұрыс таңдалмаған' },
          { code: 'overlooked', text: 'Тапсырылған құжат ескерілмеген' },
        ]}
        picked="groundWrong"
      />
    ),
  },
  {
    name: 'no reason given',
    element: <ReasonPicker name="whyAgain" legend="Себеп" autofocus={false} choices={[]} errorMessage="Себебін жазыңыз." />,
  },
]
