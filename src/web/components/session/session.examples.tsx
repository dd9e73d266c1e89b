import type { Example } from '../gallery/gallery.ts'
import { SessionBar } from './session.tsx'

export const examples = (): readonly Example[] => [{ name: 'unseen until the last minutes', element: <SessionBar left={1_800_000} /> }]
