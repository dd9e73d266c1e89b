import { languages } from '../../language/messages.ts'
import { Account } from '../components/account/account.tsx'
import { classes } from '../components/common.ts'
import { Key } from '../components/keys/keys.tsx'
import { LanguageNavigation } from '../components/language-navigation/language-navigation.tsx'
import { ServiceNavigation, type ServiceNavigationItem } from '../components/service-navigation/service-navigation.tsx'
import { useSpeech } from '../components/speech.ts'
import { type Frame, inLanguage } from './Page.tsx'

/** The demonstration's clock stands over every page, in one line: work begins under it. */
export const Demonstration = ({ demonstration }: { demonstration: NonNullable<Frame['demonstration']> }) => {
  const { t } = useSpeech()
  return (
    <aside class="q-demonstration" aria-label={t('layout.demonstration')}>
      <div class="govuk-width-container">
        <strong>{t('layout.demonstration')}</strong> <span class="q-demonstration__text">{t('layout.demonstrationText')}</span>{' '}
        <Clock {...demonstration} />
      </div>
    </aside>
  )
}

const Clock = ({ now, href }: NonNullable<Frame['demonstration']>) => {
  const { t, dateTime } = useSpeech()
  const clock = <time datetime={now}>{t('layout.clock', { time: dateTime(now) })}</time>
  if (href === undefined) return clock
  return (
    <a class="govuk-link" href={href}>
      {clock}
      <span class="q-demonstration__text"> · {t('layout.setClock')}</span>
    </a>
  )
}

/** On a phone the first three letters are seen ("Қаз", "Рус", "Eng"), and the whole word is heard. */
const Languages = ({ path }: { path: string }) => {
  const { t, language } = useSpeech()
  return (
    <LanguageNavigation
      items={languages.map((other) => ({
        text: (
          <>
            {t(`common.${other}`).slice(0, 3)}
            <span class="q-rest">{t(`common.${other}`).slice(3)}</span>
          </>
        ),
        lang: other,
        href: inLanguage(path, other),
        current: other === language,
      }))}
    />
  )
}

const Search = ({ frame }: { frame: Frame }) => {
  const { t } = useSpeech()
  if (!frame.searchAction) return null
  const isSearching = frame.path.split('?')[0] === frame.searchAction
  return (
    <search class={classes('q-search', isSearching && 'q-search--here')}>
      <form method="post" action={frame.searchAction} data-scan={t('search.scanner.going')}>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input
          type="search"
          name="q"
          value={frame.searchValue}
          aria-label={t('layout.searchLabel')}
          placeholder={t('layout.searchLabel')}
          data-key="/"
        />
        <Key name="/" />
        <button type="submit">{t('common.search')}</button>
      </form>
    </search>
  )
}

const Who = ({ frame }: { frame: Frame }) => {
  const { t } = useSpeech()
  if (frame.viewer)
    return (
      <Account {...frame.viewer} duty={frame.viewer.role} csrf={frame.csrf ?? ''}>
        <Languages path={frame.path} />
      </Account>
    )
  return (
    <>
      <Languages path={frame.path} />
      {frame.signInHref ? (
        <a class="q-header__in" href={frame.signInHref}>
          {t('layout.signIn')}
        </a>
      ) : null}
    </>
  )
}

const withKey = (item: ServiceNavigationItem): ServiceNavigationItem => {
  const key = item.attributes?.['data-key']
  if (typeof key !== 'string') return item
  return {
    ...item,
    text: (
      <>
        {item.text} <Key name={key} />
      </>
    ),
  }
}

/** A phone shows a way to the search instead of its field. */
const navigationOf = (frame: Frame, search: string): ServiceNavigationItem[] => [
  ...(frame.navigation ?? []).map(withKey),
  ...(frame.searchAction ? [{ text: search, href: frame.searchAction, attributes: { 'data-phone': '' } }] : []),
]

/** One bar for everything that is not the work itself. */
export const Header = ({ frame }: { frame: Frame }) => {
  const { t } = useSpeech()
  return (
    <header class="q-header">
      <div class="govuk-width-container q-header__bar">
        <a class="q-logo" href="/">
          <img src={frame.assets.icon} alt="" width="28" height="28" />
          <span>{t('common.name')}</span>
        </a>
        {frame.navigation?.length ? (
          <ServiceNavigation
            navigation={navigationOf(frame, t('common.search'))}
            navigationLabel={t('layout.navigation')}
            collapseNavigationOnMobile={false}
          />
        ) : null}
        <Search frame={frame} />
        <Who frame={frame} />
      </div>
    </header>
  )
}
