import type { Example } from '../gallery/gallery.ts'
import { Button } from './button.tsx'

export const examples = (): readonly Example[] => [
  { name: 'default', element: <Button text="Қабылдау" preventDoubleClick /> },
  { name: 'secondary', element: <Button text="Қайтару" classes="govuk-button--secondary" /> },
  { name: 'warning', element: <Button text="Бас тарту" classes="govuk-button--warning" /> },
  { name: 'disabled', element: <Button text="Қол қою" disabled /> },
  { name: 'link', element: <Button text="Бастау" href="#" isStartButton /> },
]
