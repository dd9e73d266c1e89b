import { randomUUID } from 'node:crypto'
import type { Database } from '../ledger/postgres/database.ts'

/** A list that a person named and kept: a tab of theirs in one role, on every computer. */
export interface KeptFilter {
  readonly id: string
  readonly name: string
  /** As the desk reads it; this floor only keeps it. */
  readonly filter: Readonly<Record<string, string>>
}

/** More would not fit a row of tabs; whoever wants another one drops one. */
export const mostFilters = 12
export const longestName = 40

export interface WorkFilters {
  /** In the order in which they were kept. */
  of(staff: string, role: string): Promise<KeptFilter[]>
  /** The same name again replaces the filter under it. Undefined: there are as many as there may be. */
  keep(staff: string, role: string, name: string, filter: Readonly<Record<string, string>>): Promise<KeptFilter | undefined>
  drop(staff: string, role: string, id: string): Promise<void>
  /**
   * Notes a look at the list and tells since when things are new to the person. Looks within ten minutes are one: a page shown anew must not make
   * everything old. Moments are milliseconds since 1970 by the law's clock.
   */
  look(staff: string, role: string, now: number): Promise<number>
}

const oneLook = 10 * 60_000

export function openWorkFilters(database: Database, machineClock: () => number): WorkFilters {
  return {
    of: (staff, role) =>
      database.query<KeptFilter & Record<string, unknown>>({
        name: 'work filters',
        text: 'select id, name, filter from work_filter where staff = $1 and role = $2 order by made_at, id',
        values: [staff, role],
      }),
    keep: async (staff, role, name, filter) => {
      const [kept] = await database.query<KeptFilter & Record<string, unknown>>({
        name: 'work filter keep',
        text: `
          with renewed as (
            update work_filter set filter = $5 where staff = $2 and role = $3 and name = $4 returning id, name, filter
          ), made as (
            insert into work_filter (id, staff, role, name, filter, made_at)
            select $1, $2, $3, $4, $5, $6
            where not exists (select from renewed)
              and (select count(*) from work_filter where staff = $2 and role = $3) < ${mostFilters}
            returning id, name, filter
          )
          select * from renewed union all select * from made`,
        values: [randomUUID(), staff, role, name, JSON.stringify(filter), machineClock()],
      })
      return kept
    },
    drop: async (staff, role, id) => {
      await database.query({
        name: 'work filter drop',
        text: 'delete from work_filter where staff = $1 and role = $2 and id = $3',
        values: [staff, role, id],
      })
    },
    look: async (staff, role, now) => {
      const [row] = await database.query<{ before: string }>({
        name: 'work look',
        text: `
          insert into work_look as l (staff, role, last, before) values ($1, $2, $3, $3)
          on conflict (staff, role) do update set
            before = case when abs($3 - l.last) > ${oneLook} then l.last else l.before end,
            last = $3
          returning before`,
        values: [staff, role, now],
      })
      return Number(row?.before ?? now)
    },
  }
}
