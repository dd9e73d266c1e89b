import type { Example } from '../gallery/gallery.ts'
import { BackLink } from './back-link.tsx'

export const examples = (): readonly Example[] => [{ name: 'default', element: <BackLink href="#" /> }]
