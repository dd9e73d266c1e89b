import type { Example } from '../gallery/gallery.ts'
import { Panel } from './panel.tsx'

export const examples = (): readonly Example[] => [
  { name: 'number', element: <Panel headingLevel={2} titleText="Өтініш қабылданды" text="15-000042" /> },
]
