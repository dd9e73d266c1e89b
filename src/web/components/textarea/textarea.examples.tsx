import type { Example } from '../gallery/gallery.ts'
import { Textarea } from './textarea.tsx'

export const examples = (): readonly Example[] => [
  { name: 'hint', element: <Textarea name="reason" label="Себебі" hint="Өтініш беруші осыны оқиды" rows={3} /> },
]
