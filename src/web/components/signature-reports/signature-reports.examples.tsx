import type { SignatureReport } from '../../../seal/report/report.ts'
import type { Example } from '../gallery/gallery.ts'
import { SignatureReports } from './signature-reports.tsx'

const root = {
  ...{ name: 'ДЕМО НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ', issuer: 'ДЕМО НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ', serial: '41', root: true },
  ...{ notBefore: '2009-10-14T00:00:00Z', notAfter: '2039-10-14T00:00:00Z', sha256: 'a1'.repeat(32) },
}
const authority = { ...root, name: 'ДЕМО КУӘЛАНДЫРУШЫ ОРТАЛЫҚ', serial: '42', root: false, sha256: 'b2'.repeat(32) }
const own = {
  ...{ name: 'ҮЛГІБАЕВА А. Д.', issuer: authority.name, serial: '5f3c', root: false, sha256: 'c3'.repeat(32) },
  ...{ notBefore: '2018-10-14T00:00:00Z', notAfter: '2022-10-14T00:00:00Z' },
}
const nothing = { by: null, made: null, until: null, since: null, reason: null, why: null }
const good = { ...nothing, status: 'good', by: 'ocsp', made: '2019-10-14T05:20:02Z', until: '2019-10-14T05:40:02Z' } as const // the words

const whole: SignatureReport = {
  answer: 'true',
  reasons: [],
  form: 'cms',
  signer: { name: own.name, iinMasked: '80••••••••17', organisation: '«АЛМАТЫ ҚАЛАСЫ БІЛІМ БАСҚАРМАСЫ» КММ', bin: '011040998864' },
  algorithm: 'gost2015-512',
  digest: 'streebog512',
  signedAt: '2019-10-14T11:20:00+06:00',
  moment: { at: '2019-10-14T05:20:01Z', clock: 'timestamp', authority: 'ДЕМО УАҚЫТ БЕЛГІСІ ҚЫЗМЕТІ' },
  path: [own, authority, root],
  revocation: [
    { ...good, name: own.name },
    { ...good, name: authority.name, by: 'crl' },
  ],
  part: null,
}

const strange: SignatureReport = {
  ...whole,
  answer: 'unknown',
  reasons: ['expired', 'untrusted'],
  form: 'xml',
  moment: { at: '2026-11-26T10:00:00+05:00', clock: 'now', authority: null },
  path: [own],
  revocation: [],
  part: '/request/data[2]',
}

const forged: SignatureReport = {
  ...whole,
  ...{
    answer: 'false',
    reasons: ['otherContent', 'revoked'],
    moment: { at: '2019-10-14T11:21:00+06:00', clock: 'receipt', authority: null },
  },
  revocation: [
    { ...good, name: own.name, status: 'revoked', since: '2019-10-01T00:00:00Z', reason: 'keyCompromise' },
    { ...nothing, name: authority.name, status: 'unknown', why: 'crl.outage' },
  ],
}

const empty: SignatureReport = {
  ...{
    answer: 'unknown',
    reasons: ['noContent', 'statusUnknown'],
    form: 'simulator',
    signer: null,
    algorithm: null,
    digest: null,
    signedAt: null,
  },
  ...{ path: [], revocation: [], part: null, moment: { at: '2026-11-26T10:00:00+05:00', clock: 'given', authority: null } },
}

export const examples = (): readonly Example[] => [
  { name: 'true, with its time-stamp', element: <SignatureReports reports={[whole]} id="report-1" /> },
  { name: 'two signers, one of nobody’s trust', element: <SignatureReports reports={[whole, strange]} id="report-2" /> },
  { name: 'not true', element: <SignatureReports reports={[forged]} id="report-3" /> },
  { name: 'nothing to judge', element: <SignatureReports reports={[{ ...whole, form: 'simulator' }, empty]} id="report-4" /> },
]
