import type { Example } from '../gallery/gallery.ts'
import { AttachScans, ScanField, ScanLink } from './scans.tsx'

const number = '075-191014-00042-6'
const diploma = { sha256: 'd1'.repeat(32), type: 'application/pdf', pages: 3, size: 431_208 }
const about = 'Білімі туралы диплом'

export const examples = (): readonly Example[] => [
  { name: 'to choose', element: <ScanField number={number} document="application" about="Өтініш" file="" scans={[]} /> },
  { name: 'attached', element: <ScanField number={number} document="diploma" about={about} file={diploma.sha256} scans={[diploma]} /> },
  {
    name: 'refused',
    element: (
      <ScanField
        number={number}
        document="idCard"
        about="Жеке басты куәландыратын құжат"
        file=""
        scans={[]}
        error="Файлдың соңы жоқ, ол толық көшірілмеген. Түпнұсқасынан қайта көшіріңіз немесе қайта сканерлеңіз."
      />
    ),
  },
  { name: 'send', element: <AttachScans /> },
  { name: 'link', element: <ScanLink number={number} scan={diploma} about={about} /> },
]
