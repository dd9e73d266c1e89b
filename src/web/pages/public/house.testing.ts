import { join } from 'node:path'
import { Hono } from 'hono'
import type { ShiftedClock } from '../../../desk/clock.ts'
import type { ToldNotice } from '../../../desk/notices/book.ts'
import { readSecret } from '../../../desk/numbers.ts'
import type { History } from '../../../desk/reading.ts'
import { loadLanguages } from '../../../language/load.ts'
import { isLanguage } from '../../../language/messages.ts'
import { createSpeech } from '../../../language/speech.ts'
import type { JournalEntry } from '../../../ledger/ledger.ts'
import { simulateCarriers } from '../../../notices/simulator/simulator.ts'
import type { Session } from '../../../people/sessions.ts'
import { electronicQueue } from '../../../queue/electronic.ts'
import { logInMemory } from '../../../queue/log.ts'
import { loadAssets } from '../../assets/assets.ts'
import type { Door } from '../../door/door.ts'
import type { FrameOf } from '../../door/errors.tsx'
import { onError } from '../../door/errors.tsx'
import type { House } from '../../house.ts'
import { demonstrationOrganisations, organisation, type Played, statutes } from './cases.testing.ts'
import { publicRoutes } from './routes.tsx'

const languages = loadLanguages(join(import.meta.dirname, '..', '..', '..', 'language'))
export const assets = loadAssets()

export interface Visit {
  readonly cases?: readonly { readonly number: string; readonly secret: string; readonly played: Played }[]
  readonly now?: string
  readonly readers?: readonly JournalEntry[]
  readonly told?: readonly ToldNotice[]
  /** Who is signed in: an operator of this branch. */
  readonly operatorAt?: string
  readonly demonstration?: boolean
}

/** What the pages of this folder ask of a house, over the real law, queue and languages; cases are played examples instead of rows. */
export function houseWith({ cases = [], now = '2019-10-14T10:00:00+06:00', readers = [], told = [], demonstration = true }: Visit) {
  let at = Temporal.Instant.from(now).epochMilliseconds
  const clock = {
    now: () => at,
    set: async (moment: number) => {
      at = moment
    },
  }
  const faults = { delayMs: 0, slowMs: 8000, down: false, refuse: null, wrongAnswer: false }
  const carriers = simulateCarriers({ now: () => now })
  const track = async (number: string, secret: string): Promise<History | null> => {
    const found = cases.find((one) => one.number === number && one.secret === readSecret(secret))
    return found === undefined ? null : { file: { ...found.played.file, number }, events: found.played.stored }
  }
  const house = {
    statutes,
    languages,
    assets,
    clock,
    machine: () => 0,
    publicUrl: 'http://127.0.0.1:8080',
    reading: {
      track,
      opens: async (number: string, secret: string) => ((await track(number, secret)) === null ? null : number),
      readers: async () => readers,
    },
    notices: { ofCase: async () => told },
    papers: { print: async () => ({ pdf: new TextEncoder().encode('%PDF-1.7'), sha256: '', fileName: 'x.pdf' }) },
    people: { organisation, organisations: () => demonstrationOrganisations, staffById: () => undefined },
    queue: electronicQueue({ log: logInMemory() }),
    ...(demonstration ? { demonstration: { clock: clock as unknown as ShiftedClock, faults, carriers } } : {}), // the pages only read and set it
  } as unknown as House // the rest of a house belongs to staff pages and API
  return { house, faults, clock, carriers }
}

/** The pages behind a stand-in for the door: language by `?lang=`, nobody or an operator signed in. */
export function publicServer(visit: Visit = {}) {
  const { house, faults, clock, carriers } = houseWith(visit)
  const server = new Hono<Door>()
  server.use(async (c, next) => {
    const asked = c.req.query('lang')
    const language = isLanguage(asked) ? asked : 'kk'
    c.set('speech', createSpeech(languages[language], language, 'Asia/Almaty'))
    c.set('visit', 'x')
    c.set('session', visit.operatorAt === undefined ? null : ({ mustChange: false } as Session)) // only that there is one matters here
    c.set('grants', [])
    const branch = visit.operatorAt
    c.set('token', branch === undefined ? null : 'token')
    c.set(
      'who',
      branch === undefined ? null : { region: 'almaty', actor: { kind: 'staff', id: 'o-1', role: 'operator', organisation: branch } },
    )
    await next()
  })
  server.get('/assets/*', (c) => assets.serve(c.req.raw) ?? c.notFound())
  const frameOf: FrameOf = (c) => {
    const url = new URL(c.req.url)
    return {
      speech: c.get('speech'),
      assets: assets.urls,
      path: `${url.pathname}${url.search}`,
      csrf: 'token-of-this-visit',
      ...(house.demonstration ? { demonstration: { now: new Date(house.clock.now()).toISOString(), href: '/clock' } } : {}),
    }
  }
  server.route('/', publicRoutes(house, frameOf))
  server.onError(
    onError(frameOf, ({ error }) => {
      throw error
    }),
  )
  return { server, faults, clock, carriers, house }
}
