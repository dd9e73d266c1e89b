import { maskEmail, maskPhone } from '../../../notices/address.ts'
import { useSpeech } from '../speech.ts'
import { Tag } from '../tag/tag.tsx'

/** One message to an applicant, as the channel log has it. */
export interface LoggedNotice {
  readonly kind: string
  readonly channel: 'sms' | 'email'
  readonly state: string
  /** Why it is not delivered. */
  readonly code: string | null
  readonly tries: number
  readonly segments: number
  /** RFC 3339, by the law's clock. */
  readonly createdAt: string
  readonly changedAt: string
  /** Null once they were destroyed with the case. */
  readonly words: { readonly to: string; readonly subject?: string | undefined; readonly body: string } | null
}

export interface NoticeLogProps {
  readonly notices: readonly LoggedNotice[]
  /** The address so far that only its owner knows it again: on a page that a receipt alone opens. */
  readonly masked?: boolean
}

const colours: Readonly<Record<string, string>> = {
  waiting: 'govuk-tag--yellow',
  handed: 'govuk-tag--blue',
  delivered: 'govuk-tag--green',
  undelivered: 'govuk-tag--red',
  refused: 'govuk-tag--red',
  givenUp: 'govuk-tag--red',
}

/** What was sent to whom, when, by which channel, with which outcome and after how many tries; newest first. */
export const NoticeLog = ({ notices, masked }: NoticeLogProps) => (
  <ol class="q-notices">
    {notices.toReversed().map((one) => (
      <Line of={one} masked={masked ?? false} />
    ))}
  </ol>
)

const Line = ({ of, masked }: { of: LoggedNotice; masked: boolean }) => {
  const { t, shortDateTime } = useSpeech()
  const { kind, channel, state, code, tries, segments, createdAt, changedAt, words } = of
  const address = words === null ? '' : masked ? (channel === 'sms' ? maskPhone(words.to) : maskEmail(words.to)) : words.to
  const facts = [
    address === '' ? t(`notices.channel.${channel}`) : t('notices.to', { channel: t(`notices.channel.${channel}`), address }),
    ...(code === null ? [] : [t(`notices.code.${code}`)]),
    ...(tries > 1 ? [t('notices.tries', { count: tries })] : []),
    ...(channel === 'sms' && segments > 1 ? [t('notices.segments', { count: segments })] : []),
  ]
  return (
    <li class="q-notices__one">
      <p class="q-notices__line">
        <strong>{t(`notices.kind.${kind}`)}</strong>{' '}
        <Tag text={t(`notices.state.${state}`)} classes={colours[state] ?? 'govuk-tag--grey'} />
      </p>
      <p class="q-notices__facts">
        <time datetime={createdAt}>{shortDateTime(createdAt)}</time>
        {changedAt === createdAt ? null : (
          <>
            {' → '}
            <time datetime={changedAt}>{shortDateTime(changedAt)}</time>
          </>
        )}
        {' · '}
        {facts.join(' · ')}
      </p>
      {words === null ? (
        <p class="q-notices__facts">{t('notices.destroyed')}</p>
      ) : (
        <details class="q-why">
          <summary>{t('notices.words')}</summary>
          <Said words={words} />
        </details>
      )}
    </li>
  )
}

/** The words exactly as they went out, line by line; a mail has both languages, so each paragraph says which. */
export const Said = ({ words }: { words: { readonly subject?: string | undefined; readonly body: string } }) => (
  <div class="q-notices__said">
    {words.subject ? <p class="q-notices__subject">{words.subject}</p> : null}
    {words.body.split('\n\n').map((part) => (
      <p>{part}</p>
    ))}
  </div>
)
