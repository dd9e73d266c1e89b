import type { Context } from 'hono'
import { createSpeech, type Speech } from '../../language/speech.ts'
import { pickText } from '../../language/translator.ts'
import { fullName, ownRoles } from '../../people/model.ts'
import type { Session } from '../../people/sessions.ts'
import { csrfOf, masked } from '../../people/tokens.ts'
import type { ServiceNavigationItem } from '../components/service-navigation/service-navigation.tsx'
import type { House } from '../house.ts'
import type { Frame } from '../layout/Page.tsx'
import { type Path, paths } from '../paths.ts'
import { referredRoles } from '../wording/referred.ts'
import { roleTitle } from '../wording/roles.ts'
import { lettersOf, returning } from './choices.ts'
import type { DoorContext } from './door.ts'
import type { FrameOf } from './errors.tsx'
import { isSecure } from './recognise.ts'

/** Roles of the regulations have a desk. The others watch, and keep the accounts. */
export const hasDesk = (role: string | undefined): boolean => role !== undefined && !ownRoles.includes(role)

/** The frame of the page that answers this request. Works for any context behind the door, and, bare, for one that failed before it. */
export const frameFor = (house: House): FrameOf => {
  return (context: Context): Frame => {
    const c: DoorContext = context
    const speech = c.get('speech') ?? createSpeech(house.languages.kk, 'kk', 'Asia/Almaty')
    const session = c.get('session') ?? null
    const url = new URL(c.req.url)
    return {
      speech,
      assets: house.assets.urls,
      path: `${url.pathname}${url.search}`,
      csrf: masked(session?.csrf ?? csrfOf(c.get('visit') ?? '')),
      letters: lettersOf(c),
      returning: returning(c, isSecure(house)),
      ...(session === null ? { signInHref: paths.signIn } : signedFrame(house, c, session, url)),
      ...(house.demonstration ? { demonstration: { now: new Date(house.clock.now()).toISOString(), href: paths.clock } } : {}),
    }
  }
}

function signedFrame(house: House, c: DoorContext, session: Session, url: URL): Partial<Frame> {
  const { t, language } = c.get('speech')
  const { role, organisation } = session.grant
  const place = house.people.organisation(organisation)
  const item = (text: string, href: Path, key: string): ServiceNavigationItem => ({
    text,
    href,
    attributes: { 'data-key': key },
    current: url.pathname === href,
    active: url.pathname !== href && url.pathname.startsWith(`${href}/`),
  })
  const navigation = [
    ...(hasDesk(role) ? [item(t('pages.work.title'), paths.work, 'w')] : []),
    ...(role === 'operator' ? [item(t('public.window.title'), paths.window, 'q')] : []),
    ...(role === 'supervisor'
      ? [
          item(t('pages.overview.title'), paths.overview, 'o'),
          item(t('admin.journal.title'), paths.journal, 'u'),
          item(t('exchanges.short'), paths.exchanges, 'x'),
        ]
      : []),
    ...(place && hasDesk(role) && referredRoles(house, place, role).length > 0
      ? [item(t('admin.performers.title'), paths.performers, 'e')]
      : []),
    ...(role === 'administrator' ? [item(t('pages.staff.title'), paths.staff, 'p')] : []),
    ...(c.get('grants').length > 1 ? [item(t('pages.grant.title'), paths.grant, 'g')] : []),
    item(t('pages.regulations'), paths.regulations, 'r'),
  ]
  const reads = hasDesk(role) || role === 'supervisor'
  const shut = session.mustChange || session.mustSetUp
  return {
    viewer: {
      name: fullName(session.staff.name),
      role: actingTitle(roleTitle(house, c.get('speech'), role, place), session, c.get('speech')),
      href: paths.me,
      ...(place ? { place: pickText(place.name, language).text } : {}),
    },
    session: { left: session.endsAt - house.machine() },
    navigation: shut ? [] : navigation,
    ...(reads && !shut ? { searchAction: paths.search, searchValue: '' } : {}),
  }
}

/** Whoever acts for somebody is told so on every page, with the order. */
function actingTitle(title: string, { grant }: Session, { t, shortDate }: Speech): string {
  const { acting, order } = grant
  return acting && order ? t('people.actingAs', { title, number: order.number, date: shortDate(order.date) }) : title
}
