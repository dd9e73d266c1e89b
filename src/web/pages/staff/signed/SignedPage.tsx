import type { ShownSignature } from '../../../../desk/verifying/signedRoom.ts'
import { digestOf } from '../../../../seal/signed.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { SignatureMark } from '../../../components/signature-mark/signature-mark.tsx'
import { SignatureReports } from '../../../components/signature-reports/signature-reports.tsx'
import { SignedContent } from '../../../components/signed-content/signed-content.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, signedFilePath } from '../../../paths.ts'

interface SignedProps {
  readonly frame: Frame
  readonly number: string
  readonly all: readonly ShownSignature[]
}

/** Everything that was signed in a case: the marks as on the papers, what was signed drawn from its bytes alone, and what the signatures are worth. */
export const SignedPage = ({ frame, number, all }: SignedProps) => {
  const { t } = frame.speech
  const title = t('signedPage.title', { number })
  return (
    <Page frame={frame} title={title} before={<BackLink href={casePath(number)} text={t('signing.back')} />}>
      <h1 class="govuk-heading-l">{title}</h1>
      {all.length === 0 ? <EmptyState title={t('signedPage.none')} /> : <p class="govuk-body">{t('signedPage.lead')}</p>}
      {all.map((one, n) => (
        <One number={number} shown={one} n={n + 1} />
      ))}
    </Page>
  )
}

const One = ({ number, shown: { kept, person }, n }: { number: string; shown: ShownSignature; n: number }) => {
  const { t } = useSpeech()
  const { file, bytes, signature } = kept
  return (
    <section class="q-card" id={file} aria-label={t('signedPage.one', { n })}>
      <h2 class="govuk-heading-m">{t('signedPage.one', { n })}</h2>
      {person === null ? (
        <InsetText text={t('signedPage.unknown', { digest: digestOf(bytes) })} />
      ) : (
        <>
          {person.marks.map((mark) => (
            <SignatureMark mark={mark} />
          ))}
          <h3 class="govuk-heading-s">{t('signedPage.content')}</h3>
          <SignedContent done statement={person.statement} digest={digestOf(bytes)} text={Buffer.from(bytes).toString('utf8')} />
          <SignatureReports reports={person.reports} id={`judged-${n}`} />
        </>
      )}
      <ul class="govuk-list">
        {(['statement', 'signature', ...(signature.evidence === undefined ? [] : (['evidence'] as const))] as const).map((what) => (
          <li>
            <a class="govuk-link" href={signedFilePath(number, file, what)} download>
              {t(`signedPage.save.${what}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
