import { isDeepStrictEqual } from 'node:util'
import { momentIn } from '../../../src/desk/clock.ts'
import { plain, toCaseEvent, toNewEvents } from '../../../src/desk/events.ts'
import { noticeEffects } from '../../../src/desk/notices/effects.ts'
import { homeOf } from '../../../src/desk/numbers.ts'
import type { CaseFile } from '../../../src/desk/outcome.ts'
import { decide } from '../../../src/engine/case/decide.ts'
import { evolve } from '../../../src/engine/case/evolve.ts'
import { isRefusal } from '../../../src/engine/case/refusal.ts'
import type { CaseState } from '../../../src/engine/case/state.ts'
import type { NewEvent, StoredEvent } from '../../../src/ledger/ledger.ts'
import type { Office } from '../office.ts'
import type { History, Sending } from './servers.ts'

interface Context {
  readonly file: CaseFile
  readonly times: History['times']
  readonly zone: string
}

/** A case as it stood after one accepted command. */
interface Stage {
  readonly version: number
  readonly state: CaseState | null
  readonly by: Sending | null
}

/**
 * What in the history no order of its commands explains, as lines; none is what a ledger owes. The pure engine is the oracle: it is asked again what each
 * accepted command had to write at its place in the chain, and whether each refusal was one at some moment between its question and its answer.
 */
export async function unexplained(office: Office, history: History): Promise<string[]> {
  const found: string[] = []
  const jobs = await jobsOf(office, history)
  for (const { number, region } of history.cases) {
    const sendings = history.sendings.filter(({ sent }) => sent.number === number)
    const file = await office.file(number)
    const context = { file, times: history.times, zone: office.statutes.zoneOf(region) }
    const { stages, effects, problems } = replayed(context, await office.events(number), sendings)
    found.push(...problems, ...sendings.flatMap((one) => misanswered(context, stages, one, sendings)))
    const waiting = jobs.filter(({ key }) => key.split('/')[1] === number).map(({ key, task }) => `${task} ${key}`)
    if (!isDeepStrictEqual(waiting, effects.sort())) found.push(`${number}: effects ${waiting.join(', ')}, not ${effects.join(', ')}`)
  }
  return [...found, ...twofold(history)]
}

/** Command by command in the order of the chain: each wrote what the engine decides from the state before it. */
function replayed(context: Context, events: readonly StoredEvent[], sendings: readonly Sending[]) {
  const { file } = context
  const accepted = sendings
    .filter(({ outcome }) => outcome.kind === 'done' && !outcome.repeated)
    .sort((a, b) => versionOf(a) - versionOf(b))
  const stages: Stage[] = [{ version: 0, state: null, by: null }]
  const effects: string[] = []
  const problems: string[] = []
  let state: CaseState | null = null
  let version = 0
  for (const one of accepted) {
    const name = `${file.number} ${one.sent.command.do} ${'step' in one.sent.command ? one.sent.command.step : ''} → version ${versionOf(one)}`
    const written = events.slice(version, versionOf(one))
    const before = state
    const law = file.bound.court
    const decisions = timesOf(context, one).map((now) => decide(law, before, one.sent.command, now))
    const same = decisions.find(
      (decided) => !isRefusal(decided) && isDeepStrictEqual(toNewEvents(file.bound.law, decided.events).map(bare), written.map(bare)),
    )
    if (same === undefined || isRefusal(same)) problems.push(`${name}: the engine decides otherwise from version ${version}`)
    else effects.push(...same.effects.map(({ task, key }) => `${task} ${file.home}/${file.number}/${key}`))
    for (const event of written) state = evolve(state, toCaseEvent(event))
    version = versionOf(one)
    if (state === null) return { stages, effects, problems: [...problems, `${name}: nothing was written`] }
    const notices = noticeEffects({ number: file.number, version, law, before, after: state, events: written.map(toCaseEvent) })
    effects.push(...notices.map(({ task, key }) => `${task} ${file.home}/${file.number}/${key}`))
    stages.push({ version, state, by: one })
  }
  if (version !== events.length) problems.push(`${file.number}: ${events.length - version} events of nobody`)
  return { stages, effects: [...new Set(effects)], problems }
}

