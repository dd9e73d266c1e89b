import type { Example } from '../gallery/gallery.ts'
import { PaperLink } from './paper-link.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'receipt',
    element: <PaperLink href="#" title="Қолхат" languages={['kk', 'ru']} pages={1} issuedAt="2019-10-14T10:30:00+06:00" />,
  },
  { name: 'copy', element: <PaperLink href="#" title="Қолхат" pages={1} copy /> },
]
