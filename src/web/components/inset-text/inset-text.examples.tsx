import type { Example } from '../gallery/gallery.ts'
import { InsetText } from './inset-text.tsx'

export const examples = (): readonly Example[] => [{ name: 'default', element: <InsetText text="Қабылдаған күн мерзімге кірмейді." /> }]
