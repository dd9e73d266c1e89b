import { BackLink } from '../../components/back-link/back-link.tsx'
import { Button } from '../../components/button/button.tsx'
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx'
import { Input } from '../../components/input/input.tsx'
import { InsetText } from '../../components/inset-text/inset-text.tsx'
import { KeySignIn } from '../../components/key-sign-in/key-sign-in.tsx'
import { PasswordInput } from '../../components/password-input/password-input.tsx'
import { useSpeech } from '../../components/speech.ts'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'
import type { KeyAddress } from '../staff/signing/program.ts'

export interface SignInProps {
  frame: Frame
  next: string | undefined
  login: string
  /** What was not taken: the password or the key. */
  error?: { way: 'password' | 'key'; text: string } | undefined
  demonstration: boolean
  password: boolean
  /** Absent: signing in by key is not open. */
  byKey?: SignInKey | undefined
}

export interface SignInKey {
  challenge: string
  bytes: Uint8Array
  program: KeyAddress
}

/** The ways in: a password, a key of one's own, or both. */
export const SignInPage = (props: SignInProps) => {
  const { frame, next, error, demonstration } = props
  const { t } = frame.speech
  const href = error?.way === 'key' ? '#key' : '#login'
  return (
    <Page frame={frame} title={t('pages.signIn.title')} hasError={error !== undefined} before={<BackLink href={paths.start} />}>
      {error ? <ErrorSummary errorList={[{ text: error.text, href }]} /> : null}
      <h1 class="govuk-heading-l">{t('pages.signIn.title')}</h1>
      {next && /[?&]saved=/.test(next) ? <InsetText text={t('saved.signInText')} /> : null}
      {demonstration && props.password ? <p class="govuk-body">{t('pages.signIn.demonstration')}</p> : null}
      <div class="q-facts q-facts--row">
        {props.password ? <ByPassword {...props} /> : null}
        {props.byKey === undefined ? null : <ByKey asked={props.byKey} {...props} />}
      </div>
    </Page>
  )
}

const Hidden = ({ frame, next }: Pick<SignInProps, 'frame' | 'next'>) => (
  <>
    <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
    {next ? <input type="hidden" name="next" value={next} /> : null}
  </>
)

const ByPassword = ({ frame, next, login, error }: SignInProps) => {
  const { t } = useSpeech()
  return (
    <form method="post" action={paths.signIn} novalidate>
      <Hidden frame={frame} next={next} />
      <Input
        name="login"
        label={t('pages.signIn.login')}
        value={login}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        classes="govuk-input--width-20"
        errorMessage={error?.way === 'password' ? error.text : undefined}
      />
      <PasswordInput name="password" label={t('pages.signIn.password')} classes="govuk-input--width-20" />
      <Button text={t('layout.signIn')} preventDoubleClick />
    </form>
  )
}

const ByKey = ({ asked, frame, next, password }: SignInProps & { asked: SignInKey }) => {
  const { t } = useSpeech()
  const { challenge, bytes, program } = asked
  return (
    <form id="key" method="post" action={paths.signInKey} novalidate tabindex={-1}>
      <Hidden frame={frame} next={next} />
      <input type="hidden" name="challenge" value={challenge} />
      <h2 class="govuk-heading-m">{t('signIn.key.title')}</h2>
      <p class="govuk-body">{t('signIn.key.text')}</p>
      {program.emulated ? <p class="govuk-hint">{t('signing.emulator')}</p> : null}
      <KeySignIn bytes={bytes} url={program.url} dialog={program.dialog} anyChain={program.emulated} password={password} />
    </form>
  )
}
