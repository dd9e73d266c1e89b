import { type LoggedNotice, NoticeLog } from '../../../components/notice-log/notice-log.tsx'
import { useSpeech } from '../../../components/speech.ts'

/** What the applicant was told, and whether it came: whoever is asked about it at the counter sees it here. */
export const Notices = ({ notices }: { notices: readonly LoggedNotice[] }) => {
  const { t } = useSpeech()
  if (notices.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('notices.staffTitle')}</h2>
      <NoticeLog notices={notices} />
    </section>
  )
}
