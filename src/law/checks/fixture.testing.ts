import { stringify } from 'yaml'
import { buildLibrary } from '../library.ts'
import type { LawFile, Library } from '../model.ts'
import type { Problem } from '../problem.ts'

/** A small sound regulation for the tests of the checks: one desk, one examination, two endings, one refusal. */
const t = (kk: string, ru: string) => ({ kk, ru })
const issued = (number: string, date: string) => ({
  kind: t('қаулы', 'постановление'),
  number,
  date,
  by: t('әкімдік', 'акимат'),
})

const regulation = {
  format: 'qyzmet.regulation/1',
  id: 'aqzhar-courses',
  service: 'courses',
  region: 'aqzhar',
  edition: '2018-07-20',
  wording: t('өз сөзіміз', 'наши слова'),
  title: t('Құжаттарды қабылдау', 'Приём документов'),
  act: {
    ...issued('34', '2016-02-04'),
    registration: { number: '4768', date: '2016-03-09', by: t('әділет', 'юстиция') },
    basis: [{ act: t('заң', 'закон'), article: '16(3)' }],
    edition: issued('332', '2018-07-20'),
    inForce: { from: { date: '2018-08-01' }, until: { date: '2020-02-19' } },
    repealed: { ...issued('55', '2020-02-18'), effect: t('жарияланған күннен', 'со дня опубликования') },
    orders: [],
  },
  standard: '2015-11-09',
  form: { clause: '2', of: t('қағаз', 'бумажная'), result: t('қағаз', 'бумажная') },
  providers: [{ kind: 'school', clause: '1', title: t('мектеп', 'школа') }],
  roles: {
    clerk: { title: t('кеңсе қызметкері', 'работник канцелярии'), at: 'provider', unit: 'office', clauses: ['3'] },
    specialist: { title: t('маман', 'специалист'), at: 'provider', unit: 'section', clauses: ['4.3'] },
  },
  channels: {
    office: {
      title: t('кеңсе', 'канцелярия'),
      clause: '1',
      receiver: 'provider',
      first: 'accept',
      start: { clause: '3', at: 'accept' },
    },
  },
  terms: [{ id: 'whole', clause: '3', channels: ['office'], location: 'any', value: 5, unit: 'wd', readings: ['start'] }],
  steps: [
    {
      id: 'accept',
      channel: 'office',
      clauses: ['4.1'],
      title: t('Құжаттарды қабылдаңыз', 'Примите документы'),
      actor: 'clerk',
      norms: [{ clause: '4.1', value: 15, unit: 'min' }],
      does: [
        { act: 'handIn' },
        { act: 'checkCompleteness' },
        { act: 'issuePaper', paper: 'receipt', when: 'complete' },
        { act: 'issuePaper', paper: 'refusalReceipt', when: 'incomplete' },
      ],
      leaves: ['receipt'],
      outcomes: {
        complete: { title: t('толық', 'полный'), next: 'register' },
        incomplete: { clause: '4.2', title: t('толық емес', 'неполный'), end: 'notAccepted' },
      },
    },
    {
      id: 'register',
      channel: 'office',
      clauses: ['4.1'],
      title: t('Тіркеңіз', 'Зарегистрируйте'),
      actor: 'clerk',
      needs: ['documents', 'receipt'],
      does: [{ act: 'register' }, { act: 'handOver', what: 'package', to: 'specialist' }],
      outcomes: { done: { title: t('тіркелді', 'зарегистрировано'), next: 'examine' } },
    },
    {
      id: 'examine',
      channel: 'office',
      clauses: ['4.3'],
      title: t('Тексеріңіз', 'Проверьте'),
      actor: 'specialist',
      norms: [{ clause: '4.3', value: 3, unit: 'wd', until: 'prepare' }],
      needs: ['offer', 'registration'],
      does: [{ act: 'takeOver', what: 'package' }, { act: 'examine' }],
      outcomes: {
        conforming: { title: t('сәйкес', 'соответствует'), next: 'prepare' },
        defective: { title: t('сәйкес емес', 'не соответствует'), next: 'prepare' },
      },
    },
    {
      id: 'prepare',
      channel: 'office',
      clauses: ['4.3'],
      title: t('Дайындаңыз', 'Подготовьте'),
      actor: 'specialist',
      needs: ['examination'],
      does: [
        { act: 'prepareAnswer', when: 'conforming' },
        { act: 'prepareAnswer', when: 'defective' },
        { act: 'issuePaper', paper: 'answer' },
        { act: 'handOver', what: 'answer', to: 'clerk' },
      ],
      outcomes: { done: { title: t('дайын', 'готово'), next: 'give' } },
    },
    {
      id: 'give',
      channel: 'office',
      clauses: ['4.4'],
      title: t('Беріңіз', 'Выдайте'),
      actor: 'clerk',
      norms: [{ clause: '4.4', value: 15, unit: 'min' }],
      needs: ['answer'],
      does: [
        { act: 'takeOver', what: 'answer' },
        { act: 'giveAnswer', against: 'identity' },
      ],
      outcomes: { done: { title: t('берілді', 'выдано'), end: 'served' } },
    },
  ],
  papers: [
    { id: 'receipt', kind: 'acceptanceReceipt', clause: '4.1', title: t('қолхат', 'расписка'), by: 'clerk' },
    { id: 'refusalReceipt', kind: 'acceptanceRefusal', clause: '4.2', title: t('бас тарту қолхаты', 'расписка об отказе'), by: 'clerk' },
    { id: 'answer', kind: 'result', clause: '4.3', title: t('жауап', 'ответ'), by: 'specialist' },
  ],
  endings: {
    served: { title: t('көрсетілді', 'оказана'), kind: 'served' },
    notAccepted: { title: t('қабылданбады', 'не принято'), kind: 'notAccepted' },
  },
  readings: {
    start: {
      clauses: ['3'],
      question: t('қашан басталады', 'когда начинается'),
      takes: t('тапсырғанда', 'при сдаче'),
      because: t('мәтінде айтылмаған', 'текст молчит'),
    },
  },
  clauses: [
    { clause: '1', says: t('беруші', 'услугодатель'), status: 'executable' },
    { clause: '2', says: t('нысан', 'форма'), status: 'stated', reason: t('тек айтылған', 'только сказано') },
    { clause: '3', says: t('басталуы', 'начало'), status: 'executable' },
    { clause: '4.1', says: t('қабылдау', 'приём'), status: 'executable' },
    { clause: '4.2', says: t('бас тарту', 'отказ'), status: 'executable' },
    { clause: '4.3', says: t('тексеру', 'проверка'), status: 'executable' },
    { clause: '4.4', says: t('беру', 'выдача'), status: 'executable' },
  ],
}

