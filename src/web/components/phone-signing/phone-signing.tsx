import { raw } from 'hono/html'
import { qrSvg } from '../../../papers/codes.ts'
import { Button } from '../button/button.tsx'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

export interface PhoneSigningProps {
  /** Text of the code, and the same for the phone that shows the page. */
  code: string
  launch: string
  /** RFC 3339 by the reader's clock. */
  until: string
  /** `{ "waiting": true }` until the signature is here. */
  address: string
  /** The demonstration's telephone; absent: a real one. */
  emulator?: string | undefined
}

/** The code for eGov Mobile in a form that is sent once the phone has signed: by the island, or by hand. */
export const PhoneSigning = ({ code, launch, until, address, emulator }: PhoneSigningProps) => {
  const { t, time } = useSpeech()
  return (
    <div class="q-phone" data-island="phone" data-address={address} data-say-offline={t('signing.phonePage.offline')}>
      <p class="govuk-body">{t('signing.phonePage.scan')}</p>
      <div class="q-phone__code" role="img" aria-label={t('signing.phonePage.alt')}>
        {raw(qrSvg(code))}
      </div>
      <p class="govuk-body">
        <a class="govuk-link" href={launch} rel="noreferrer">
          {t('signing.phonePage.launch')}
        </a>
      </p>
      {emulator === undefined ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={emulator} target="_blank" rel="noreferrer">
            {t('signing.phonePage.emulator')}
          </a>
        </p>
      )}
      <p class="q-signing__told" data-phone-told="" role="status" tabindex={-1} />
      <p class="govuk-body" role="status">
        {t('signing.phonePage.waiting')} {t('signing.phonePage.until', { time: time(until) })}
      </p>
      <div class="govuk-button-group">
        <Button
          attributes={{ 'data-key': 's' }}
          text={
            <>
              {t('signing.phonePage.done')} <Key name="s" />
            </>
          }
        />
        <Button name="_sign" value="phone" classes="govuk-button--secondary" text={t('signing.phonePage.anew')} />
        <Button name="_sign" value="key" classes="govuk-button--secondary" text={t('signing.toKey')} />
      </div>
    </div>
  )
}
