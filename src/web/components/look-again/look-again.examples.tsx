import type { Example } from '../gallery/gallery.ts'
import { LookAgain } from './look-again.tsx'

/** Nothing to see: it asks in silence, and without an answer that nothing is awaited it would show this page anew for ever. */
export const examples = (): readonly Example[] => [{ name: 'hidden', element: <LookAgain address="" /> }]
