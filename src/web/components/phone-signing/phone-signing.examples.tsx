import type { Example } from '../gallery/gallery.ts'
import { PhoneSigning } from './phone-signing.tsx'

const address = 'https://qyzmet.example.kz/egov-sign/1'

export const examples = (): readonly Example[] => [
  {
    name: 'waiting',
    element: (
      <PhoneSigning code={`mobileSign:${address}`} launch="https://m.egov.kz/mobileSign" until="2019-10-14T10:10:00+06:00" address="" />
    ),
  },
]
