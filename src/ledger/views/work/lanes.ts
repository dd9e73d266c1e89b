import type { Database, Statement } from '../../postgres/database.ts'
import type { Place, WorkItem, WorkPosition } from './work.ts'

/**
 * A person's work list, read lane by lane: a lane is one step at one place, either what nobody has taken or what one person has. Which steps
 * lie there is found in the index itself, so that an old edition's step is never left out. The cost is that of the page, not of what waits behind it.
 */

/** Work as a list shows it: with the organisations of the case. */
export interface ListedItem extends WorkItem {
  provider: string
  /** '' where no branch has a part. */
  branch: string
}

export interface LaneFilter {
  place: Place
  /** The reader, and whoever the reader acts for. */
  persons: string[]
  /** Only these steps. */
  steps?: string[]
  whose?: 'free' | 'mine'
  /** Due at this moment (RFC 3339) or later. */
  dueFrom?: string
  /** Due before this moment; 'infinity' leaves out only what has no term. */
  dueBefore?: string
  /** Only what has no term. */
  untimed?: boolean
  /** Whether an outside system is waited for. */
  awaiting?: boolean
}

export interface LaneQuery extends LaneFilter {
  after?: WorkPosition
  limit: number
}

/** How much lies in a lane by when it is due; the four are disjoint. */
export interface LaneCount {
  step: string
  mine: boolean
  awaiting: boolean
  late: number
  today: number
  later: number
  untimed: number
}

export type StillThere = Pick<WorkItem, 'home' | 'case' | 'step' | 'organisation' | 'dueAt' | 'norm'>

export interface LaneReads {
  list(query: LaneQuery): Promise<ListedItem[]>
  /** Which of these lie in the person's list: without the names that stand in it. */
  still(place: Place, persons: string[], items: readonly { home: number; case: string; step: string }[]): Promise<StillThere[]>
  /** `late` at `now`, `today` until `dayEnd`, both RFC 3339. */
  counts(place: Place, persons: string[], now: string, dayEnd: string): Promise<LaneCount[]>
}

export function laneReads(database: Database): LaneReads {
  return {
    list: (query) => database.query<ListedItem>(query.awaiting === true ? awaitingList(query) : laneList(query)),
    still: (place, persons, items) =>
      items.length === 0 ? Promise.resolve([]) : database.query<StillThere>(stillThere(place, persons, items)),
    counts: async (place, persons, now, dayEnd) => {
      const [all, waiting] = await Promise.all([
        database.query<LaneCount>(laneCounts(place, persons, now, dayEnd)),
        database.query<LaneCount>(awaitingCounts(place, persons, now, dayEnd)),
      ])
      return apart(all.map(whole), waiting.map(whole))
    },
  }
}

const columns = `
  w.home, w.case_number as "case", w.key, w.step, w.role, w.organisation, w.unit, w.assignee, w.since, w.due_at as "dueAt", w.norm, w.title, w.doc,
  coalesce(c.provider, '') as provider, coalesce(c.branch, '') as branch`
/** `limit` keeps it a probe for each listed row. */
const organisations = `left join lateral (
        select v.provider, v.branch from case_view as v where v.home = $1 and v.case_number = w.case_number and v.key = 'case' limit 1
      ) as c on true`
/** Within the place's home, which every statement names for each table that it reads. */
const order = 'w.due_at, w.case_number, w.key'
const here = 'w.home = $1 and w.organisation = $2 and w.role = $3 and w.unit = $4'
const within = `
          and (${order}) > ($6::timestamptz, $7::text, $8::text)
          and w.due_at >= $9::timestamptz and w.due_at <= $10::timestamptz and ($10 <> 'infinity'::timestamptz or $11 or w.due_at < 'infinity')`

/** The distinct steps of what is free and of what each person has, each by one probe of the index. */
const steps = `
      free(step) as (
        select min(w.step) from work_item as w where ${here} and w.assignee is null
        union all
        select (select min(w.step) from work_item as w where ${here} and w.assignee is null and w.step > s.step)
        from free as s where s.step is not null
      ),
      mine(person, step) as (
        select p.person, (select min(w.step) from work_item as w where ${here} and w.assignee = p.person) from unnest($5::text[]) as p(person)
        union all
        select s.person, (select min(w.step) from work_item as w where ${here} and w.assignee = s.person and w.step > s.step)
        from mine as s where s.step is not null
      )`

const lanesOf = (name: 'free' | 'mine', who: string) => `
        select w.* from ${name} as s cross join lateral (
          select * from work_item as w
          where ${here} and ${who} and w.step = s.step ${within}
            and ($12::boolean is null or w.doc @> '{"awaiting": true}' = $12)
          order by ${order}
          limit $13
        ) as w
        where s.step is not null and ($14::text[] is null or s.step = any ($14)) and $15::text is distinct from '${name === 'free' ? 'mine' : 'free'}'`

