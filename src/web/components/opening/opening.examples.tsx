import type { Example } from '../gallery/gallery.ts'
import { Opening } from './opening.tsx'

const items = ['№ 911 «Балапан» бөбекжай-балабақшасы', '№ 913 негізгі мектеп', '№ 914 жалпы білім беретін мектеп'].map((text, value) => ({
  value: String(value),
  text,
}))

export const examples = (): readonly Example[] => [
  { name: 'choice', element: <Opening name="provider" items={items} /> },
  {
    name: 'nothing chosen',
    element: <Opening name="provider" items={items} byDigit={false} error="Көрсетілетін қызметті беруші: таңдалмаған." />,
  },
]
