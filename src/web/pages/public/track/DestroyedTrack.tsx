import type { CaseState } from '../../../../engine/case/state.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Readers } from './ReadersSection.tsx'
import type { ReadLine } from './readers.ts'

interface DestroyedTrackProps {
  readonly frame: Frame
  readonly number: string
  readonly destroyed: NonNullable<CaseState['destroyed']>
  readonly readers: readonly ReadLine[]
}

/** The applicant's page of a case whose data were destroyed: by which order, and who had read it until then. */
export const DestroyedTrack = ({ frame, number, destroyed, readers }: DestroyedTrackProps) => {
  const { t, dateTime, shortDate } = frame.speech
  const { order, ground, at } = destroyed
  const title = t('public.track.titleOf', { number })
  return (
    <Page frame={frame} title={title}>
      <h1 class="govuk-heading-l q-number">{title}</h1>
      <Alert variant="information" title={t('track.destroyed.title')} showTitleAsHeading>
        <p>{t('track.destroyed.text', { number: order.number, date: shortDate(order.date), at: dateTime(at) })}</p>
        <p>{t('track.destroyed.ground', { ground })}</p>
      </Alert>
      <Readers readers={readers} />
    </Page>
  )
}
