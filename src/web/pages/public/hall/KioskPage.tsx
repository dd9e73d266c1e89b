import type { LocalText } from '../../../../language/translator.ts'
import type { Organisation } from '../../../../people/model.ts'
import { priorityReasons } from '../../../../queue/queue.ts'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
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
      <form method="post" action={`/hall/${branch.id}`}>
        <Csrf frame={frame} />
        <Radios
          name="service"
          fieldset={{ legend: t('public.hall.what') }}
          items={services.map(({ id, title }, index) => ({
            value: id,
            text: title ? <Say text={title} /> : t('public.hall.service.answer'),
            checked: index === 0,
          }))}
        />
        <Radios
          name="language"
          fieldset={{ legend: t('public.hall.language') }}
          value={frame.speech.language === 'ru' ? 'ru' : 'kk'}
          items={[
            { value: 'kk', text: t('common.kk') },
            { value: 'ru', text: t('common.ru') },
          ]}
        />
        <Radios
          name="priority"
          fieldset={{ legend: t('public.hall.priority') }}
          hint={t('public.hall.priorityHint')}
          items={[
            { value: '', text: t('public.hall.noPriority'), checked: true },
            ...priorityReasons.map((reason) => ({ value: reason, text: t(`queue.priority.${reason}`) })),
          ]}
        />
        <Button text={t('public.hall.take')} preventDoubleClick />
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href={`/hall/${branch.id}/board`}>
          {t('public.hall.board')}
        </a>
      </p>
    </Page>
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
