import { baseOf } from '../case/dues.ts'
import type { CaseEvent } from '../case/events.ts'
import { type CaseLaw, cite } from '../case/law.ts'
import { dutiesOf } from './compare.ts'

/** Names of the elements of a regulation that these events executed; the same names as `law/elements.ts` gives them. */
export function touched(law: CaseLaw, events: readonly CaseEvent[]): Set<string> {
  const names = new Set<string>()
  for (const event of events) for (const name of touchedBy(law, event)) names.add(name)
  const done = dutiesOf(events)
  for (const general of law.general) {
    for (const duty of general.duties) if (done.includes(cite(general, duty.clause))) names.add(`duty:${general.id}/${duty.id}`)
  }
  return names
}

function touchedBy(law: CaseLaw, event: CaseEvent): string[] {
  switch (event.type) {
    case 'CaseOpened':
      return [`provider:${event.data.provider.kind}`, `channel:${event.data.channel}`]
    case 'StepOpened':
      return event.data.dues.map((d) => `norm:${baseOf(d.id)}`)
    case 'ServiceStarted':
      return [`start:${event.data.channel}`, ...event.data.dues.map((d) => d.id.replace('term/', 'term:'))]
    case 'StepDone': {
      const { step, outcome } = event.data
      const role = law.regulation.steps.find((s) => s.id === step)?.actor
      return [`step:${step}`, `outcome:${step}/${outcome}`, ...(role === undefined || role === 'system' ? [] : [`role:${role}`])]
    }
    case 'PaperIssued':
      return [`paper:${event.data.form}`, ...(['result', 'reasonedRefusal'].includes(event.data.kind) ? ['form'] : [])]
    default:
      return []
  }
}
