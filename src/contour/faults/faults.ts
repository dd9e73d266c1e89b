import { chance } from '../chance.ts'
import type { State } from '../state/state.ts'
import { type FaultKind, type FaultPlace, type FaultRule, faultRule, type KeptRule } from './rule.ts'

export interface Situation {
  readonly where: FaultPlace
  readonly operation: string
  readonly service: string | null
  readonly sender: string | null
}

/** What strikes one message: of each kind the first rule that does. */
export type Strike = ReadonlyMap<FaultKind, FaultRule>

export interface Faults {
  list(): KeptRule[]
  /** Null: there are as many as may be. */
  add(rule: FaultRule): Promise<KeptRule | null>
  remove(id: number): Promise<boolean>
  clear(): Promise<void>
  /** Counts the message against every rule that it falls under and that is `possible` for it. Which ones strike depends on seed, rule and count alone. */
  strike(situation: Situation, possible: ReadonlySet<FaultKind>): Strike
}

const most = 200

export function openFaults(state: State, seed: string): Faults {
  const { db } = state
  const all = db.prepare('select id, rule, met, struck from faults order by id')
  const insert = db.prepare('insert into faults (rule) values (?)')
  const count = db.prepare('update faults set met = ?, struck = ? where id = ?')
  const remove = db.prepare('delete from faults where id = ?')
  // Read at every message: kept here, and read again from the file after each change.
  let rules: KeptRule[] | null = null
  state.whenForgotten(() => {
    rules = null
  })
  const list = () => {
    rules ??= all.all().map(kept)
    return rules
  }
  const changed = async <T>(write: () => T): Promise<T> => {
    rules = null
    return state.durably(write)
  }

  return {
    list,
    async add(rule) {
      if (list().length >= most) return null
      const id = await changed(() => Number(insert.run(JSON.stringify(rule)).lastInsertRowid))
      return { ...rule, id, met: 0, struck: 0, spent: false }
    },
    remove: (id) => changed(() => remove.run(id).changes > 0),
    clear: () => changed(() => db.exec('delete from faults')),
    strike(situation, possible) {
      const struck = new Map<FaultKind, FaultRule>()
      const met = list().filter((rule) => !rule.spent && possible.has(rule.kind) && fallsUnder(rule, situation))
      if (met.length === 0) return struck
      const counts = met.map((rule) => {
        const strikes = chance(seed, `fault ${rule.id} ${rule.met}`) < rule.probability
        if (strikes && !struck.has(rule.kind)) struck.set(rule.kind, rule)
        return { rule, struck: rule.struck + (strikes ? 1 : 0) }
      })
      void changed(() => {
        for (const counted of counts) count.run(counted.rule.met + 1, counted.struck, counted.rule.id)
      })
      return struck
    },
  }
}

function kept(row: Record<string, unknown>): KeptRule {
  const rule = faultRule.parse(JSON.parse(String(row.rule)))
  const struck = Number(row.struck)
  return { ...rule, id: Number(row.id), met: Number(row.met), struck, spent: rule.count !== undefined && struck >= rule.count }
}

function fallsUnder(rule: FaultRule, { where, operation, service, sender }: Situation): boolean {
  return (
    (rule.where === undefined || rule.where === where) &&
    (rule.operation === undefined || rule.operation === operation) &&
    (rule.service === undefined || rule.service === service) &&
    (rule.sender === undefined || rule.sender === sender)
  )
}
