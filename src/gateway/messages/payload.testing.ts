import type { PayloadOf } from './payload.ts'

const head = {
  format: 'qyzmet.message/1' as const,
  law: { regulation: 'teacher-attestation/aktobe', edition: '2018-07-20', sha256: 'a'.repeat(64) },
  eventAt: '2019-10-14T10:16:00+05:00',
  case: { home: 15, number: 'AKT-2019-000001' },
}

/** An application of an invented teacher, as one workstation sends it to the other. */
export const application = (message = 'AKT-2019-000001/send/7'): PayloadOf<'application'> => ({
  kind: 'application',
  ...head,
  message,
  event: { seq: 7, hash: 'b'.repeat(64) },
  service: 'teacher-attestation',
  channel: 'stateCorp',
  providerBin: '200140999992',
  applicant: { iin: '840404499918', surname: 'СЫНАҚОВА', name: 'ӘСЕЛ', patronymic: 'БОЛАТҚЫЗЫ' },
  asks: 'second',
  holds: false,
  answerIn: 'kk',
  consent: { form: 'written', at: '2019-10-14T10:05:00+05:00' },
  registerExchange: '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11',
  documents: [
    {
      id: 'diploma',
      presented: 'copyWithOriginal',
      pages: 2,
      count: 1,
      file: { sha256: 'c'.repeat(64), size: 51_200, mediaType: 'application/pdf' },
    },
  ],
  operator: { iin: '900712499986', name: 'ҮЛГІБАЕВА ДИНАРА', organisationBin: '160440007161' },
  seal: {
    algorithm: 'ecdsa-p256-sha256/1',
    certificate: 'PEM',
    value: 'AAAA',
    signedAt: '2019-10-14T10:15:00+05:00',
    digest: 'd'.repeat(64),
  },
})

export const progress = (message = 'AKT-2019-000001/registered/9'): PayloadOf<'progress'> => ({
  kind: 'progress',
  ...head,
  message,
  status: 'REGISTERED',
  registration: { number: '15-000001', at: '2019-10-14T10:18:00+05:00' },
})

export const refusal = (message = 'AKT-2019-000001/decision/12'): PayloadOf<'decision'> => ({
  kind: 'decision',
  ...head,
  message,
  resolution: 'NEGATIVE',
  resolvedAt: '2019-10-14T10:20:00+05:00',
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
