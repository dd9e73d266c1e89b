import type { Certificate } from '../certificates/certificate.ts'
import type { TrustStore } from '../certificates/path.ts'
import type { Looked } from '../national/judge.ts'
import type { CertificateReport, RevocationReport, SignatureReport, SignerReport } from './report.ts'

/** Surname and initials, however the certificate has them: its common name is `SURNAME NAME` where it is a person's. */
export function signerIn({ holder }: Certificate): SignerReport {
  const { commonName, surname, patronymic, iin, organisation, bin } = holder
  return { name: shortName(commonName, surname, patronymic), iinMasked: iin === null ? null : masked(iin), organisation, bin }
}

/** Only of a person: a system or an installation is called by its whole name. */
function shortName(commonName: string, surname: string | null, patronymic: string | null): string {
  const whole = visible(commonName)
  const family = visible(surname ?? '')
  if (family === '' || !whole.startsWith(`${family} `)) return whole
  const given = whole.slice(family.length + 1)
  return [family, ...[given, visible(patronymic ?? '')].flatMap((part) => (part === '' ? [] : `${[...part][0] ?? ''}.`))].join(' ')
}

/** Letters that could turn a line around, or hide, are taken out: a stranger chose them. */
const visible = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200)

/** As lists show it. */
const masked = (iin: string): string => `${iin.slice(0, 2)}••••••••${iin.slice(-2)}`

function certificateReport(one: Certificate, { roots }: TrustStore, isSigner: boolean): CertificateReport {
  const { serial, notBefore, notAfter, sha256 } = one
  const root = roots.some((pinned) => pinned.sha256 === sha256)
  const name = isSigner ? signerIn(one).name : visible(one.holder.commonName || one.subject.text)
  return { name, issuer: commonNameIn(one.issuer.text), serial, notBefore, notAfter, sha256, root }
}

const commonNameIn = (text: string): string => visible(/(?:^|, )CN=(.*?)(?:, [A-Z]+=|$)/.exec(text)?.[1] ?? text)

/** The path and what was found of it. */
export function pathReport(
  certificate: Certificate | null,
  looked: Looked,
  trust: TrustStore,
): Pick<SignatureReport, 'path' | 'revocation'> {
  const chain = looked.chain.length > 0 || certificate === null ? looked.chain : [certificate]
  return {
    path: chain.map((one, n) => certificateReport(one, trust, n === 0)),
    revocation: looked.statuses.map(({ certificate: one, status }, n) =>
      revocationReport(n === 0 ? signerIn(one).name : visible(one.holder.commonName), status),
    ),
  }
}

function revocationReport(name: string, status: Looked['statuses'][number]['status']): RevocationReport {
  const nothing = { by: null, made: null, until: null, since: null, reason: null, why: null }
  if (status.kind === 'unknown') return { ...nothing, name, status: 'unknown', why: status.why }
  const { by, thisUpdate: made, nextUpdate: until } = status
  const revoked = status.kind === 'revoked' ? { since: status.since, reason: status.reason } : {}
  return { ...nothing, name, status: status.kind, by, made, until, ...revoked }
}
