import type { LocalText } from '../../../../language/translator.ts'
import type { Organisation } from '../../../../people/model.ts'
import { priorityReasons } from '../../../../queue/queue.ts'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Csrf, Say } from '../local.tsx'

export interface KioskPageProps {
  readonly frame: Frame
  readonly branch: Organisation
  readonly services: readonly { readonly id: string; readonly title: LocalText | null }[]
  /** `service`: none chosen; else a refusal of the queue. */
  readonly wrong?: string
}

/** At the entrance of the hall: what for, in which language, whether somebody may go before others; then a number. */
export const KioskPage = ({ frame, branch, services, wrong }: KioskPageProps) => {
  const { t } = frame.speech
  const said = wrong === undefined ? undefined : wrong === 'service' ? t('public.hall.chooseService') : t(`queue.${wrong}`)
  return (
    <Page frame={frame} title={t('public.hall.title')} hasError={said !== undefined}>
      {said ? <ErrorSummary errorList={[{ text: said, href: '#service' }]} /> : null}
      <p class="govuk-caption-l">
        <Say text={branch.name} />
      </p>
      <h1 class="govuk-heading-l">{t('public.hall.title')}</h1>
      <form class="q-kiosk" method="post" action={`/hall/${branch.id}`}>
        <Csrf frame={frame} />
        <Radios
          name="language"
          classes="govuk-radios--inline"
          fieldset={{ legend: t('public.hall.language') }}
          value={frame.speech.language === 'ru' ? 'ru' : 'kk'}
          items={[
            { value: 'kk', text: t('common.kk') },
            { value: 'ru', text: t('common.ru') },
          ]}
        />
        <Select
          name="priority"
          label={t('public.hall.priority')}
          hint={t('public.hall.priorityHint')}
          items={[
            { value: '', text: t('public.hall.noPriority') },
            ...priorityReasons.map((reason) => ({ value: reason, text: t(`queue.priority.${reason}`) })),
          ]}
        />
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--m" id="service">
            {t('public.hall.what')}
          </legend>
          <p class="govuk-hint">{t('hall.touch')}</p>
          <div class="q-kiosk__services">
            {services.map((service, index) => (
              <ServiceButton service={service} digit={String(index + 1)} />
            ))}
          </div>
        </fieldset>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href={`/hall/${branch.id}/board`}>
          {t('public.hall.board')}
        </a>
      </p>
    </Page>
  )
}

/** One touch gives the ticket: whoever stands before a kiosk chooses once, and the choice is the button. */
const ServiceButton = ({ service: { id, title }, digit }: { service: KioskPageProps['services'][number]; digit: string }) => {
  const { t } = useSpeech()
  return (
    <button class="q-kiosk__service" type="submit" name="service" value={id} data-key={digit}>
      <span>{title ? <Say text={title} /> : t('public.hall.service.answer')}</span>
      <Key name={digit} />
    </button>
  )
}

export const BranchesPage = ({ frame, branches }: { frame: Frame; branches: readonly Organisation[] }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('public.hall.branches')}>
      <h1 class="govuk-heading-l">{t('public.hall.branches')}</h1>
      <ul class="govuk-list">
        {branches.map((branch) => (
          <li>
            <a class="govuk-link" href={`/hall/${branch.id}`}>
              <Say text={branch.name} />
            </a>
            , <Say text={branch.address} />
          </li>
        ))}
      </ul>
    </Page>
  )
}
