import { createHash } from 'node:crypto'
import { partyOf } from '../../engine/case/dues.ts'
import type { Actor } from '../../engine/case/events.ts'
import { replay } from '../../engine/case/evolve.ts'
import { stepOf } from '../../engine/case/law.ts'
import { isRunning } from '../../engine/case/parts.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { Ledger, StoredEvent } from '../../ledger/ledger.ts'
import { location } from '../../people/location.ts'
import type { People } from '../../people/people.ts'
import { foldLogin } from '../../people/shape.ts'
import type { SigningSeal } from '../../seal/seal.ts'
import { type CaseShelf, createCaseShelf } from '../caseShelf.ts'
import { momentIn } from '../clock.ts'
import { createDesk, type Desk } from '../desk.ts'
import { toCaseEvent } from '../events.ts'
import type { Outcome } from '../outcome.ts'
import type { Bound, Statutes } from '../statutes.ts'
import { answerOf, inputOf, type Part } from './given.ts'
import type { Applicant, Aside, Stories, Story } from './stories.ts'

export interface SeedParts {
  readonly ledger: Ledger
  readonly statutes: Statutes
  readonly people: Pick<People, 'isPerformer' | 'organisation' | 'staffOf' | 'staffById' | 'staffByLogin'>
  readonly seal: SigningSeal
  /** Milliseconds since the epoch by the law's clock: everything happens before. */
  readonly until: number
  /** Told the number that a story's case was given. */
  readonly opened?: (number: string) => void
}

/** One case on its way: its own desk, whose clock stands where the story is. */
interface Play {
  readonly parts: SeedParts
  readonly desk: Desk
  readonly shelf: CaseShelf
  readonly bound: Bound
  readonly part: Part
  readonly stories: Stories
  readonly zone: string
  readonly number: string
  readonly time: { now: number }
  readonly said: { count: number }
  /** After a restart: what the ledger holds already, until the story has caught up with it. */
  readonly ahead: { events: readonly StoredEvent[] }
}

/**
 * Plays one story through the desk. Every request has a name of its own and every moment follows from the seed, so a story that was cut off
 * goes over what it did, which changes nothing, and then on.
 */
export async function play(parts: SeedParts, stories: Stories, story: Story, applicant: Applicant): Promise<void> {
  const one = await open(parts, stories, story, applicant)
  const asides = [...story.also]
  for (;;) {
    const state = await stateNow(one)
    const step = state.step
    if (step === null) break
    const aside = asides[0]?.at === step.id ? asides.shift() : undefined
    if (aside !== undefined) await doAside(one, state, aside)
    else if (step.awaiting !== undefined) {
      if (story.waits === 'outside') break
      await answer(one, state)
    } else if (story.waits === step.id && asides.length === 0) break
    else await doStep(one, state)
  }
  for (const aside of asides) await doAside(one, await stateNow(one), aside)
  await markUntil(one, parts.until)
}

async function open(parts: SeedParts, stories: Stories, story: Story, applicant: Applicant): Promise<Play> {
  const { statutes, people } = parts
  const zone = statutes.zoneOf(story.region)
  const time = { now: millis(story.begins, zone) }
  const service = statutes.library.regulations.find((law) => law.regulation.region === story.region)?.regulation.service ?? ''
  const bound = statutes.inForce(service, story.region, story.begins.slice(0, 10))
  if ('refused' in bound) throw new Error(`${story.id} begins when its act is not in force`)
  // What the story answers itself is not asked again at the first start; what waits outside is asked for real.
  const silent: Ledger = { ...parts.ledger, append: (command) => parts.ledger.append({ ...command, effects: [] }) }
  const ledger = story.waits === 'outside' ? parts.ledger : silent
  const shelf = createCaseShelf(ledger, statutes)
  const desk = createDesk({
    ledger,
    shelf,
    statutes,
    clock: { now: () => time.now },
    signing: { seal: parts.seal, people },
    isPerformer: people.isPerformer,
  })
  const provider = people.organisation(story.provider)
  const branch = story.branch === null ? undefined : people.organisation(story.branch)
  if (provider === undefined) throw new Error(`${story.id} names an organisation that is not there`)
  const first = stepOf(bound.court, bound.law.regulation.channels[story.channel]?.first ?? '')
  const at = bound.law.regulation.roles[first?.actor ?? '']?.at === 'corporation' ? story.branch : story.provider
  const opening = {
    service,
    region: story.region,
    channel: story.channel,
    provider: { id: provider.id, kind: provider.kind },
    branch: story.branch,
    location: branch === undefined ? ('local' as const) : location(branch, provider),
  }
  const actor = staffAt(parts, story, first?.actor ?? '', at ?? '', null)
  const opened = expectDone(story, 'open', await desk.open(opening, { actor, region: story.region }, { key: keyOf(story, 0) }))
  const draw = (name: string) => share(`${stories.seed}/${story.id}/${name}`)
  const assignee = (role: string) => staffAt(parts, story, role, story.provider, null).id
  const part = { law: bound.court, story, applicant, assignee, draw }
  parts.opened?.(opened.number)
  const ahead = { events: opened.repeated ? ((await shelf.history(opened.number))?.events ?? []) : [] }
  return { parts, desk, shelf, bound, part, stories, zone, number: opened.number, time, said: { count: 1 }, ahead }
}

async function doStep(one: Play, state: CaseState): Promise<void> {
  const { part, desk, number } = one
  const open = state.step
  if (open === null) return
  const actor = staffAt(one.parts, part.story, open.role, open.organisation ?? '', open.assignee)
  const named = part.story.times[open.id]
  const moment = named === undefined ? 0 : millis(named, one.zone)
  // A moment of the file stands for the first time the step is done; done anew it takes its time again.
  const at = moment > one.time.now ? moment : later(one, state, open.role, paceOf(one, open.id), `${open.id}/${one.said.count}`)
  await markUntil(one, at)
  one.time.now = at
  const input = inputOf(part, state, open.id, momentIn(one.zone, at))
  await said(one, open.id, (key) => desk.step(number, open.id, input, { actor, region: part.story.region }, { key }))
}

