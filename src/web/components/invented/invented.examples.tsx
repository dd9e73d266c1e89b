import type { Example } from '../gallery/gallery.ts'
import { Invented } from './invented.tsx'

export const examples = (): readonly Example[] => [
  { name: 'act', element: <Invented text={{ kk: 'Бұл регламентті ешкім бекітпеген.', ru: 'Этот регламент никем не утверждён.' }} /> },
]
