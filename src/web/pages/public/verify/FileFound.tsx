import type { FileFlaw, FileVerdict, PackVerdict } from '../../../../desk/verifying/file.ts'
import { Details } from '../../../components/details/details.tsx'
import { SignatureReports } from '../../../components/signature-reports/signature-reports.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { Say } from '../local.tsx'

const colours = { true: 'govuk-tag--green', false: 'govuk-tag--red', unknown: 'govuk-tag--yellow' } as const // names of classes

/** One answer about a file that somebody brought, and everything that it stands on. */
export const FileFound = ({ verdict }: { verdict: FileVerdict }) => {
  const { t } = useSpeech()
  const { answer, kind, reasons, signatures, statement, digest, pack } = verdict
  return (
    <section class="q-card" aria-labelledby="verdict">
      <h2 class="govuk-heading-m" id="verdict">
        {t(`verify.kind.${kind}`)}: <strong class={`govuk-tag ${colours[answer]}`}>{t(`verify.answer.${answer}`)}</strong>
      </h2>
      <p class="govuk-body">{t(`verify.answerLead.${answer}`)}</p>
      {reasons.map((flaw) => (
        <Flaw of={flaw} />
      ))}
      {statement === null && digest === null ? null : (
        <SummaryList
          rows={[
            statement !== null && { key: t('verify.statement'), value: <Say text={statement.title} /> },
            statement !== null && { key: t('verify.caseNumber'), value: <span class="q-number">{statement.case}</span> },
            digest !== null && { key: 'SHA-256', value: <span class="q-hash">{digest}</span> },
          ]}
        />
      )}
      <SignatureReports reports={signatures} />
      {pack === null ? null : <Pack pack={pack} />}
    </section>
  )
}

const Flaw = ({ of: { code, path } }: { of: FileFlaw }) => {
  const { t } = useSpeech()
  return <WarningText text={t(`verify.flaw.${code}`, { path: shown(path) })} />
}

/** A stranger chose the name: nothing that hides or turns a line around, and not a page of it. */
const shown = (path: string | null): string => (path ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 120)

const Pack = ({ pack: { madeAt, files, cases } }: { pack: PackVerdict }) => {
  const { t, dateTime, number } = useSpeech()
  return (
    <section aria-labelledby="pack">
      <h3 class="govuk-heading-s" id="pack">
        {t('verify.pack.title')}
      </h3>
      <SummaryList
        rows={[
          { key: t('verify.pack.madeAt'), value: isMoment(madeAt) ? dateTime(madeAt) : shown(madeAt) },
          { key: t('verify.pack.files'), value: number(files) },
        ]}
      />
      {cases.map((one, place) => (
        <Details
          open={cases.length === 1}
          summaryText={t('verify.pack.case', { number: shown(one.number), events: one.events, signatures: one.signatures.length })}
        >
          <p>{t(one.sealed ? 'verify.pack.sealed' : 'verify.pack.notSealed')}</p>
          <SignatureReports reports={one.signatures} id={`case-${place}`} />
        </Details>
      ))}
    </section>
  )
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
