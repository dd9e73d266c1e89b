import { answerOf, inputOf, type Part } from '../../src/desk/demonstration/given.ts'
import { type Applicant, readStories, type Story } from '../../src/desk/demonstration/stories.ts'
import type { Bound } from '../../src/desk/statutes.ts'
import type { Command } from '../../src/engine/case/command.ts'
import { decide } from '../../src/engine/case/decide.ts'
import type { Actor } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import type { StepInput } from '../../src/engine/case/input.ts'
import { stepOf } from '../../src/engine/case/law.ts'
import { isRefusal } from '../../src/engine/case/refusal.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import { location } from '../../src/people/location.ts'
import { draw } from '../draw.ts'
import type { Prepared } from '../house/prepare.ts'

/** What one case is taken through, command by command, from submission to its end. */
export interface Script {
  readonly id: string
  readonly service: string
  readonly region: string
  readonly channel: string
  readonly provider: string
  readonly opener: Performer
  readonly steps: readonly ScriptStep[]
}

export interface Performer {
  readonly id: string
  readonly login: string
}

export interface ScriptStep {
  readonly step: string
  readonly by: Performer
  readonly input: StepInput
  /** The step then waits for an outside system, whose answer an effect brings. */
  readonly waits: boolean
}

const moment = '2019-10-14T11:00:00+06:00'

/** The demonstration's stories that go to their end with nobody but the people at the desks, for both regulations. */
export function readScripts(prepared: Prepared): Script[] {
  const { stories } = readStories()
  return stories.flatMap(({ story, applicant }) => {
    if (story.waits !== undefined || story.register !== 'found' || story.also.length > 0) return []
    const script = scriptOf(prepared, story, applicant)
    return script === undefined ? [] : [script]
  })
}

/** Plays a story in memory and takes down what was asked; undefined where its act is not in force, or somebody holds more than one office. */
function scriptOf(prepared: Prepared, story: Story, applicant: Applicant): Script | undefined {
  const { statutes, people } = prepared
  const service = statutes.library.regulations.find((law) => law.regulation.region === story.region)?.regulation.service ?? ''
  const bound = statutes.inForce(service, story.region, moment.slice(0, 10))
  const [provider, branch] = [people.organisation(story.provider), story.branch === null ? null : people.organisation(story.branch)]
  if ('refused' in bound || provider === undefined || branch === undefined) return undefined
  const first = stepOf(bound.court, bound.law.regulation.channels[story.channel]?.first ?? '')
  const atBranch = bound.law.regulation.roles[first?.actor ?? '']?.at === 'corporation'
  const opener = performerOf(prepared, first?.actor ?? '', (atBranch ? story.branch : story.provider) ?? '', story.id)
  if (opener === undefined) return undefined
  const assignee = (role: string) => performerOf(prepared, role, story.provider, story.id)?.performer.id ?? ''
  const part: Part = { law: bound.court, story, applicant, assignee, draw: (name) => draw(`${story.id}/${name}`) }
  const opening: Command = {
    do: 'open',
    actor: opener.actor,
    number: '000-000000-00000-0',
    channel: story.channel,
    provider: { id: provider.id, kind: provider.kind },
    branch: branch?.id ?? null,
    location: branch === null ? 'local' : location(branch, provider),
    secret: 'script',
  }
  const steps = stepsOf(prepared, bound, part, opening)
  if (steps === undefined) return undefined
  return { id: story.id, service, region: story.region, channel: story.channel, provider: provider.id, opener: opener.performer, steps }
}

function stepsOf(prepared: Prepared, bound: Bound, part: Part, opening: Command): ScriptStep[] | undefined {
  const steps: ScriptStep[] = []
  let state: CaseState | null = null
  const take = (command: Command): boolean => {
    const decided = decide(bound.court, state, command, moment)
    if (isRefusal(decided)) return false
    for (const event of decided.events) state = evolve(state, event)
    return true
  }
  // Told to the compiler by a function: it does not see that `take` moves it.
  const now = (): CaseState | null => state
  if (!take(opening)) return undefined
  for (let open = now()?.step; open; open = now()?.step) {
    const before = now()
    if (before === null) return undefined
    const input = inputOf(part, before, open.id, moment)
    const by = performerOf(prepared, open.role, open.organisation ?? '', part.story.id, open.assignee)
    if (by === undefined) return undefined
    const signed = { ...input, signature: { signer: 'script', digest: '0'.repeat(64), algorithm: 'script' } }
    const command = { do: 'step', actor: by.actor, number: '', step: open.id } as const
    if (!take({ ...command, input }) && !take({ ...command, input: signed })) return undefined
    const waiting = now()
    const waits = waiting?.step?.awaiting !== undefined
    steps.push({ step: open.id, by: by.performer, input, waits })
    if (waits && waiting !== null) {
      const answer = answerOf(part, waiting, 'script', moment, moment)
      if (!take({ do: 'answer', actor: { kind: 'system', id: 'gateway' }, number: '', step: open.id, answer })) return undefined
    }
  }
  return steps
}

/** One of those who hold the role there and no other office: a session acts under one grant. */
function performerOf(
  { people }: Prepared,
  role: string,
  organisation: string,
  name: string,
  named: string | null = null,
): { performer: Performer; actor: Actor } | undefined {
  const all = people.staffOf(organisation, role).filter(({ grants }) => grants.length === 1)
  const staff = named === null ? all[Math.floor(draw(`${name}/${role}`) * all.length)] : all.find(({ id }) => id === named)
  const grant = staff?.grants[0]
  if (staff === undefined || grant === undefined) return undefined
  const actor: Actor = { kind: 'staff', id: staff.id, role, organisation, unit: grant.unit }
  return { performer: { id: staff.id, login: staff.login }, actor }
}
