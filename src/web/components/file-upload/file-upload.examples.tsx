import type { Example } from '../gallery/gallery.ts'
import { FileUpload } from './file-upload.tsx'

export const examples = (): readonly Example[] => [
  { name: 'hint', element: <FileUpload name="scan" label="Көшірме" hint="PDF, JPEG немесе PNG, 10 МБ дейін" /> },
]
