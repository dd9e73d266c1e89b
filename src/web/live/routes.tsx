import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { isMark } from '../../desk/marks.ts'
import { placeAt, type Word } from '../../desk/watch.ts'
import { SpeechContext } from '../components/speech.ts'
import { type Door, signedIn } from '../door/door.ts'
import { type FrameOf, Refused } from '../door/errors.tsx'
import type { House } from '../house.ts'
import { Changed } from '../pages/staff/parts/changed.tsx'
import { paths } from '../paths.ts'
import { namingFor } from '../wording/naming.ts'

/** A page shows one case, a confirmation of several at most as many as may be done together. */
const mostCases = 60
/** A line from time to time, so that both ends notice when the other is gone. */
const breathMs = 15_000
/** Pages of a server that ends come back one after another, in ms. */
const comeBackMs = { least: 1_000, spread: 4_000 }

/**
 * What is on the screen while somebody else works: one stream of server-sent events for the page that the reader sees. The page names its cases and
 * their versions, the reader must be allowed to see each, and word goes only about those. Nothing personal travels here, so nothing is entered into
 * the journal; who moved the case is asked for under `/live/cases/…`, which is.
 */
export function liveRoutes(house: House, _frameOf: FrameOf) {
  const routes = new Hono<Door>()

  routes.get(paths.live, async (c) => {
    const { who, session, token } = signedIn(c)
    const asked = (c.req.queries('case') ?? []).slice(0, mostCases).flatMap((text) => {
      const parts = /^([\d-]{12,40}):(\d{1,6})$/.exec(text)
      return parts === null ? [] : [[parts[1] ?? '', Number(parts[2])] as const]
    })
    const may = await Promise.all(asked.map(([number]) => house.reading.maySee(number, who)))
    const cases = new Map(asked.filter((_, index) => may[index]))
    const place = c.req.query('list') === undefined ? undefined : placeAt(who.actor)
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no')
    return streamSSE(c, async (stream) => {
      const said: Word[] = []
      let wake: () => void = () => undefined
      let leaves = false
      const tell = (word: Word) => {
        leaves ||= word.kind === 'goodbye'
        // A list that moved twice is told once.
        if (word.kind === 'list' && said.some(({ kind }) => kind === 'list')) return
        said.push(word)
        wake()
      }
      const end = await house.watch.look({ place, cases, tell })
      stream.onAbort(() => {
        end()
        wake()
      })
      await stream.writeSSE({ event: 'hello', data: '' })
      while (!stream.aborted && !stream.closed) {
        for (const word of said.splice(0)) await stream.writeSSE(eventOf(word))
        if (leaves) break
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, breathMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          if (said.length > 0 || stream.aborted) wake()
        })
        if (said.length > 0 || stream.aborted) continue
        // Whoever was signed out, dismissed or given another role meanwhile hears no more.
        const alive = await house.people.session(token, { sign: false })
        if (alive === undefined || alive.grant.id !== session.grant.id) {
          await stream.writeSSE({ event: 'over', data: '' })
          break
        }
        await stream.write(': \n\n')
      }
      end()
    })
  })

  /** Who moved a case and what they did, for whoever has an older state of it on the screen. */
  routes.get('/live/cases/:number', async (c) => {
    const { who, speech } = signedIn(c)
    const since = Number(c.req.query('since'))
    const history = Number.isInteger(since) && since > 0 ? await house.reading.case(c.req.param('number'), who, 'case') : null
    if (history === null) throw new Refused('notFound')
    if (history.events.every(({ seq, type }) => seq <= since || isMark(type))) return c.body(null, 204)
    return c.html(
      <SpeechContext.Provider value={speech}>
        <Changed history={history} naming={namingFor(house.people, speech)} since={since} viewer={who.actor} />
      </SpeechContext.Provider>,
    )
  })
  return routes
}

function eventOf(word: Word): { event: string; data: string; retry?: number } {
  switch (word.kind) {
    case 'case':
      return { event: 'case', data: `${word.number}:${word.version}` }
    case 'list':
      return { event: 'list', data: '' }
    case 'clock':
      return { event: 'clock', data: String(Math.floor(word.now)) }
    case 'goodbye':
      return { event: 'goodbye', data: '', retry: comeBackMs.least + Math.floor(Math.random() * comeBackMs.spread) }
  }
}
