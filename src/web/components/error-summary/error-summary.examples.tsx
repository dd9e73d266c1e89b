import type { Example } from '../gallery/gallery.ts'
import { ErrorSummary } from './error-summary.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'links',
    element: <ErrorSummary disableAutoFocus errorList={[{ text: 'ЖСН-ның бақылау саны дұрыс емес', href: '#iin-wrong' }]} />,
  },
]
