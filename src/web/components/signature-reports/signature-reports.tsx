import type { CertificateReport, ReportReason, RevocationReport, SignatureReport } from '../../../seal/report/report.ts'
import { Details } from '../details/details.tsx'
import { useSpeech } from '../speech.ts'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Tag } from '../tag/tag.tsx'

export interface SignatureReportsProps {
  reports: readonly SignatureReport[]
  /** Before the ids, where several lists stand on one page. */
  id?: string
}

const colours = { true: 'govuk-tag--green', false: 'govuk-tag--red', unknown: 'govuk-tag--yellow' } as const // names of classes

/** Signatures as they were judged: of each the answer, why, what to do, and what it stands on. */
export const SignatureReports = ({ reports, id = 'signature' }: SignatureReportsProps) => {
  const { t } = useSpeech()
  if (reports.length === 0) return null
  return (
    <div class="q-reports">
      <h3 class="govuk-heading-s" id={`${id}-all`}>
        {t('signature.title', { count: reports.length })}
      </h3>
      <ol class="q-reports__list">
        {reports.map((report) => (
          <li class="q-reports__one">
            <Report report={report} />
          </li>
        ))}
      </ol>
    </div>
  )
}

const Report = ({ report }: { report: SignatureReport }) => {
  const { t, dateTime } = useSpeech()
  const { answer, reasons, signer, form, part, algorithm } = report
  const [certificate] = report.path
  return (
    <>
      <p class="q-reports__who">
        <strong>{signer?.name ?? t('signature.nobody')}</strong> <Tag text={t(`signature.answer.${answer}`)} classes={colours[answer]} />
      </p>
      {reasons.map((reason) => (
        <Reason reason={reason} />
      ))}
      <SummaryList
        classes="govuk-summary-list--no-border"
        rows={[
          ...whoRows(report, t),
          { key: t('signature.field.moment'), value: <Moment report={report} /> },
          certificate !== undefined && {
            key: t('signature.field.validity'),
            value: t('signature.between', { from: dateTime(certificate.notBefore), until: dateTime(certificate.notAfter) }),
          },
          { key: t('signature.field.algorithm'), value: t(`signature.algorithm.${algorithm ?? 'none'}`) },
          { key: t('signature.field.path'), value: <Path path={report.path} /> },
          report.revocation.length > 0 && {
            key: t('signature.field.revocation'),
            value: report.revocation.map((one) => <Revocation of={one} />),
          },
          part !== null && { key: t('signature.field.part'), value: t('signature.part', { part }) },
        ]}
      />
      {form === 'simulator' && signer !== null ? <p class="govuk-body-s">{t('signature.simulator')}</p> : null}
      <Technical report={report} />
    </>
  )
}

function whoRows({ signer }: SignatureReport, t: ReturnType<typeof useSpeech>['t']) {
  if (signer === null) return []
  const { organisation, bin, iinMasked } = signer
  // The simulator's certificates name an organisation by its BIN alone.
  const place = [organisation === bin ? null : organisation, bin === null ? null : t('signature.bin', { bin })]
    .filter((part) => part !== null)
    .join(', ')
  return [
    place !== '' && { key: t('signature.field.organisation'), value: place },
    iinMasked !== null && { key: t('signature.field.iin'), value: iinMasked },
  ]
}

const Reason = ({ reason }: { reason: ReportReason }) => {
  const { t } = useSpeech()
  return (
    <p class="govuk-inset-text q-reports__reason">
      <strong>{reason === 'noContent' ? t('signature.noContent') : t(`seal.${reason}`)}</strong> {t(`signature.todo.${reason}`)}
    </p>
  )
}

const Moment = ({ report: { moment } }: { report: SignatureReport }) => {
  const { t, dateTime } = useSpeech()
  return <>{t(`signature.clock.${moment.clock}`, { at: dateTime(moment.at), authority: moment.authority ?? '' })}</>
}

const Path = ({ path }: { path: readonly CertificateReport[] }) => {
  const { t } = useSpeech()
  const above = path.length > 1 ? path.slice(1) : path.filter(({ root }) => root)
  if (!path.some(({ root }) => root)) return <>{[...above.map(({ name }) => name), t('signature.noRoot')].join(' → ')}</>
  return <>{above.map(({ name, root }) => (root ? t('signature.root', { name }) : name)).join(' → ')}</>
}

const Revocation = ({ of: { name, status, by, made, since, why } }: { of: RevocationReport }) => {
  const { t, dateTime } = useSpeech()
  const code = why ?? ''
  const kind = code.endsWith('.outage') ? 'outage' : code === 'evidence.none' ? 'none' : 'other'
  const said = {
    name,
    by: by === null ? '' : t(`signature.by.${by}`),
    made: made === null ? '' : dateTime(made),
    since: since === null ? '' : dateTime(since),
    why: t(`signature.why.${kind}`, { code }),
  }
  return <p class="q-reports__line">{t(`signature.status.${status}`, said)}</p>
}

/** For whoever checks by other means. */
const Technical = ({ report: { path, signedAt } }: { report: SignatureReport }) => {
  const { t, dateTime } = useSpeech()
  if (path.length === 0) return null
  return (
    <Details summaryText={t('signature.details')}>
      {signedAt === null ? null : (
        <p>
          {t('signature.field.signedAt')}: {dateTime(signedAt)}
        </p>
      )}
      {path.map(({ name, issuer, serial, sha256 }) => (
        <p class="q-reports__certificate">
          {name} ← {issuer}
          <br />
          {t('signature.field.certificate')}: <span class="q-hash">{serial}</span>
          <br />
          SHA-256: <span class="q-hash">{sha256}</span>
        </p>
      ))}
    </Details>
  )
}
