import { inventedOf } from '../../../../law/invented.ts'
import type { Law } from '../../../../law/model.ts'
import type { Regions } from '../../../../time/regions.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Say } from '../local.tsx'
import { Act, ForceLine } from './Act.tsx'
import { DayForm } from './DayForm.tsx'

export interface RegulationsView {
  readonly on: string
  readonly laws: readonly Law[]
  readonly regions: Regions['regions']
}

export const RegulationsPage = ({ frame, view }: { frame: Frame; view: RegulationsView }) => {
  const { t } = frame.speech
  const regions = [...new Set(view.laws.map(({ regulation }) => regulation.region))]
  return (
    <Page frame={frame} title={t('public.regulations.title')} description={t('proofs.describeAll')}>
      <h1 class="govuk-heading-l">{t('public.regulations.title')}</h1>
      <p class="govuk-body">{t('public.regulations.intro')}</p>
      <DayForm action="/regulations" on={view.on} />
      {regions.map((region) => (
        <section class="q-section" aria-labelledby={`region-${region}`}>
          <h2 class="govuk-heading-m" id={`region-${region}`}>
            <Say text={view.regions[region]?.name ?? { kk: region }} />
          </h2>
          {view.laws
            .filter(({ regulation }) => regulation.region === region)
            .map((law) => (
              <Card law={law} on={view.on} />
            ))}
        </section>
      ))}
      {regions.length === 0 ? <EmptyState title={t('public.regulations.none')} /> : null}
      <p class="govuk-body">
        <a class="govuk-link" href="/law">
          {t('public.law.title')}
        </a>
        {' · '}
        <a class="govuk-link" href={`/calendar/${view.on.slice(0, 4)}`}>
          {t('public.calendar.titleOf', { year: view.on.slice(0, 4) })}
        </a>
        {' · '}
        <a class="govuk-link" href="/why">
          {t('public.why.title')}
        </a>
      </p>
    </Page>
  )
}

const Card = ({ law, on }: { law: Law; on: string }) => {
  const { t } = useSpeech()
  const { regulation } = law
  const invented = inventedOf(law)
  const path = `/regulations/${regulation.id}`
  return (
    <article class="q-card">
      <h3 class="govuk-heading-s">
        <a class="govuk-link" href={`${path}?on=${on}`}>
          <Say text={regulation.title} />
        </a>
      </h3>
      {invented ? (
        <p class="q-invented">
          <strong>{t('public.invented')}.</strong> <Say text={invented} />
        </p>
      ) : null}
      <p class="govuk-body">
        <Act of={regulation.act} />
      </p>
      <ForceLine law={law} on={on} />
      <Button href={`${path}?on=${on}`} text={t('public.regulations.read')} classes="govuk-button--secondary" />
    </article>
  )
}
