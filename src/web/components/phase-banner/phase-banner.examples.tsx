import type { Example } from '../gallery/gallery.ts'
import { PhaseBanner } from './phase-banner.tsx'

export const examples = (): readonly Example[] => [
  { name: 'default', element: <PhaseBanner tag={{ text: 'сынақ' }} text="Бұл бетте жаңа тәртіп тексеріліп жатыр." /> },
]
