import type { PaperSignature } from '../../../papers/paper.ts'
import type { Example } from '../gallery/gallery.ts'
import { SignatureMark } from './signature-mark.tsx'

const head: PaperSignature = {
  file: 1,
  signs: 'answer',
  clause: '8.3',
  name: 'Үлгібаева Айгүл Дәуренқызы',
  post: { kk: 'басқарма басшысы', ru: 'руководитель управления' },
  organisation: { kk: '«Алматы қаласы Білім басқармасы» КММ', ru: 'КГУ «Управление образования города Алматы»' },
  certificate: {
    serial: '0A5F33C4D1E2F304',
    issuer: 'ҮЛГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ',
    from: '2019-01-10T00:00:00+06:00',
    until: '2020-01-10T00:00:00+06:00',
  },
  algorithm: 'gost2015-512',
  at: '2019-10-14T11:31:07+06:00',
  clock: 'authority',
  authority: 'ҮЛГІ УАҚЫТ БЕЛГІСІ',
  receivedAt: '2019-10-14T11:31:09+06:00',
  digest: '5c6e0d8c'.repeat(8),
  test: false,
}
const { certificate: _, authority: __, ...bare } = head

export const examples = (): readonly Example[] => [
  { name: 'stamped', element: <SignatureMark mark={head} /> },
  { name: 'test', element: <SignatureMark mark={{ ...bare, signs: 'request', clock: 'receipt', algorithm: 'unknown', test: true }} /> },
]