async function doAside(one: Play, state: CaseState, { at: _at, ...command }: Aside): Promise<void> {
  const { part, desk, number } = one
  const by = state.step === null ? state.path.findLast((done) => done.by.kind === 'staff')?.by : undefined
  const role = by?.role ?? state.step?.role ?? ''
  const actor = by ?? staffAt(one.parts, part.story, role, state.step?.organisation ?? '', state.step?.assignee ?? null)
  const at = later(one, state, role, one.stories.paces.office, command.do)
  await markUntil(one, at)
  one.time.now = at
  await said(one, command.do, (key) => desk.office(number, command, { actor, region: part.story.region }, { key }))
}

/** As the gateway answers: some seconds after it was asked, after an outage when it was asked again. */
async function answer(one: Play, state: CaseState): Promise<void> {
  const open = state.step
  if (open?.awaiting === undefined) return
  const wait = open.awaiting.failures > 0 ? 8 * minute : 2000 + Math.floor(one.part.draw(`answer/${open.id}`) * 9) * 1000
  const at = one.time.now + wait
  await markUntil(one, at)
  one.time.now = at
  const exchange = `${one.number}-${open.id}-${open.awaiting.failures}`
  const given = answerOf(one.part, state, exchange, momentIn(one.zone, at), momentIn(one.zone, at + 8 * minute))
  await said(one, 'answer', (key) => one.desk.answer(one.number, open.id, given, { key }))
}

/** What the sweeper would have marked by then: each warning and each missed term at its own moment. */
async function markUntil(one: Play, until: number): Promise<void> {
  for (;;) {
    const state = await stateNow(one)
    const open = state.dues.filter((d) => d.binding && isRunning(d))
    const asks = open.flatMap((d) => {
      if (d.state === 'missed') return []
      return [d.state === 'running' ? Date.parse(d.warnAt) : Date.parse(d.dueAt) + 1000]
    })
    const next = Math.max(one.time.now + 1000, Math.min(...asks))
    if (next >= until) return
    one.time.now = next
    await said(one, 'mark', () =>
      one.desk.mark(
        one.number,
        open.map((d) => d.id),
      ),
    )
  }
}

async function said(one: Play, what: string, ask: (key: string) => Promise<Outcome>): Promise<void> {
  expectDone(one.part.story, what, await ask(keyOf(one.part.story, one.said.count)))
  one.said.count += 1
}

/** The case as it was at the story's moment. */
async function stateNow({ shelf, number, ahead, time }: Play): Promise<CaseState> {
  const last = ahead.events.at(-1)
  if (last !== undefined && Date.parse(last.at) > time.now) {
    const then = replay(ahead.events.filter((event) => Date.parse(event.at) <= time.now).map(toCaseEvent))
    if (then !== null) return then
  }
  const file = await shelf.find(number, false)
  if (file === null) throw new Error(`case ${number} is not in the ledger`)
  return file.state
}

const minute = 60_000

/** The moment so many working minutes later, inside the opening hours of whoever acts. */
function later(one: Play, state: CaseState, role: string, [from, to]: readonly [number, number], name: string): number {
  const { court } = one.bound
  const performer = partyOf(court, state, role)
  const value = Math.max(1, Math.round(from + (to - from) * one.part.draw(`pace/${name}`)))
  const { proof } = court.count({ value, unit: 'min', clause: '', from: momentIn(one.zone, one.time.now), receiver: performer, performer })
  return Date.parse(proof.dueAt)
}

function paceOf(one: Play, step: string): readonly [number, number] {
  const named = one.stories.paces[step]
  if (named !== undefined) return named
  const norm = stepOf(one.bound.court, step)?.norms.find((n) => n.unit === 'min')?.value ?? 10
  return [norm * 0.3, norm * 0.8]
}

/** Who does it: the performer by name, else the one whom the region's login names, else the first of the place. */
function staffAt(parts: SeedParts, story: Story, role: string, organisation: string, assignee: string | null): Actor {
  const { people } = parts
  const wanted = assignee === null ? people.staffByLogin(foldLogin(named(story, role))) : people.staffById(assignee)
  const fits = (one: typeof wanted) => one?.grants.some((g) => g.role === role && g.organisation === organisation)
  const person = fits(wanted) ? wanted : people.staffOf(organisation, role as Parameters<typeof people.staffOf>[1])[0] // a role of the regulation; nobody holds an unknown one
  const grant = person?.grants.find((g) => g.role === role && g.organisation === organisation)
  if (person === undefined || grant === undefined) throw new Error(`${story.id}: nobody is ${role} at ${organisation}`)
  return { kind: 'staff', id: person.id, role, organisation, unit: grant.unit }
}

const named = (story: Story, role: string) => (role === 'specialist' ? story.specialist : undefined) ?? `${story.region}.${role}`

function expectDone(story: Story, what: string, outcome: Outcome): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind === 'done') return outcome
  const why = outcome.kind === 'refused' ? `${outcome.refusal.code} ${outcome.refusal.at ?? ''}` : outcome.kind
  throw new Error(`The demonstration's case ${story.id} stops at ${what}: ${why}`)
}

const keyOf = (story: Story, index: number) => `demonstration/${story.id}/${index}`

const millis = (local: string, zone: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds

/** A number from 0 to 1, the same for the same name. */
const share = (name: string) => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32
