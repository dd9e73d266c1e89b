import { useSpeech } from '../../../components/speech.ts'
import { SubNavigation } from '../../../components/sub-navigation/sub-navigation.tsx'
import { type Path, paths } from '../../../paths.ts'

const tabs = [
  { href: paths.staff, words: 'staff', key: '1' },
  { href: paths.organisations, words: 'organisations', key: '2' },
  { href: paths.orphans, words: 'orphans', key: '3' },
  { href: paths.journal, words: 'journal', key: '4' },
] as const

/** The four places of whoever keeps accounts. */
export const AdminTabs = ({ current }: { current: Path }) => {
  const { t } = useSpeech()
  return (
    <SubNavigation
      label={t('admin.tabs')}
      items={tabs.map(({ href, words, key }) => ({
        href,
        text: t(`admin.${words}.title`),
        active: href === current,
        attributes: { 'data-key': key },
      }))}
    />
  )
}
