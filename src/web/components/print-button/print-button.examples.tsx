import type { Example } from '../gallery/gallery.ts'
import { PrintButton } from './print-button.tsx'

export const examples = (): readonly Example[] => [{ name: 'made by script', element: <PrintButton text="Бетті басып шығару" /> }]
