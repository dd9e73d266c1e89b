import type { Example } from '../gallery/gallery.ts'
import { type PackageRow, PackageTable } from './package-table.tsx'

const row: PackageRow = {
  code: 'diploma',
  title: 'Білімі туралы диплом',
  clause: '9(3)',
  need: 'Міндетті',
  in: false,
  originalSeen: false,
  copyTaken: false,
  returned: false,
  presented: 'copyWithOriginal',
  pages: '',
  count: '',
}
const ways = ['original', 'copy', 'copyWithOriginal', 'digital']
const all = { name: '_do', value: 'all', text: 'Міндетті құжаттардың бәрі тапсырылды' }

export const examples = (): readonly Example[] => [
  { name: 'nothing yet', element: <PackageTable rows={[row]} ways={ways} all={all} /> },
  {
    name: 'seen, copied, returned; a state system has it',
    element: (
      <PackageTable
        rows={[
          { ...row, in: true, originalSeen: true, copyTaken: true, returned: true, pages: '2', count: '1' },
          { ...row, code: 'school', title: 'Орта білім туралы құжат', need: 'Мемлекеттік жүйелерде болмаса', held: true },
        ]}
        ways={ways}
      />
    ),
  },
  {
    name: 'wrong before, wrong now',
    element: (
      <PackageTable
        rows={[
          {
            ...row,
            in: true,
            validUntil: '31.02.2024',
            before: 'құжаттың мерзімі өткен',
            error: 'Мұндай күн жоқ: 31.02.2024.',
            wrong: ['validUntil'],
          },
        ]}
        ways={ways}
      />
    ),
  },
]
