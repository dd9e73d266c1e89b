import type { Example } from '../gallery/gallery.ts'
import { DocumentChecklist } from './document-checklist.tsx'

export const examples = (): readonly Example[] => [
  {
    name: 'fields',
    element: (
      <DocumentChecklist
        items={[
          { code: 'application', title: 'Өтініш', clause: '9.1', need: 'required', original: true, pages: 2 },
          { code: 'diploma', title: 'Білімі туралы диплом', clause: '9.3', need: 'ifNotInIS', held: true },
          {
            code: 'certificate',
            title: 'Санат туралы куәлік',
            clause: '9.7',
            need: 'forHolders',
            validUntil: '2019-02-30',
            error: 'Мұндай күн жоқ',
          },
        ]}
      />
    ),
  },
  {
    name: 'read only',
    element: (
      <DocumentChecklist
        readOnly
        caption="Қабылданған құжаттар"
        items={[
          {
            code: 'work',
            title: 'Еңбек қызметін растайтын құжат',
            need: 'required',
            original: true,
            copy: true,
            pages: 4,
            validUntil: '2027-03-31',
          },
        ]}
      />
    ),
  },
]
