import { type Check, inRegulation } from '../bundle.ts'

/** A role that neither does a step nor issues a paper: the text names somebody to whom the file gives nothing to do. */
export const idleRole: Check = (bundle) => {
  const { roles, steps } = bundle.regulation.value
  const busy = new Set(steps.map(({ actor }) => actor))
  return Object.entries(roles).flatMap(([role, { clauses }]) =>
    busy.has(role) ? [] : [inRegulation(bundle, ['roles', role], 'idleRole', { params: { role }, clause: clauses[0] })],
  )
}
