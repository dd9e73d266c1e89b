import { type Check, inRegulation } from '../bundle.ts'

export const paperNeverIssued: Check = (bundle) => {
  const { papers, steps } = bundle.regulation.value
  const issued = new Set(steps.flatMap(({ does }) => does.flatMap((act) => (act.act === 'issuePaper' ? [act.paper] : []))))
  return papers.flatMap(({ id, clause }, index) =>
    issued.has(id) ? [] : [inRegulation(bundle, ['papers', index, 'id'], 'paperNeverIssued', { params: { paper: id }, clause })],
  )
}
