import type { PayloadOf } from './payload.ts'

const head = {
  format: 'qyzmet.message/1' as const,
  law: { regulation: 'teacher-attestation/aktobe', edition: '2018-07-20', sha256: 'a'.repeat(64), standard: 'e'.repeat(64) },
  eventAt: '2019-10-14T10:16:00+05:00',
  event: { seq: 7, hash: 'b'.repeat(64) },
  case: { home: 15, number: 'AKT-2019-000001' },
  terms: [{ id: 'term/local', dueAt: '2019-10-16T18:30:00+05:00', proof: 'f'.repeat(64) }],
}

const operator = {
  id: 'op-1',
  name: { surname: 'ҮЛГІБАЕВА', name: 'ДИНАРА' },
  post: { kk: 'қызметкер', ru: 'работник' },
  organisationBin: '160440007161',
}
const clerk = {
  id: 'cl-1',
  name: { surname: 'МЫСАЛОВА', name: 'ГҮЛ' },
  post: { kk: 'кеңсе', ru: 'канцелярия' },
  organisationBin: '200140999992',
}

/** An application of an invented teacher, as one workstation sends it to the other. */
export const application = (message = 'AKT-2019-000001/send/7'): PayloadOf<'application'> => ({
  kind: 'application',
  ...head,
  message,
  course: [
    { do: 'open', seq: 2, at: '2019-10-14T10:00:00+05:00', by: { id: 'op-1', role: 'operator' } },
    { do: 'step', seq: 5, at: '2019-10-14T10:02:00+05:00', by: { id: 'op-1', role: 'operator' }, step: 'submit' },
    { do: 'sent', seq: 7, at: '2019-10-14T10:16:00+05:00', step: 'sendRequest' },
  ],
  people: [operator],
  service: 'teacher-attestation',
  channel: 'stateCorp',
  location: 'local',
  providerBin: '200140999992',
  branchBin: '160440007161',
  applicant: { iin: '840404499918', surname: 'СЫНАҚОВА', name: 'ӘСЕЛ', patronymic: 'БОЛАТҚЫЗЫ' },
  asks: 'second',
  holds: false,
  answerIn: 'kk',
  consent: { form: 'written', at: '2019-10-14T10:05:00+05:00' },
  documents: [
    {
      id: 'diploma',
      presented: 'copyWithOriginal',
      pages: 2,
      count: 1,
      file: { sha256: 'c'.repeat(64), size: 51_200, mediaType: 'application/pdf' },
    },
  ],
  seal: {
    algorithm: 'ecdsa-p256-sha256/1',
    digest: 'd'.repeat(64),
    signer: 'op-1',
    signed: { sha256: '1'.repeat(64), size: 4, mediaType: 'application/json', content: 'AAAA' },
  },
})

export const progress = (message = 'AKT-2019-000001/registered/9'): PayloadOf<'progress'> => ({
  kind: 'progress',
  ...head,
  message,
  course: [{ do: 'step', seq: 9, at: '2019-10-14T10:18:00+05:00', by: { id: 'cl-1', role: 'clerk' }, step: 'registerRequest' }],
  people: [clerk],
  status: 'REGISTERED',
  registration: { number: '15-000001', at: '2019-10-14T10:18:00+05:00' },
  examination: [],
  missingDocuments: [],
  grounds: [],
})

export const refusal = (message = 'AKT-2019-000001/decision/12'): PayloadOf<'decision'> => ({
  kind: 'decision',
  ...head,
  message,
  course: [{ do: 'step', seq: 12, at: '2019-10-14T10:20:00+05:00', by: { id: 'cl-1', role: 'clerk' }, step: 'formRefusal' }],
  people: [clerk],
  resolution: 'NEGATIVE',
  resolvedAt: '2019-10-14T10:20:00+05:00',
  examination: [{ document: 'courses', ok: false, fact: 'Сағат саны жоқ.' }],
  missingDocuments: [{ id: 'diploma', title: { kk: 'диплом', ru: 'диплом' } }],
  grounds: [
    {
      ground: 'incomplete',
      clause: '9',
      text: { kk: 'құжаттар топтамасы толық емес', ru: 'неполный пакет документов' },
      fact: 'Диплом көшірмесі жоқ.',
      remedy: 'Диплом көшірмесін қосып, қайта тапсырыңыз.',
    },
  ],
  papers: [],
})
