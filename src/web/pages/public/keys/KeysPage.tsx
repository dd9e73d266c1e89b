import { Button } from '../../../components/button/button.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { Csrf, Section } from '../local.tsx'

/** What each key does, by where it works; the words are `keys.<group>.<name>`. */
const groups = {
  everywhere: [
    ['search', ['/']],
    ['help', ['?']],
    ['back', ['Esc']],
    ['hinted', ['N', '…']],
    ['typing', ['Alt+N', '…']],
  ],
  lists: [
    ['move', ['↓', '↑', 'J', 'K']],
    ['open', ['Enter']],
    ['choose', ['X']],
    ['range', ['Shift+X']],
    ['all', ['A']],
  ],
  forms: [
    ['digit', ['1', '…', '9']],
    ['send', ['Ctrl+Enter']],
    ['leave', ['Esc']],
  ],
} as const
const order = ['everywhere', 'lists', 'forms'] as const

const Keys = ({ caps }: { caps: readonly string[] }) => (
  <span class="q-row q-row--near">{caps.map((cap) => (cap === '…' ? cap : <kbd class="q-kbd">{cap}</kbd>))}</span>
)

const Group = ({ name }: { name: (typeof order)[number] }) => {
  const { t } = useSpeech()
  return (
    <Section id={`keys-${name}`} title={t(`keys.${name}.title`)}>
      <dl class="q-keys">
        {groups[name].map(([action, caps]) => (
          <div>
            <dt>
              <Keys caps={caps} />
            </dt>
            <dd>{t(`keys.${name}.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

/** The keys of the office, and the switch for those of one letter (WCAG 2.1.4: speech input and a stray hand press letters unasked). */
export const KeysPage = ({ frame }: { frame: Frame }) => {
  const { t } = frame.speech
  const off = frame.letters === 'off'
  return (
    <Page frame={frame} title={t('keys.title')}>
      <h1 class="govuk-heading-l">{t('keys.title')}</h1>
      <p class="govuk-body">{t('keys.text')}</p>
      <noscript>
        <p class="govuk-inset-text">{t('keys.noScript')}</p>
      </noscript>
      {order.map((name) => (
        <Group name={name} />
      ))}
      <Section id="keys-letters" title={t('keys.letters.title')}>
        <p class="govuk-body">{t(off ? 'keys.letters.off' : 'keys.letters.on')}</p>
        <form method="post" action={paths.keys}>
          <Csrf frame={frame} />
          <input type="hidden" name="letters" value={off ? 'on' : 'off'} />
          <Button classes="govuk-button--secondary" text={t(off ? 'keys.letters.switchOn' : 'keys.letters.switchOff')} />
        </form>
      </Section>
    </Page>
  )
}
