import type { Example } from '../gallery/gallery.ts'
import { ErrorPage } from './error-page.tsx'

export const examples = (): readonly Example[] => [
  { name: 'conflict', element: <ErrorPage kind="conflict" /> },
  { name: 'failure', element: <ErrorPage kind="failure" code="7f3a-21" /> },
  { name: 'busy', element: <ErrorPage kind="busy" /> },
  { name: 'busy form', element: <ErrorPage kind="busyForm" /> },
]
