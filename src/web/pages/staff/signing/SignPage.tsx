import type { Statement } from '../../../../desk/statement.ts'
import type { ToBeSigned } from '../../../../seal/seal.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { SignedContent } from '../../../components/signed-content/signed-content.tsx'
import { Signing } from '../../../components/signing/signing.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import type { Path } from '../../../paths.ts'

/** One thing that is to be signed. */
export interface Signable {
  readonly field: string
  readonly toBeSigned: ToBeSigned
  readonly statement: Statement
}

export interface SignPageProps {
  frame: Frame
  signables: readonly Signable[]
  /** Where the form goes, and everything that was typed, so that nothing is lost on the way. */
  action: Path
  typed: readonly (readonly [string, string])[]
  back: Path
  backText: string
  /** Where NCALayer listens, or its emulator with the window in which it asks. */
  program: { readonly url: string; readonly dialog?: string; readonly emulated: boolean }
  server: boolean
  phone: boolean
  /** Why an earlier signature was not taken. */
  errors?: readonly string[]
}

/** What will be signed, whole and drawn from the signed bytes alone, and the ways of signing it. */
export const SignPage = (props: SignPageProps) => {
  const { frame, signables, errors = [] } = props
  const { t } = frame.speech
  const many = signables.length > 1
  const title = many ? t('signing.titleMany', { count: signables.length }) : t('signing.title')
  const signer = signables[0]?.toBeSigned.signer
  return (
    <Page frame={frame} title={title} hasError={errors.length > 0} before={<BackLink href={props.back} text={props.backText} />}>
      {errors.length > 0 ? <ErrorSummary errorList={errors.map((text) => ({ text, href: '#sign' }))} /> : null}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t(many ? 'signing.leadMany' : 'signing.lead')}</p>
      {props.program.emulated ? <InsetText text={t('signing.emulator')} /> : null}
      {signables.map(({ statement, toBeSigned }) => (
        <section class="q-card" aria-label={statement.case}>
          <SignedContent statement={statement} digest={toBeSigned.digest} text={new TextDecoder().decode(toBeSigned.bytes)} />
        </section>
      ))}
      {signer === undefined ? null : (
        <form id="sign" method="post" action={props.action} novalidate tabindex={-1}>
          {props.typed.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Signing
            documents={signables.map(({ field, toBeSigned }) => ({ field, bytes: toBeSigned.bytes }))}
            signer={signer}
            url={props.program.url}
            dialog={props.program.dialog}
            anyChain={props.program.emulated}
            server={props.server}
            phone={props.phone}
          />
        </form>
      )}
    </Page>
  )
}
