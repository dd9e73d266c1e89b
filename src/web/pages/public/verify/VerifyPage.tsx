import type { FileVerdict } from '../../../../desk/verifying/file.ts'
import type { PaperVerdict } from '../../../../desk/verifying/verdict.ts'
import type { Paper } from '../../../../papers/paper.ts'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { FileUpload } from '../../../components/file-upload/file-upload.tsx'
import { Input } from '../../../components/input/input.tsx'
import { grouped } from '../../../components/signature-mark/signature-mark.tsx'
import { SignatureReports } from '../../../components/signature-reports/signature-reports.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { Csrf, Say } from '../local.tsx'
import { FileFound } from './FileFound.tsx'

/** What was typed or sent and could not even be looked at. */
export type Unasked = 'noNumber' | 'noCode' | 'noFile' | 'tooLarge' | 'unknownCode' | 'busy' | 'busyFile'

interface VerifyProps {
  readonly frame: Frame
  readonly number?: string | undefined
  readonly verdict?: PaperVerdict | undefined
  /** Of a file that is no paper of ours. */
  readonly found?: FileVerdict | undefined
  readonly wrong?: Unasked | undefined
}

const fieldOf: Readonly<Record<Unasked, string>> = {
  noNumber: 'number',
  noCode: 'code',
  noFile: 'file',
  tooLarge: 'file',
  unknownCode: 'code',
  busy: 'number',
  busyFile: 'file',
}

/** For anybody who holds a paper of ours, or any file that is signed: is it true, who signed, and is it the last? */
export const VerifyPage = ({ frame, number, verdict, found, wrong }: VerifyProps) => {
  const { t } = frame.speech
  const said = wrong === undefined ? undefined : t(`verify.wrong.${wrong === 'busyFile' ? 'busy' : wrong}`)
  const errorAt = (field: string) => (wrong !== undefined && fieldOf[wrong] === field ? said : undefined)
  return (
    <Page frame={frame} title={t('verify.title')} hasError={wrong !== undefined} description={t('verify.describe')}>
      {said === undefined || wrong === undefined ? null : <ErrorSummary errorList={[{ text: said, href: `#${fieldOf[wrong]}` }]} />}
      <h1 class="govuk-heading-l">{t('verify.title')}</h1>
      {verdict === undefined ? null : <Verdict verdict={verdict} />}
      {found === undefined ? null : <FileFound verdict={found} />}
      {verdict === undefined && found === undefined ? <p class="govuk-body">{t('verify.intro')}</p> : null}
      <form method="post" action={paths.verify} novalidate>
        <Csrf frame={frame} />
        <h2 class="govuk-heading-m">{t('verify.byCode')}</h2>
        <Input
          name="number"
          label={t('verify.number')}
          hint={t('verify.numberHint')}
          value={number}
          autocomplete="off"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={errorAt('number')}
        />
        <Input
          name="code"
          label={t('verify.code')}
          hint={t('verify.codeHint')}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={errorAt('code')}
        />
        <Button text={t('verify.look')} />
      </form>
      <form method="post" action={paths.verify} enctype="multipart/form-data" novalidate>
        <Csrf frame={frame} />
        <h2 class="govuk-heading-m">{t('verify.byFile')}</h2>
        <FileUpload name="file" label={t('verify.file')} hint={t('verify.fileHint')} errorMessage={errorAt('file')} />
        <FileUpload name="signed" label={t('verify.signed')} hint={t('verify.signedHint')} />
        <Button text={t('verify.lookFile')} />
      </form>
    </Page>
  )
}

const Verdict = ({ verdict }: { verdict: PaperVerdict }) => {
  const { t, dateTime } = useSpeech()
  const { valid, reasons, paper, digest, afterwards, signatures } = verdict
  const later = afterwards?.replacedAt ?? afterwards?.copiedAt ?? null
  return (
    <section class="q-card" aria-labelledby="verdict">
      <h2 class="govuk-heading-m" id="verdict">
        <strong class={valid ? 'govuk-tag govuk-tag--green' : 'govuk-tag govuk-tag--red'}>
          {t(valid ? 'verify.true' : 'verify.false')}
        </strong>
      </h2>
      {reasons.map((reason) => (
        <WarningText text={t(`verify.reason.${reason}`)} />
      ))}
      {afterwards?.replacedAt ? <WarningText text={t('verify.replaced', { at: dateTime(afterwards.replacedAt) })} /> : null}
      {later === null || afterwards?.replacedAt ? null : <WarningText text={t('verify.copied', { at: dateTime(later) })} />}
      {afterwards?.destroyed ? <WarningText text={t('verify.destroyed')} /> : null}
      {paper === null ? null : <Said paper={paper} digest={digest} />}
      <SignatureReports reports={signatures.flatMap(({ reports }) => reports)} id="persons" />
    </section>
  )
}

/** No more than stands on the paper itself, and of it what tells one paper from another. */
const Said = ({ paper, digest }: { paper: Paper; digest: string | null }) => {
  const { t, dateTime } = useSpeech()
  return (
    <>
      <p class="govuk-body">{t('verify.compare')}</p>
      <SummaryList
        rows={[
          { key: t('verify.paper'), value: <Say text={paper.title} /> },
          { key: t('verify.number'), value: paper.number },
          { key: t('verify.issuedAt'), value: dateTime(paper.issuedAt) },
          { key: t('verify.issuedBy'), value: <Say text={paper.issuedBy.organisation} /> },
          { key: t('verify.person'), value: `${paper.issuedBy.name}` },
          'applicant' in paper && { key: t('verify.applicant'), value: `${paper.applicant.name} · ${paper.applicant.iinMasked}` },
          digest !== null && { key: 'SHA-256', value: <span class="q-hash">{digest}</span> },
          ...(paper.signatures ?? []).map((mark) => ({
            key: t('verify.signedBy', { name: mark.name }),
            value: (
              <>
                {t(`signedPage.signs.${mark.signs}`)}, {mark.clause}.{' '}
                {t(`signedPage.clock.${mark.clock}`, { at: dateTime(mark.at), authority: mark.authority ?? '' })}
                <br />
                SHA-256: <span class="q-hash">{grouped(mark.digest)}</span>
              </>
            ),
          })),
        ]}
      />
    </>
  )
}