const standard = {
  format: 'qyzmet.standard/1',
  service: 'courses',
  act: { kind: t('бұйрық', 'приказ'), number: '632', date: '2015-11-09', by: t('министр', 'министр') },
  title: t('Стандарт', 'Стандарт'),
  asks: t('санат', 'категория'),
  editions: [
    {
      id: '2015-11-09',
      from: { date: '2016-01-01' },
      documents: [
        {
          id: 'identity',
          clause: '9',
          title: t('жеке куәлік', 'удостоверение'),
          requirement: 'required',
          presented: 'original',
          returned: true,
        },
        { id: 'diploma', clause: '9', title: t('диплом', 'диплом'), requirement: 'required', presented: 'copy', returned: false },
      ],
      grounds: [{ id: 'incomplete', clause: '10', title: t('толық емес', 'неполнота'), remedy: t('толықтырыңыз', 'дополните') }],
      typicalFacts: {
        wording: t('біздің сөзіміз', 'наши слова'),
        facts: [
          { id: 'absent', when: 'absent', ground: 'incomplete', fact: t('тапсырылмаған', 'не сдан') },
          { id: 'noSeal', documents: ['diploma'], ground: 'incomplete', fact: t('мөр жоқ', 'нет печати') },
        ],
      },
      options: [{ id: 'first', title: t('бірінші', 'первая') }],
    },
  ],
}

const examples = {
  format: 'qyzmet.examples/1',
  regulation: 'aqzhar-courses',
  edition: '2018-07-20',
  examples: [
    {
      id: 'accepted',
      title: t('қабылданды', 'принято'),
      given: {
        channel: 'office',
        submitted: '2018-08-24T10:00:00+05:00',
        provider: 'school',
        iin: '850101300015',
        documents: { without: ['diploma'] },
      },
      when: [{ step: 'accept', as: 'clerk', at: '2018-08-24T10:00:00+05:00' }],
      // biome-ignore lint/suspicious/noThenProperty: "given / when / then" is the language of examples; nothing awaits these objects.
      then: {
        path: [{ step: 'accept', clause: '4.1', outcome: 'incomplete' }],
        end: 'notAccepted',
        papers: ['refusalReceipt'],
        dues: [{ clause: '4.1', step: 'accept', due: '2018-08-24' }],
      },
    },
  ],
}

const general = {
  format: 'qyzmet.law/1',
  id: 'law-88-V',
  title: t('Заң', 'Закон'),
  duties: [
    {
      id: 'identification',
      clause: 'law-88-V:20(6)',
      from: '2013-04-15',
      title: t('сәйкестендіру', 'идентификация'),
      before: { acts: ['register'], at: 'any' },
      does: { act: 'identify' },
    },
  ],
}

export const sound = { regulation, standard, examples, general }
/** Test data loosely typed on purpose: the mutations make it wrong. */
// biome-ignore lint/suspicious/noExplicitAny: mutations write what no type would allow.
export type Loose = any

export const paths = {
  regulation: 'courses/aqzhar/2018-07-20.yaml',
  standard: 'courses/standard.yaml',
  examples: 'courses/aqzhar/2018-07-20.examples.yaml',
  general: 'law/services.yaml',
} as const

/** The sound files, each after a mutation. */
export const filesWith = (mutate: (files: Loose) => void = () => {}): LawFile[] => {
  const files: Loose = structuredClone(sound)
  mutate(files)
  return Object.entries(paths).flatMap(([name, path]) =>
    files[name] ? [{ path, text: stringify(files[name], { aliasDuplicateObjects: false }) }] : [],
  )
}

export const checked = (mutate?: (files: Loose) => void): { library?: Library; problems: Problem[] } => buildLibrary(filesWith(mutate))

/** `code path` of each problem that the mutation brought. */
export const problemsOf = (mutate: (files: Loose) => void): string[] => checked(mutate).problems.map(({ code, path }) => `${code} ${path}`)
