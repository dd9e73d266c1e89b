import { randomBytes } from 'node:crypto'
import { replay } from '../../engine/case/evolve.ts'
import { isPointless } from '../../engine/case/notices.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { admit, type Breaker, closedBreaker, learn } from '../../gateway/retry.ts'
import type { Json, Ledger } from '../../ledger/ledger.ts'
import { readEmail, readPhone } from '../../notices/address.ts'
import { type Carriers, type NoticeChannel, noticeChannels } from '../../notices/carrier.ts'
import { afterOffer, afterReport, isOver, type Turn } from '../../notices/course.ts'
import type { NextTry, NoticeLine, NoticeLog } from '../../notices/log.ts'
import { smsLength } from '../../notices/sms.ts'
import type { CaseShelf } from '../caseShelf.ts'
import { toCaseEvent } from '../events.ts'
import type { CaseFile } from '../outcome.ts'
import type { History } from '../reading.ts'
import { openSaid, type Said } from './book.ts'
import { type NoticePayload, noticePayload, noticeTask } from './effects.ts'
import type { NoticeWords } from './words.ts'

export interface DispatchParts {
  readonly shelf: CaseShelf
  readonly log: NoticeLog
  readonly files: Ledger['files']
  readonly carriers: Carriers
  readonly words: (file: CaseFile, kind: NoticePayload['kind'], at: string) => NoticeWords
  /** RFC 3339, by the law's clock in the region of the case. */
  readonly now: (file: CaseFile) => string
  /** Milliseconds of the machine, for tries. */
  readonly machine: () => number
  /** An answer that takes longer is an outage, in ms. */
  readonly timeoutMs?: number
}

/**
 * Carries notices. The handler may run twice for one effect: the line in the log and the notice's own name make it one notice. Nothing here writes to
 * the case: a carrier that is away or slow neither stops a case nor makes anybody's page old.
 */
export function noticeHandler(parts: DispatchParts): (payload: Json) => Promise<void> {
  const breakers = new Map<NoticeChannel, Breaker>()
  return async (given) => {
    const wanted = noticePayload.parse(given)
    const history = await parts.shelf.history(wanted.number)
    if (history === null) return
    for (const channel of wanted.channel === undefined ? noticeChannels : [wanted.channel]) {
      const line = await lineOf(parts, history, wanted, channel)
      if (line !== null && !isOver(line)) await go(parts, breakers, history, wanted, line)
    }
  }
}

const keyOf = ({ version, kind }: NoticePayload) => `${version}/${kind}`

const addressOf = ({ applicant }: CaseState, channel: NoticeChannel): string | null =>
  channel === 'sms' ? readPhone(applicant.phone) : readEmail(applicant.email)

/** The line of the log, made and sealed at the first try; null where the applicant gave no such address. */
async function lineOf(parts: DispatchParts, history: History, wanted: NoticePayload, channel: NoticeChannel): Promise<NoticeLine | null> {
  const { file, events } = history
  const known = (await parts.log.ofCase(file.home, file.number)).find((one) => one.key === keyOf(wanted) && one.channel === channel)
  if (known !== undefined) return known
  const typed = file.state.applicant[channel === 'sms' ? 'phone' : 'email']
  if (typed === undefined) return null
  const past = events.slice(0, wanted.version).map(toCaseEvent)
  const then = replay(past)
  const at = past.at(-1)?.at
  if (then === null || at === undefined) return null
  const words = parts.words({ ...file, version: wanted.version, state: then }, wanted.kind, at)
  const to = addressOf(file.state, channel)
  const said: Said =
    channel === 'sms' ? { to: to ?? typed, body: words.sms } : { to: to ?? typed, subject: words.subject, body: words.mail }
  const now = parts.now(file)
  return parts.log.begin({
    home: file.home,
    case: file.number,
    key: keyOf(wanted),
    channel,
    kind: wanted.kind,
    language: then.application?.language ?? 'kk',
    // What is no address is not offered to a carrier at all.
    ...(to === null ? ({ state: 'refused', code: 'noSuchAddress' } as const) : ({ state: 'waiting', code: null } as const)),
    tries: 0,
    asked: 0,
    segments: channel === 'sms' ? smsLength(words.sms).segments : 1,
    said: await sealed(parts, file, said),
    createdAt: now,
    changedAt: now,
    nextAt: null,
  })
}

/** Salted, because the digest stands in the log in plain: from it alone nobody may find a telephone number by trying them all. */
const sealed = ({ files }: DispatchParts, { home, number }: CaseFile, said: Said): Promise<string> =>
  files.put(home, number, new TextEncoder().encode(JSON.stringify({ ...said, salt: randomBytes(16).toString('hex') })))

async function go(
  parts: DispatchParts,
  breakers: Map<NoticeChannel, Breaker>,
  { file }: History,
  wanted: NoticePayload,
  line: NoticeLine,
): Promise<void> {
  const said = await openSaid(parts.files, line)
  if (said === null) return
  const stale = isPointless(file.bound.court, file.state, wanted.kind) || addressOf(file.state, line.channel) !== said.to
  if (line.state === 'waiting' && stale) {
    await settle(parts, file, wanted, line, { line: { ...line, state: 'pointless', code: null }, afterMs: null })
    return
  }
  const admitted = admit(breakers.get(line.channel) ?? closedBreaker, parts.machine())
  if (!admitted.go) {
    await settle(parts, file, wanted, line, { line, afterMs: admitted.waitMs })
    return
  }
  breakers.set(line.channel, admitted.breaker)
  const carrier = parts.carriers[line.channel]
  const id = `${line.case}/${line.key}/${line.channel}`
  const options = { signal: AbortSignal.timeout(parts.timeoutMs ?? 10_000) }
  const { to, subject, body } = said
  const answer =
    line.state === 'waiting'
      ? await carrier.send({ id, to, body, ...(subject === undefined ? {} : { subject }) }, options)
      : await carrier.delivery(id, options)
  const outage = answer.kind === 'outage'
  breakers.set(line.channel, learn(breakers.get(line.channel) ?? closedBreaker, outage ? 'outage' : 'answered', parts.machine()))
  const turn =
    answer.kind === 'accepted' || answer.kind === 'refused'
      ? afterOffer(line, answer)
      : answer.kind === 'outage' && line.state === 'waiting'
        ? afterOffer(line, answer)
        : afterReport(line, answer)
  await settle(parts, file, wanted, line, turn)
}

/** The line's new standing and its next try, in one transaction. */
async function settle(parts: DispatchParts, file: CaseFile, wanted: NoticePayload, line: NoticeLine, turn: Turn): Promise<void> {
  const nextAt = turn.afterMs === null ? null : new Date(parts.machine() + turn.afterMs).toISOString()
  const changed = turn.line.state === line.state ? line.changedAt : parts.now(file)
  const { state, code, tries, asked } = turn.line
  const next: NextTry | undefined =
    nextAt === null
      ? undefined
      : {
          task: noticeTask,
          // With its moment, so that it is never the name of the effect in hand: graphile-worker would make one job of both, and end both with it.
          key: `${noticeTask}/${line.key}/${line.channel}/${tries}.${asked}/${nextAt}`,
          payload: { number: wanted.number, version: wanted.version, kind: wanted.kind, channel: line.channel },
          runAt: nextAt,
        }
  await parts.log.settle({ ...line, state, code, tries, asked, changedAt: changed, nextAt }, line, next)
}
