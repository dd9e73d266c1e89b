import { useSpeech } from '../../../components/speech.ts'
import { Say, Section } from '../local.tsx'
import type { ReadLine } from './readers.ts'

/** Who read the case, day by day: the staff by role and organisation, and whoever opened it with the receipt. */
export const Readers = ({ readers }: { readers: readonly ReadLine[] }) => {
  const { t } = useSpeech()
  const own = readers.filter((line) => line.own)
  const staff = readers.filter((line) => !line.own)
  return (
    <Section id="readers" title={t('public.track.readers')}>
      <p class="govuk-body">{t('public.track.readersText')}</p>
      {staff.length === 0 ? <p class="govuk-body">{t('public.track.nobodyRead')}</p> : <Lines lines={staff} />}
      {own.length > 0 ? (
        <>
          <h3 class="govuk-heading-s">{t('track.own')}</h3>
          <p class="govuk-body">{t('track.ownText')}</p>
          <Lines lines={own} />
        </>
      ) : null}
    </Section>
  )
}

const Lines = ({ lines }: { lines: readonly ReadLine[] }) => {
  const { t, shortDateTime } = useSpeech()
  return (
    <ul class="govuk-list q-readers">
      {lines.map((line) => (
        <li>
          <time datetime={line.at}>{shortDateTime(line.at)}</time>{' '}
          <span>
            {line.own ? null : t(`public.role.${line.role}`)}
            {line.organisation ? (
              <>
                , <Say text={line.organisation} />
              </>
            ) : null}
            {line.own ? '' : ': '}
            {t(`public.purpose.${line.purpose}`)}
            {line.times > 1 ? ` (${t('public.times', { count: line.times })})` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
