import type { Example } from '../gallery/gallery.ts'
import { NormMeter } from './norm-meter.tsx'

export const examples = (): readonly Example[] => [
  { name: 'running', element: <NormMeter spentSeconds={312} limitSeconds={1200} running /> },
  { name: 'paused', element: <NormMeter spentSeconds={312} limitSeconds={1200} /> },
  { name: 'over', element: <NormMeter spentSeconds={1500} limitSeconds={900} running /> },
  { name: 'untimed', element: <NormMeter spentSeconds={60} /> },
]
