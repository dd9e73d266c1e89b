import { type Bundle, type Check, inRegulation } from '../bundle.ts'
import type { ProblemCode } from '../codes.ts'
import { actsDone, type Decided, decidedAfter, waysOut } from '../flow.ts'
import { stepsById } from '../graph.ts'
import type { Problem } from '../problem.ts'
import type { Act } from '../schema/acts.ts'
import type { Step } from '../schema/step.ts'

type What = 'package' | 'answer'
interface Custody {
  readonly holder: Readonly<Partial<Record<What, string>>>
  /** To whom it is offered and not yet taken. */
  readonly offer: Readonly<Partial<Record<What, string>>>
}

interface Found {
  readonly code: ProblemCode
  readonly act: Act
  readonly what: What
  readonly role: string
}

const held = (custody: Custody, what: What, role: string): Custody => ({ ...custody, holder: { ...custody.holder, [what]: role } })

/** One act by one role: how custody stands after it, and what is wrong with it. */
const pass = (custody: Custody, act: Act, actor: string): { custody: Custody; wrong?: Found } => {
  if (act.act === 'handIn') return { custody: held(custody, 'package', actor) }
  if (act.act === 'prepareAnswer') return { custody: held(custody, 'answer', actor) }
  if (act.act === 'handOver') {
    const offered = { ...custody, offer: { ...custody.offer, [act.what]: act.to } }
    const holds = custody.holder[act.what] === actor
    return { custody: offered, ...(holds ? {} : { wrong: { code: 'handsOverNotHeld', act, what: act.what, role: actor } }) }
  }
  if (act.act === 'takeOver') {
    const taken = held({ ...custody, offer: { ...custody.offer, [act.what]: undefined } }, act.what, actor)
    const offered = custody.offer[act.what] === actor
    return { custody: taken, ...(offered ? {} : { wrong: { code: 'takesNotOffered', act, what: act.what, role: actor } }) }
  }
  const holder = custody.holder.answer
  const strange = act.act === 'giveAnswer' && holder !== undefined && holder !== actor
  return { custody, ...(strange ? { wrong: { code: 'givesNotHeld', act, what: 'answer', role: actor } } : {}) }
}

interface At {
  readonly id: string
  readonly decided: Decided
  readonly custody: Custody
}

const told = (bundle: Bundle, step: Step, { code, act, what, role }: Found): Problem => {
  const path = ['steps', bundle.regulation.value.steps.indexOf(step), 'does', step.does.indexOf(act)]
  return inRegulation(bundle, path, code, { params: { step: step.id, what, role }, clause: step.clauses[0] })
}

/** Whatever is still offered when the case ends lies on nobody's desk. */
const leftLying = (bundle: Bundle, step: Step, outcome: string, { offer }: Custody): Problem[] =>
  Object.entries(offer).flatMap(([what, role]) => {
    const path = ['steps', bundle.regulation.value.steps.indexOf(step), 'outcomes', outcome]
    if (!role) return []
    return [inRegulation(bundle, path, 'offerNeverTaken', { params: { step: step.id, what, role }, severity: 'warning' })]
  })

/** Paper has one holder at every moment: what is taken was offered to the taker, what is handed over was held, on every path. */
export const custody: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const byId = stepsById(regulation)
  const seen = new Set<string>()
  const problems: Problem[] = []
  const waiting: At[] = Object.values(regulation.channels).map(({ first }) => ({
    id: first,
    decided: {},
    custody: { holder: {}, offer: {} },
  }))
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const step = byId.get(at.id)
    const key = JSON.stringify(at)
    if (!step || seen.has(key)) continue
    seen.add(key)
    for (const { outcome, next, end } of waysOut(step, at.decided)) {
      let now = at.custody
      for (const act of actsDone(step, outcome, at.decided)) {
        const { custody: after, wrong } = pass(now, act, step.actor)
        if (wrong) problems.push(told(bundle, step, wrong))
        now = after
      }
      if (next !== undefined) waiting.push({ id: next, decided: decidedAfter(step, outcome, at.decided), custody: now })
      if (end !== undefined) problems.push(...leftLying(bundle, step, outcome, now))
    }
  }
  return problems
}
