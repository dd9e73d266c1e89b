import type { Example } from '../../law/schema/examples.ts'
import { decide } from '../case/decide.ts'
import type { Actor } from '../case/events.ts'
import { evolve } from '../case/evolve.ts'
import type { CaseLaw } from '../case/law.ts'
import { isRefusal } from '../case/refusal.ts'
import type { CaseState } from '../case/state.ts'
import { type Enacted, enact, type House } from './enact.ts'
import { touched } from './touched.ts'

/** Plays an example in memory, with the two pure functions alone. */
export function rehearse(law: CaseLaw, example: Example): Enacted {
  const play = enact(law, example, houseOf(law, example))
  let state: CaseState | null = null
  let turn = play.next()
  while (!turn.done) {
    const { command, at } = turn.value
    const decided = decide(law, state, command, at)
    if (!isRefusal(decided)) for (const event of decided.events) state = evolve(state, event)
    turn = play.next(decided)
  }
  return turn.value
}

/** What every example that holds has touched, for the clause coverage: example → elements. */
export function touchedBy(law: CaseLaw, enacted: readonly Enacted[]): Record<string, string[]> {
  return Object.fromEntries(enacted.filter((one) => one.ok).map((one) => [one.example, [...touched(law, one.events)]]))
}

function houseOf(law: CaseLaw, example: Example): House {
  const provider = { id: 'provider', kind: example.given.provider }
  const staff = (role: string): Actor => {
    const at = law.regulation.roles[role]?.at
    return { kind: 'staff', id: role, role, organisation: at === 'corporation' ? 'branch' : provider.id }
  }
  return { number: '000-000000-00000-0', provider, branch: 'branch', staff }
}
