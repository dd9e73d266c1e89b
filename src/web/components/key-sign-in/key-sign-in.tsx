import { Button } from '../button/button.tsx'
import { useSpeech } from '../speech.ts'

export interface KeySignInProps {
  /** What the key signs; made again by the server when the signature comes. */
  bytes: Uint8Array
  /** Where NCALayer listens; a path of this server: its emulator. */
  url: string
  /** The window in which the emulator asks. */
  dialog?: string | undefined
  /** Any certificate, not only of the national centre: of the emulator. */
  anyChain?: boolean | undefined
  /** Login and password are open too. */
  password: boolean
}

/** Words that the island says, by their names in `data-…`: those of signing, where it is the same whatever the key is asked for. */
const shared = ['connecting', 'notInstalled', 'notRunning', 'busy'] as const
const states = ['asking', 'signed', 'cancelled', 'wrongPassword', 'cut', 'failed', 'odd'] as const
const sharedHelps = ['notInstalled', 'notRunning', 'wrongPassword', 'again'] as const
const helps = ['cancelled', 'busy'] as const
/** Of keys for signing in (RFC 5280, id-kp-clientAuth), as the national centre issues them. */
const signInUsage = '1.3.6.1.5.5.7.3.2'

/** The button of a form that is sent with a key's answer to a challenge, by the island of signing. Without script it says what is needed. */
export const KeySignIn = ({ bytes, url, dialog, anyChain, password }: KeySignInProps) => {
  const { t, language } = useSpeech()
  const said = Object.fromEntries([
    ...shared.map((state) => [`data-say-${state.toLowerCase()}`, t(`signing.state.${state}`)]),
    ...states.map((state) => [`data-say-${state.toLowerCase()}`, t(`signIn.key.state.${state}`)]),
    ['data-say-askingeach', t('signIn.key.state.asking')],
    ...sharedHelps.map((help) => [`data-help-${help.toLowerCase()}`, t(`signing.help.${help}`)]),
    ...helps.map((help) => [`data-help-${help.toLowerCase()}`, t(`signIn.key.help.${help}`)]),
    ['data-stop', t('signing.stop')],
    ['data-window', t('signing.window')],
  ])
  return (
    <div
      class="q-signing"
      data-island="ncalayer"
      data-url={url}
      data-dialog={dialog}
      data-usages={signInUsage}
      data-chain={anyChain ? 'any' : undefined}
      data-locale={language}
      {...said}
    >
      <input type="hidden" name="_signature" value="" data-sign={Buffer.from(bytes).toString('base64')} autocomplete="off" />
      <Button
        name="_sign"
        value="key"
        classes={password ? 'govuk-button--secondary' : undefined}
        attributes={{ 'data-sign-key': true }}
        text={t('signIn.key.button')}
      />
      <p class="q-signing__told" data-sign-told="" role="status" tabindex={-1} />
      <noscript>
        <p class="govuk-body">
          {t('signIn.key.noScript')} {password ? t('signIn.key.noScriptPassword') : null}
        </p>
      </noscript>
    </div>
  )
}
