import { useSpeech } from '../../../components/speech.ts'
import { SubNavigation } from '../../../components/sub-navigation/sub-navigation.tsx'
import { type Path, paths } from '../../../paths.ts'

const tabs = [
  { href: paths.staff, words: 'admin.staff.title', key: '1' },
  { href: paths.organisations, words: 'admin.organisations.title', key: '2' },
  { href: paths.orphans, words: 'admin.orphans.title', key: '3' },
  { href: paths.journal, words: 'admin.journal.title', key: '4' },
  { href: paths.exchanges, words: 'exchanges.short', key: '5' },
  { href: paths.destruction, words: 'destruction.short', key: '6' },
] as const

/** The places of whoever keeps accounts. */
export const AdminTabs = ({ current }: { current: Path }) => {
  const { t } = useSpeech()
  return (
    <SubNavigation
      label={t('admin.tabs')}
      items={tabs.map(({ href, words, key }) => ({
        href,
        text: t(words),
        active: href === current,
        attributes: { 'data-key': key },
      }))}
    />
  )
}
