import type { Example } from '../gallery/gallery.ts'
import { Live } from './live.tsx'

export const examples = (): readonly Example[] => [
  { name: 'nothing has moved: there is nothing to see', element: <Live number="750-191014-48213-7" version={7} /> },
]
