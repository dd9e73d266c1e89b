import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Who } from '../../desk/who.ts'
import { isLanguage, type Language } from '../../language/messages.ts'
import { createSpeech, type Speech } from '../../language/speech.ts'
import { actorOf, type Session } from '../../people/sessions.ts'
import { cookieName, newToken } from '../../people/tokens.ts'
import type { House } from '../house.ts'
import { paths } from '../paths.ts'
import type { Door, DoorContext } from './door.ts'

const languageCookie = 'qyzmet-language'
const visitCookie = 'qyzmet-visit'
/** What pages ask by themselves keeps nobody signed in: the session of an empty chair ends. */
const asksByItself: ReadonlySet<string> = new Set([paths.live, paths.workFresh])
const year = 31_536_000

export const isSecure = (house: House): boolean => house.publicUrl.startsWith('https:')

/** Language by `?lang=`, else by its cookie, else Kazakh; who is signed in, and in whose zone they are spoken to. */
export const recognise =
  (house: House): MiddlewareHandler<Door> =>
  async (c, next) => {
    const language = languageOf(c, isSecure(house))
    c.set('session', null)
    c.set('token', null)
    c.set('who', null)
    c.set('grants', [])
    c.set('saved', null)
    c.set('visit', visitOf(c, isSecure(house)))
    c.set('speech', speechIn(house, language, null))
    const token = getCookie(c, cookieName(isSecure(house)))
    const session = token ? await house.people.session(token, { sign: !asksByItself.has(c.req.path) }) : undefined
    if (token && session) {
      const who = whoIs(house, session)
      c.set('session', session)
      c.set('token', token)
      c.set('who', who)
      c.set('grants', house.people.grantsNow(session.staff))
      c.set('speech', speechIn(house, language, who.region))
    }
    return next()
  }

function languageOf(c: DoorContext, secure: boolean): Language {
  const asked = c.req.query('lang')
  if (isLanguage(asked)) {
    setCookie(c, languageCookie, asked, { path: '/', maxAge: year, sameSite: 'Lax', httpOnly: true, secure })
    return asked
  }
  const kept = getCookie(c, languageCookie)
  return isLanguage(kept) ? kept : 'kk'
}

function visitOf(c: DoorContext, secure: boolean): string {
  const kept = getCookie(c, visitCookie)
  if (kept && /^[\w-]{43}$/.test(kept)) return kept
  const made = newToken()
  setCookie(c, visitCookie, made, { path: '/', sameSite: 'Strict', httpOnly: true, secure })
  return made
}

/** The region of an administrator of the whole installation is the first: only clocks on pages depend on it. */
export function whoIs(house: House, session: Session): Who {
  const actor = actorOf(session)
  const region = house.people.organisation(actor.organisation)?.region ?? firstRegion(house)
  return { actor, region }
}

export const firstRegion = (house: House): string =>
  house.statutes.library.regulations[0]?.regulation.region ?? Object.keys(house.statutes.world.regions.regions)[0] ?? ''

/** A reader without a region is spoken to in the time of Almaty, which is that of most of the country. */
const speechIn = (house: House, language: Language, region: string | null): Speech =>
  createSpeech(house.languages[language], language, region === null ? 'Asia/Almaty' : house.statutes.zoneOf(region))