export function laneList(query: LaneQuery): Statement {
  return {
    name: 'lane_list',
    text: `
      with recursive ${steps}
      select ${columns}
      from (
        select * from (${lanesOf('free', 'w.assignee is null')} union all ${lanesOf('mine', 'w.assignee = s.person')}) as w
        order by ${order}
        limit $13
      ) as w
      ${organisations}
      order by ${order}`,
    values: [...bounds(query), query.awaiting ?? null, query.limit, query.steps ?? null, query.whose ?? null],
  }
}

export function awaitingList(query: LaneQuery): Statement {
  return {
    name: 'awaiting_list',
    text: `
      select ${columns}
      from work_item as w
      ${organisations}
      where ${here} and w.doc @> '{"awaiting": true}' ${within}
        and case $14::text when 'free' then w.assignee is null when 'mine' then w.assignee = any ($5) else w.assignee is null or w.assignee = any ($5) end
        and ($13::text[] is null or w.step = any ($13))
      order by ${order}
      limit $12`,
    values: [...bounds(query), query.limit, query.steps ?? null, query.whose ?? null],
  }
}

/** Parameters 1 to 11 of both lists. */
function bounds({ place, persons, after, dueFrom, dueBefore, untimed }: LaneQuery): unknown[] {
  const from = untimed ? 'infinity' : (dueFrom ?? '-infinity')
  // Never before the bound below: of two bounds an index scan may begin at the further one, and read over everything that is late.
  const begins = after && isFrom(after.dueAt, from) ? [after.dueAt ?? 'infinity', after.case, after.key] : [from, '', '']
  // A millisecond before the bound: what is due at the very moment belongs to what comes after it.
  const until = dueBefore === undefined || untimed ? 'infinity' : dueBefore === 'infinity' ? 'infinity' : justBefore(dueBefore)
  return [...at(place), persons, ...begins, from, until, untimed === true || dueBefore === undefined]
}

const isFrom = (dueAt: string | null, from: string) =>
  from === '-infinity' || dueAt === null || (from !== 'infinity' && Date.parse(dueAt) >= Date.parse(from))

const justBefore = (moment: string) => new Date(Date.parse(moment) - 1).toISOString()

export function stillThere(place: Place, persons: string[], items: readonly { home: number; case: string; step: string }[]): Statement {
  const its = items.filter(({ home }) => home === place.home)
  return {
    name: 'lane_still',
    text: `
      select w.home, w.case_number as "case", w.step, w.organisation, w.due_at as "dueAt", w.norm
      from unnest($6::text[], $7::text[]) as a(number, step)
      cross join lateral (
        select * from work_item as w where w.home = $1 and w.case_number = a.number and w.step = a.step limit 1
      ) as w
      where ${here} and (w.assignee is null or w.assignee = any ($5))`,
    values: [...at(place), persons, its.map((item) => item.case), its.map((item) => item.step)],
  }
}

const at = ({ home, organisation, role, unit }: Place): unknown[] => [home, organisation, role, unit]

const buckets = `
        count(*) filter (where w.due_at < $6::timestamptz) as late,
        count(*) filter (where w.due_at >= $6 and w.due_at < $7::timestamptz) as today,
        count(*) filter (where w.due_at >= $6 and w.due_at >= $7 and w.due_at < 'infinity') as later,
        count(*) filter (where w.due_at = 'infinity') as untimed`

/** From the two indexes alone: the table is not read. */
export function laneCounts(place: Place, persons: string[], now: string, dayEnd: string): Statement {
  const count = (mine: boolean, who: string) => `
      select w.step, ${mine} as mine, false as awaiting, ${buckets} from work_item as w where ${here} and ${who} group by w.step`
  return {
    name: 'lane_counts',
    text: `${count(false, 'w.assignee is null')} union all ${count(true, 'w.assignee = any ($5)')}`,
    values: [...at(place), persons, now, dayEnd],
  }
}

export function awaitingCounts(place: Place, persons: string[], now: string, dayEnd: string): Statement {
  return {
    name: 'awaiting_counts',
    text: `
      select w.step, w.assignee is not null as mine, true as awaiting, ${buckets}
      from work_item as w
      where ${here} and w.doc @> '{"awaiting": true}' and (w.assignee is null or w.assignee = any ($5))
      group by w.step, w.assignee is not null`,
    values: [...at(place), persons, now, dayEnd],
  }
}

/** PostgreSQL counts in bigint, which travels as text. */
const whole = (row: LaneCount): LaneCount => ({
  ...row,
  late: Number(row.late),
  today: Number(row.today),
  later: Number(row.later),
  untimed: Number(row.untimed),
})

/** What waits is part of all: taken out of it, each item is in one count. */
function apart(all: readonly LaneCount[], waiting: readonly LaneCount[]): LaneCount[] {
  const rest = all.map((lane) => {
    const out = waiting.find(({ step, mine }) => step === lane.step && mine === lane.mine)
    if (out === undefined) return lane
    const minus = (key: 'late' | 'today' | 'later' | 'untimed') => Math.max(0, lane[key] - out[key])
    return { ...lane, late: minus('late'), today: minus('today'), later: minus('later'), untimed: minus('untimed') }
  })
  return [...rest, ...waiting]
}