/** An event as both sides have it: what the ledger adds, and the books that the desk lays beside a paper, are left out. */
function bare({ type, schema, at, actor, clause, law, data, personal }: NewEvent) {
  const { personal: _digests, ...own } = data
  const { books: _books, ...values } = personal ?? {}
  return plain({ type, schema, at, actor, clause, law, data: own, personal: values })
}

function misanswered(context: Context, stages: readonly Stage[], one: Sending, all: readonly Sending[]): string[] {
  const { file } = context
  const { sent, outcome } = one
  const name = `${file.number} ${sent.command.do} ${'step' in sent.command ? sent.command.step : ''} (${one.began}–${one.ended})`
  const could = stages.filter((_stage, index) => index > 0 && mayBeSeen(stages, index, one))
  const decisions = () =>
    timesOf(context, one).flatMap((now) => could.map(({ state }) => decide(file.bound.court, state, sent.command, now)))
  const first = all.find((other) => other.sent.request.key === sent.request.key && other.outcome.kind === 'done' && !other.outcome.repeated)
  switch (outcome.kind) {
    case 'done':
      if (!outcome.repeated || sent.command.do === 'mark') return []
      if (first === undefined)
        return decisions().some((d) => !isRefusal(d) && d.events.length === 0) ? [] : [`${name}: repeats what was never done`]
      return isDeepStrictEqual(first.sent.command, sent.command) && versionOf(first) === outcome.version
        ? []
        : [`${name}: is answered as another command was`]
    case 'refused':
      return decisions().some((d) => isRefusal(d) && isDeepStrictEqual(plain(d.refused), plain(outcome.refusal)))
        ? []
        : [`${name}: is refused (${outcome.refusal.code}), and at no moment the engine refuses so`]
    case 'changed':
      return could.some(({ version }) => version !== sent.request.seen && version === outcome.version)
        ? []
        : [`${name}: is told of version ${outcome.version}, which there was not`]
    case 'keyReused':
      return first !== undefined && !isDeepStrictEqual(first.sent.command, sent.command) ? [] : [`${name}: its key was used by nobody else`]
    default:
      return [`${name}: ${outcome.kind}`]
  }
}

/** Begun before the answer was there, and no later state acknowledged before the question. */
function mayBeSeen(stages: readonly Stage[], index: number, { began, ended }: Sending): boolean {
  const begun = stages[index]?.by?.began ?? 0
  return begun < ended && !stages.slice(index + 1).some((later) => (later.by?.ended ?? 0) < began)
}

/** Every time that the law's clock showed while the command was on its way. */
function timesOf({ times, zone }: Context, { began, ended }: Sending): string[] {
  return times
    .filter(({ from }, index) => from <= ended && (times[index + 1]?.from ?? Number.POSITIVE_INFINITY) >= began)
    .map(({ time }) => momentIn(zone, time))
}

/** One key, one result, however often and wherever it was sent. */
function twofold({ sendings }: History): string[] {
  const done = sendings.filter(({ outcome, sent }) => outcome.kind === 'done' && sent.command.do !== 'mark')
  return [...Map.groupBy(done, ({ sent }) => sent.request.key)].flatMap(([key, all]) => {
    const results = new Set(all.map((one) => `${one.sent.number} ${versionOf(one)}`))
    const news = all.filter(({ outcome }) => outcome.kind === 'done' && !outcome.repeated).length
    const silent = all.every(({ outcome }) => outcome.kind === 'done' && outcome.repeated)
    return news > 1 || (!silent && results.size > 1) ? [`key ${key}: ${[...results].join(', ')}; ${news} times new`] : []
  })
}

const versionOf = ({ outcome }: Sending): number => (outcome.kind === 'done' ? outcome.version : 0)

async function jobsOf({ ledger }: Office, { cases }: History): Promise<{ key: string; task: string }[]> {
  const prefixes = cases.map(({ number }) => `${homeOf(number)}/${number}/`)
  const { rows } = await ledger.database.pool.query<{ key: string; task: string }>(
    `select key, task_identifier as task from graphile_worker.jobs
     where exists (select from unnest($1::text[]) as p where starts_with(key, p)) order by task_identifier || ' ' || key collate "C"`,
    [prefixes],
  )
  return rows
}
