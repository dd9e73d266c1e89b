import type { PhoneRequest } from '../../../../desk/phoneSigning.ts'
import { codeText, launchLink } from '../../../../seal/egovMobile/protocol.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { PhoneSigning } from '../../../components/phone-signing/phone-signing.tsx'
import { SignedContent } from '../../../components/signed-content/signed-content.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, type Path, phoneAddress, phoneEmulatorAddress, phoneWaitingPath } from '../../../paths.ts'
import type { Signable } from './SignPage.tsx'

export interface PhonePageProps {
  frame: Frame
  request: PhoneRequest
  signable: Signable
  publicUrl: string
  /** Whose telephone of the demonstration may sign, by login; absent: there is none. */
  telephoneOf: string | undefined
  /** By the law's clock, RFC 3339. */
  until: string
  action: Path
  typed: readonly (readonly [string, string])[]
  errors: readonly string[]
}

/** What will be signed, and the code that brings it to the person's phone. */
export const PhonePage = ({ frame, request, signable, publicUrl, telephoneOf, until, action, typed, errors }: PhonePageProps) => {
  const { t, language } = frame.speech
  const { id, number, toBeSigned } = request
  const first = `${publicUrl}${phoneAddress(id)}`
  const title = t('signing.phonePage.title')
  const code = codeText(first)
  const emulator = telephoneOf === undefined ? undefined : phoneEmulatorAddress(code, telephoneOf, language)
  return (
    <Page frame={frame} title={title} hasError={errors.length > 0} before={<BackLink href={casePath(number)} text={t('signing.back')} />}>
      {errors.length > 0 ? <ErrorSummary errorList={errors.map((text) => ({ text, href: '#sign' }))} /> : null}
      <h1 class="govuk-heading-l">{title}</h1>
      <div class="q-columns">
        <div>
          <SignedContent statement={signable.statement} digest={toBeSigned.digest} text={new TextDecoder().decode(toBeSigned.bytes)} />
        </div>
        <form id="sign" method="post" action={action} novalidate tabindex={-1}>
          {typed.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="_phone" value={id} />
          <PhoneSigning code={code} launch={launchLink(first)} until={until} address={phoneWaitingPath(id)} emulator={emulator} />
        </form>
      </div>
    </Page>
  )
}
