import { type Applicant, readStories, type Stories, type Story } from '../../src/desk/demonstration/stories.ts'
import type { People } from '../../src/people/people.ts'
import { type Draw, drawFrom, pick, pickSkewed } from './draw.ts'
import type { Lot } from './lots.ts'
import { inventPerson } from './persons.ts'

/** One case to be told: a story of the demonstration, of another person at another office on another day. */
export interface Tale {
  readonly story: Story
  readonly applicant: Applicant
}

/** How many of a hundred ended cases take which way: most go the short one, so that a case has about a dozen events. */
const ended: Readonly<Record<string, readonly (readonly [number, (story: Story) => boolean])[]>> = {
  aktobe: [
    [93, (s) => s.channel === 'office'],
    [3, (s) => s.channel === 'corporation' && s.also.length > 0],
    [4, (s) => s.channel === 'corporation' && s.also.length === 0],
  ],
  almaty: [
    [40, (s) => s.channel === 'corporation' && s.without.length > 0],
    [25, (s) => s.channel === 'office' && s.also.some((one) => one.do === 'withdraw')],
    [27, (s) => s.channel === 'office'],
    [8, (s) => s.channel === 'corporation'],
  ],
}
/** Ways that end on the day on which they begin: what was opened a few days ago and has ended took one of these. */
const quick = (story: Story): boolean =>
  (story.region === 'aktobe' && story.channel === 'office') || (story.channel === 'corporation' && story.without.length > 0)
/** Working days after which every other way has ended. */
const longest = 25

/** A third of all people come a second time. */
const peopleToCases = 0.75

export interface Teller {
  readonly stories: Stories
  readonly tales: (lot: Lot) => Tale[]
  /** The same case come less far: for one that the calendar did not let come so far. */
  readonly younger: (lot: Lot, index: number, by: number) => Tale
}

/** Nobody waits for an outside system, which nobody would answer, and nobody is represented. */
export const isFit = (story: Story): boolean =>
  story.waits !== 'outside' && story.register === 'found' && story.representative === undefined

/** `minAge`: how many days a story needs to come to the step at which it waits. */
export function newTeller(
  people: Pick<People, 'staffOf' | 'organisationsOf'>,
  rolesAt: (region: string) => readonly string[],
  cases: number,
  minAge: (story: Story) => number,
): Teller {
  const stories = readStories()
  const fit = stories.stories.filter(({ story }) => isFit(story))
  const offices = new Map<string, string[]>()
  const officesOf = (region: string): string[] => {
    const known = offices.get(region)
    if (known !== undefined) return known
    const found = people
      .organisationsOf(region)
      .filter((one) => one.at === 'provider' && rolesAt(region).every((role) => people.staffOf(one.id, role).length > 0))
      .map(({ id }) => id)
    offices.set(region, found)
    return found
  }
  const tale = (lot: Lot, index: number): Tale => {
    const draw = drawFrom(index * 2 + 1)
    const open = index - lot.first >= lot.ended
    const pool = fit.filter(({ story }) => story.region === lot.region && (story.waits === undefined) !== open)
    const pattern = open ? patternOfOpen(pool, lot, draw, minAge) : patternOfEnded(pool, lot, draw)
    const own = officesOf(lot.region)
    const provider = own.length === 0 ? pattern.story.provider : pickSkewed(draw, own)
    const minute = draw() < 0.6 ? 545 + Math.floor(draw() * 230) : 875 + Math.floor(draw() * 120)
    const begins = `${lot.day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    const person = Math.floor(draw() * cases * peopleToCases)
    const applicant = inventPerson(person, pattern.applicant)
    const specialists = people.staffOf(provider, 'specialist')
    const specialist = specialists.length === 0 ? {} : { specialist: pick(draw, specialists).login }
    const story: Story = { ...pattern.story, id: `million-${index}`, applicant: applicant.iin, provider, begins, times: {}, ...specialist }
    return { story, applicant }
  }
  return {
    stories,
    tales: (lot) => Array.from({ length: lot.ended + lot.open }, (_, n) => tale(lot, lot.first + n)),
    younger: (lot, index, by) => tale({ ...lot, age: Math.max(0, lot.age - by) }, lot.first + index),
  }
}

type Pattern = Stories['stories'][number]

function patternOfEnded(pool: readonly Pattern[], lot: Lot, draw: Draw): Pattern {
  if (lot.age < longest)
    return pick(
      draw,
      pool.filter(({ story }) => quick(story)),
    )
  let left = draw() * 100
  for (const [share, fits] of ended[lot.region] ?? []) {
    left -= share
    const fitting = pool.filter(({ story }) => fits(story))
    if (left < 0 && fitting.length > 0) return pick(draw, fitting)
  }
  return pick(draw, pool)
}

/** Of the steps to which a case of that age can have come, a later one rather than the first. */
function patternOfOpen(pool: readonly Pattern[], lot: Lot, draw: Draw, minAge: (story: Story) => number): Pattern {
  const reachable = pool.filter(({ story }) => minAge(story) <= lot.age).sort((a, b) => minAge(b.story) - minAge(a.story))
  return pickSkewed(draw, draw() < 0.3 ? reachable.toReversed() : reachable)
}
