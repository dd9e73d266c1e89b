import type { Example } from '../gallery/gallery.ts'
import { Details } from './details.tsx'

export const examples = (): readonly Example[] => [
  { name: 'default', element: <Details summaryText="Нотариалды сенімхат қашан керек?" text="Құжаттарды өкіл тапсырғанда." /> },
]
