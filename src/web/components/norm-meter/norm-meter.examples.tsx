import type { Example } from '../gallery/gallery.ts'
import { NormMeter } from './norm-meter.tsx'

export const examples = (): readonly Example[] => [
  { name: 'running', element: <NormMeter spentSeconds={312} limitSeconds={1200} running /> },
  { name: 'paused', element: <NormMeter spentSeconds={312} limitSeconds={1200} /> },
  { name: 'over', element: <NormMeter spentSeconds={1500} limitSeconds={900} running /> },
  {
    name: 'counting by the spans of a day',
    element: (
      <NormMeter
        spentSeconds={60}
        limitSeconds={900}
        running
        by={{ now: 1_571_025_600_000, spans: [[1_571_022_000_000, 1_571_036_400_000]] }}
      />
    ),
  },
  { name: 'untimed', element: <NormMeter spentSeconds={60} /> },
]
