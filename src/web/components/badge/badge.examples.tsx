import type { Example } from '../gallery/gallery.ts'
import { Badge } from './badge.tsx'

export const examples = (): readonly Example[] => [{ name: 'default', element: <Badge text="көшірме" /> }]
