import type { Example } from '../gallery/gallery.ts'
import { Alert } from './alert.tsx'

export const examples = (): readonly Example[] =>
  (['information', 'success', 'warning', 'error'] as const).map((variant) => ({
    name: variant,
    element: <Alert variant={variant} title="Іс басқа қызметкерге өтті" text="Іс басқа қызметкерге өтті" />,
  }))
