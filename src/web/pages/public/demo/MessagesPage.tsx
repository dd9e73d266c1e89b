import type { UndeliveredCode } from '../../../../notices/carrier.ts'
import { type Box, type CarrierFaults, edgePhones } from '../../../../notices/simulator/simulator.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Said } from '../../../components/notice-log/notice-log.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { Csrf, Section } from '../local.tsx'

export interface MessagesView {
  readonly boxes: readonly Box[]
  readonly faults: CarrierFaults
  readonly saved: boolean
}

export const undeliveredCodes = ['expired', 'full', 'noSuchAddress'] as const satisfies readonly UndeliveredCode[]

/** The telephones and mailboxes of invented people, side by side, and what may go wrong with them. */
export const MessagesPage = ({ frame, view }: { frame: Frame; view: MessagesView }) => {
  const { t } = frame.speech
  const notice = view.saved ? <NotificationBanner type="success" text={t('notices.box.saved')} /> : undefined
  return (
    <Page
      frame={frame}
      title={t('notices.box.title')}
      before={<BackLink href={paths.demo} text={t('public.demo.title')} />}
      notice={notice}
    >
      <h1 class="govuk-heading-l">{t('notices.box.title')}</h1>
      <p class="govuk-body">{t('notices.box.intro')}</p>
      {view.boxes.length === 0 ? (
        <EmptyState title={t('notices.box.empty')}>{t('notices.box.emptyText')}</EmptyState>
      ) : (
        <ul class="q-phones">
          {view.boxes.map((box) => (
            <BoxCard box={box} />
          ))}
        </ul>
      )}
      <Faults frame={frame} faults={view.faults} />
      <Section id="edges" title={t('notices.box.edges')}>
        <dl class="q-facts">
          {Object.entries(edgePhones).map(([edge, phone]) => (
            <div>
              <dt class="q-number">{phone}</dt>
              <dd>{t(`notices.box.edge.${edge}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  )
}

const states = { there: 'govuk-tag--green', onWay: 'govuk-tag--yellow', lost: 'govuk-tag--red' } as const

const BoxCard = ({ box }: { box: Box }) => {
  const { t, shortDateTime } = useSpeech()
  const { address, channel, messages } = box
  return (
    <li class={`q-phone q-phone--${channel}`}>
      <h2 class="q-phone__address">{t(channel === 'sms' ? 'notices.box.phone' : 'notices.box.mail', { address })}</h2>
      <ol class="q-phone__messages">
        {messages.map((message) => (
          <li>
            <p class="q-phone__when">
              <time datetime={message.takenAt}>{shortDateTime(message.takenAt)}</time>{' '}
              {channel === 'sms' ? t('notices.segments', { count: message.segments }) : ''}{' '}
              <Tag text={t(`notices.box.state.${message.state}`)} classes={states[message.state]} />
            </p>
            <Said words={message} />
          </li>
        ))}
      </ol>
    </li>
  )
}

const Faults = ({ frame, faults }: { frame: Frame; faults: CarrierFaults }) => {
  const { t } = useSpeech()
  return (
    <Section id="faults" title={t('notices.box.faults')}>
      <form method="post" action={paths.messageFaults}>
        <Csrf frame={frame} />
        <Checkboxes
          name="fault"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: t('notices.box.faultsIntro') }}
          items={(['down', 'lostReply', 'refuse'] as const).map((value) => ({
            value,
            text: t(`notices.box.${value}`),
            checked: faults[value],
          }))}
        />
        <Input name="slow" label={t('notices.box.slow')} value={faults.slowMs / 1000} inputmode="numeric" classes="govuk-input--width-3" />
        <Input name="late" label={t('notices.box.late')} value={faults.lateMs / 1000} inputmode="numeric" classes="govuk-input--width-3" />
        <Select
          name="undelivered"
          label={t('notices.box.undelivered')}
          value={faults.undelivered ?? ''}
          items={[
            { value: '', text: t('notices.box.reached') },
            ...undeliveredCodes.map((code) => ({ value: code, text: t(`notices.code.${code}`) })),
          ]}
        />
        <Button text={t('common.save')} />
      </form>
    </Section>
  )
}
