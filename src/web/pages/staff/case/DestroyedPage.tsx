import { Alert } from '../../../components/alert/alert.tsx'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import type { CaseProps } from './CasePage.tsx'
import { Events, Readers } from './Events.tsx'

type Destroyed = NonNullable<CaseProps['history']['file']['state']['destroyed']>

/** What is left of a case whose values and files were destroyed by an order: who ordered it, and the chain, which still proves itself. */
export const DestroyedPage = (props: Pick<CaseProps, 'frame' | 'history' | 'naming' | 'viewer' | 'readers'> & { destroyed: Destroyed }) => {
  const { frame, history, naming, viewer, readers, destroyed } = props
  const { t, dateTime, shortDate } = frame.speech
  const { number, bound } = history.file
  const { order, ground, by, at } = destroyed
  const rows = [
    { key: t('casePage.destroyed.order'), value: t('steps.order', { number: order.number, date: shortDate(order.date) }) },
    { key: t('casePage.destroyed.ground'), value: ground },
    { key: t('casePage.destroyed.by'), value: naming.actor(by, bound.court) },
    { key: t('casePage.destroyed.at'), value: dateTime(at) },
  ]
  return (
    <Page
      frame={frame}
      title={t('components.caseHeader.case', { number })}
      before={<BackLink href={viewer.role === 'supervisor' ? paths.overview : paths.work} text={t('pages.case.toList')} />}
      notice={
        <Alert variant="information" title={t('casePage.destroyed.title')} showTitleAsHeading>
          <p>{t('casePage.destroyed.text')}</p>
        </Alert>
      }
    >
      <h1 class="govuk-heading-l q-number">{t('components.caseHeader.case', { number })}</h1>
      <SummaryList rows={rows.map(({ key, value }) => ({ key: { text: key }, value: { text: value } }))} />
      <Events history={history} naming={naming} />
      {readers === null ? null : <Readers history={history} naming={naming} readers={readers} />}
    </Page>
  )
}
