import type { Statement } from '../../../desk/statement.ts'
import type { Example } from '../gallery/gallery.ts'
import { SignedContent } from './signed-content.tsx'

const answer: Statement = {
  format: 'qyzmet.statement/2',
  case: '075-191014-48213-4',
  step: 'signAnswer',
  title: { kk: 'Жауапқа қол қою', ru: 'Подписать ответ', en: 'Sign the answer' },
  clause: '8.3',
  opened: '2019-10-14T11:20:00+06:00',
  signs: 'answer',
  regulation: {
    id: 'teacher-attestation/almaty',
    edition: '2019-08-20',
    sha256: 'a'.repeat(64),
    title: { kk: 'Құжаттар қабылдау регламенті' },
  },
  signer: {
    ...{ id: 's-1', name: 'Үлгібаева Айгүл Дәуренқызы', iin: '800101399917', role: 'head' },
    organisation: { id: 'almaty.directorate', bin: '011040998864', name: { kk: '«Алматы қаласы Білім басқармасы» КММ' } },
  },
  applicant: { iin: '910722399916', surname: 'Сынақбаев', name: 'Нұрлан', patronymic: 'Серікұлы', position: 'математика мұғалімі' },
  asks: { kk: 'педагог-сарапшы' },
  documents: [{ id: 'diploma', title: { kk: 'Диплом' }, presented: 'copyWithOriginal', pages: 2, count: 1 }],
  findings: [{ document: 'diploma', title: { kk: 'Диплом' }, ok: true }],
  answer: 'result',
  grounds: [],
}

const refusal: Statement = {
  ...answer,
  answer: 'refusal',
  findings: [{ document: 'diploma', title: { kk: 'Диплом' }, ok: false, fact: 'екінші беті жоқ' }],
  grounds: [
    {
      ...{ ground: 'incomplete', title: { kk: 'құжаттар топтамасы толық емес' }, clause: '10', document: 'diploma', of: { kk: 'Диплом' } },
      ...{ fact: 'дипломның екінші беті жоқ', remedy: 'екі бетін де тапсырыңыз' },
    },
  ],
}

const shown = (statement: Statement) => (
  <SignedContent statement={statement} digest={'5c6e0d8c'.repeat(8)} text={JSON.stringify(statement)} />
)

export const examples = (): readonly Example[] => [
  { name: 'result', element: shown(answer) },
  { name: 'refusal', element: shown(refusal) },
]
