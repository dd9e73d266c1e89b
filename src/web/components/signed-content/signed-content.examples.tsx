import type { StatementOfPapers } from '../../../desk/statement.ts'
import type { Example } from '../gallery/gallery.ts'
import { SignedContent } from './signed-content.tsx'

const answer: StatementOfPapers = {
  format: 'qyzmet.statement/3',
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
    act: { kk: 'Алматы қаласының әкімдігі, қаулы № 3/380, 12.08.2016 (№ 3/498, 20.08.2019)' },
  },
  provider: { id: 'almaty.directorate', name: { kk: '«Алматы қаласы Білім басқармасы» КММ' } },
  signer: {
    ...{ id: 's-1', name: 'Үлгібаева Айгүл Дәуренқызы', iin: '800101399917', role: 'head', post: { kk: 'басқарма басшысы' } },
    organisation: { id: 'almaty.directorate', bin: '011040998864', name: { kk: '«Алматы қаласы Білім басқармасы» КММ' } },
  },
  applicant: { iin: '910722399916', surname: 'Сынақбаев', name: 'Нұрлан', patronymic: 'Серікұлы', position: 'математика мұғалімі' },
  submitted: '2019-10-14T10:05:00+06:00',
  asked: { kk: 'Сұралатын біліктілік санаты' },
  asks: { kk: 'педагог-сарапшы' },
  documents: [{ id: 'diploma', title: { kk: 'Диплом' }, presented: 'copyWithOriginal', form: 'copy', pages: 2, count: 1 }],
  findings: [{ document: 'diploma', title: { kk: 'Диплом' }, ok: true }],
  answer: 'result',
  grounds: [],
  complaint: null,
  papers: [{ id: 'result-1', form: 'result', kind: 'result', title: { kk: 'Құжаттарды қабылдау туралы қолхат' }, clause: '3' }],
}

const refusal: StatementOfPapers = {
  ...answer,
  answer: 'refusal',
  findings: [{ document: 'diploma', title: { kk: 'Диплом' }, ok: false, fact: 'екінші беті жоқ' }],
  grounds: [
    {
      ...{
        ground: 'incomplete',
        title: { kk: 'құжаттар топтамасы толық емес' },
        clause: '10',
        act: { kk: 'бұйрық № 632, 10' },
        document: 'diploma',
        of: { kk: 'Диплом' },
      },
      ...{ fact: { kk: 'дипломның екінші беті жоқ' }, remedy: { kk: 'екі бетін де тапсырыңыз' } },
    },
  ],
  complaint: {
    body: { kk: 'Басқарма басшысына' },
    term: { kk: '5 жұмыс күні ішінде қаралады' },
    order: { kk: 'Жазбаша немесе 1414 арқылы' },
  },
  papers: [{ id: 'reasonedRefusal-1', form: 'reasonedRefusal', kind: 'reasonedRefusal', title: { kk: 'Дәлелді жауап' }, clause: '3' }],
}

const shown = (statement: StatementOfPapers, done = false) => (
  <SignedContent done={done} statement={statement} digest={'5c6e0d8c'.repeat(8)} text={JSON.stringify(statement)} />
)

export const examples = (): readonly Example[] => [
  { name: 'result', element: shown(answer) },
  { name: 'refusal', element: shown(refusal) },
  { name: 'signed', element: shown(answer, true) },
]
