import { type Backoff, nextAttempt } from '../gateway/retry.ts'
import type { Delivery, Handed } from './carrier.ts'
import type { NoticeLine, NoticeState } from './log.ts'

/** What an answer of the carrier makes of a line, and after how many milliseconds to go on; null: it has come to its end. Pure. */
export interface Turn {
  readonly line: Pick<NoticeLine, 'state' | 'code' | 'tries' | 'asked'>
  readonly afterMs: number | null
}

/** An SMS centre that is away comes back within minutes or hours: asked again after 5 s, then ever less often, at most each quarter of an hour. */
export const offering: Backoff = { firstMs: 5_000, longestMs: 900_000, factor: 2 }
/** With these pauses some four days: a notice older than that is no news. */
export const mostTries = 400
/** Most reports come within seconds; a phone that is off is asked after for some three days, which is as long as a carrier keeps an SMS. */
export const asking: Backoff = { firstMs: 2_000, longestMs: 900_000, factor: 2 }
export const mostAsked = 300

const ended: readonly NoticeState[] = ['delivered', 'undelivered', 'refused', 'givenUp', 'pointless', 'noReport']
export const isOver = (line: Pick<NoticeLine, 'state'>): boolean => ended.includes(line.state)

export function afterOffer(line: NoticeLine, answer: Handed): Turn {
  const tries = line.tries + 1
  const seed = `${line.case}/${line.key}/${line.channel}`
  switch (answer.kind) {
    case 'accepted':
      return { line: { state: 'handed', code: null, tries, asked: 0 }, afterMs: nextAttempt(1, seed, asking) }
    case 'refused':
      return { line: { state: 'refused', code: answer.code, tries, asked: 0 }, afterMs: null }
    case 'outage':
      return tries >= mostTries
        ? { line: { state: 'givenUp', code: answer.code, tries, asked: 0 }, afterMs: null }
        : { line: { state: 'waiting', code: answer.code, tries, asked: 0 }, afterMs: nextAttempt(tries, seed, offering) }
  }
}

export function afterReport(line: NoticeLine, answer: Delivery): Turn {
  const { tries } = line
  const asked = line.asked + 1
  const seed = `${line.case}/${line.key}/${line.channel}/report`
  switch (answer.kind) {
    case 'delivered':
      return { line: { state: 'delivered', code: null, tries, asked }, afterMs: null }
    case 'undelivered':
      return { line: { state: 'undelivered', code: answer.code, tries, asked }, afterMs: null }
    case 'unknown':
      // It was lost with the carrier's memory: offered again under its name.
      return tries >= mostTries
        ? { line: { state: 'givenUp', code: null, tries, asked }, afterMs: null }
        : { line: { state: 'waiting', code: null, tries, asked: 0 }, afterMs: nextAttempt(tries, seed, offering) }
    case 'onWay':
    case 'outage':
      return asked >= mostAsked
        ? { line: { state: 'noReport', code: null, tries, asked }, afterMs: null }
        : { line: { state: 'handed', code: null, tries, asked }, afterMs: nextAttempt(asked, seed, asking) }
  }
}
