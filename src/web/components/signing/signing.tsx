import { Button } from '../button/button.tsx'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

/** One document that the key is asked to sign; the signature comes back in the field. */
export interface SigningDocument {
  /** Name of the hidden field: `_signature`, or `_signature.<number>` where there are several. */
  field: string
  bytes: Uint8Array
}

export interface SigningProps {
  documents: readonly SigningDocument[]
  /** Where NCALayer listens; a path of this server: its emulator. */
  url: string
  /** The window in which the emulator asks. */
  dialog?: string | undefined
  /** Whose key it must be. */
  signer: { iin: string; organisationBin: string }
  /** Any certificate, not only of the national centre: of the emulator. */
  anyChain?: boolean | undefined
  /** The simulator's keys lie on the server and may sign instead. */
  server?: boolean | undefined
  phone?: boolean | undefined
}

/** Words that the island says, by their names in `data-…`. */
const states = [
  ...(['connecting', 'asking', 'askingEach', 'signed'] as const), // the words themselves, not any text
  ...(['cancelled', 'notInstalled', 'notRunning', 'busy', 'wrongPassword', 'cut', 'failed', 'odd'] as const), // the words themselves
] as const
const helps = ['cancelled', 'notInstalled', 'notRunning', 'busy', 'wrongPassword', 'again'] as const

/**
 * The buttons of a form that is sent with signatures. The first asks NCALayer by the island; without script it is sent as it is, and the page that comes
 * back says what can be done instead.
 */
export const Signing = ({ documents, url, dialog, signer, anyChain, server, phone }: SigningProps) => {
  const { t, language } = useSpeech()
  const said = Object.fromEntries([
    ...states.map((state) => [`data-say-${state.toLowerCase()}`, t(`signing.state.${state}`)]),
    ...helps.map((help) => [`data-help-${help.toLowerCase()}`, t(`signing.help.${help}`)]),
    ['data-stop', t('signing.stop')],
    ['data-window', t('signing.window')],
  ])
  return (
    <div
      class="q-signing"
      data-island="ncalayer"
      data-url={url}
      data-dialog={dialog}
      data-iin={signer.iin}
      data-bin={signer.organisationBin}
      data-chain={anyChain ? 'any' : undefined}
      data-locale={language}
      {...said}
    >
      {documents.map(({ field, bytes }) => (
        <input type="hidden" name={field} value="" data-sign={Buffer.from(bytes).toString('base64')} autocomplete="off" />
      ))}
      <div class="govuk-button-group">
        <Button
          name="_sign"
          value="key"
          attributes={{ 'data-key': 's', 'data-sign-key': true }}
          text={
            <>
              {t('signing.key')} <Key name="s" />
            </>
          }
        />
        {phone ? (
          <Button
            name="_sign"
            value="phone"
            classes="govuk-button--secondary"
            attributes={{ 'data-key': 'm' }}
            text={
              <>
                {t('signing.phone')} <Key name="m" />
              </>
            }
          />
        ) : null}
        {server ? <Button name="_sign" value="server" classes="govuk-button--secondary" text={t('signing.server')} /> : null}
        <Button name="_sign" value="change" classes="govuk-button--secondary" text={t('signing.change')} />
      </div>
      <p class="q-signing__told" data-sign-told="" role="status" tabindex={-1} />
      {server ? <p class="govuk-hint">{t('signing.serverHint')}</p> : null}
      <noscript>
        <p class="govuk-body">{t('signing.noScript')}</p>
      </noscript>
    </div>
  )
}
