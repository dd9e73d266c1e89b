import { type CaseLaw, stepOf } from './law.ts'
import { isRunning } from './parts.ts'
import type { CaseState, Due } from './state.ts'

/** What lists, boards and searches read of one case. A pure function of its state, so that a replay gives the same rows. */
export interface CaseRows {
  readonly summary: {
    readonly status: string
    readonly open: boolean
    readonly iin: string | null
    readonly name: string | null
    readonly dueAt: string | null
    readonly step: string | null
    readonly asks: string | null
    readonly late: boolean
  }
  readonly work: {
    readonly step: string
    readonly role: string
    readonly organisation: string
    readonly unit: string
    readonly assignee: string | null
    readonly since: string
    readonly dueAt: string | null
    readonly norm: { readonly value: number; readonly unit: string; readonly clause: string } | null
    /** For whose answer, since when, and since when it is an outage; null: for nobody's. */
    readonly waits: { readonly for: 'register' | 'gateway'; readonly since: string; readonly down: string | null } | null
    /** From whom it came, and when, where it was given on after the step had opened. */
    readonly handed: { readonly from: string | null; readonly at: string; readonly by: string; readonly cause: string } | null
  } | null
  readonly dues: readonly Due[]
  readonly custody: readonly {
    readonly what: string
    readonly role: string
    readonly organisation: string
    readonly keeper: string | null
    readonly since: string
    readonly offeredTo: string | null
  }[]
}

export function rowsOf(law: CaseLaw, state: CaseState): CaseRows {
  const binding = state.dues.filter((d) => d.binding)
  const running = binding.filter(isRunning)
  const next = earliest(running)
  const term = earliest(running.filter((d) => d.kind === 'term'))
  return {
    summary: {
      status: state.ended?.ending ?? state.step?.id ?? '',
      open: state.ended === null,
      iin: state.application?.iin ?? null,
      name: state.application ? nameOf(state.application) : null,
      dueAt: (term ?? next)?.dueAt ?? null,
      step: state.step?.id ?? null,
      asks: state.asks,
      late: binding.some((d) => d.state === 'missed' || d.state === 'metLate'),
    },
    work: workOf(law, state, running),
    dues: binding,
    custody: Object.entries(state.custody)
      .filter(([, c]) => c.holder.role !== 'applicant')
      .map(([what, c]) => ({
        what,
        role: c.holder.role,
        organisation: c.holder.organisation,
        keeper: c.keeper,
        since: c.since,
        offeredTo: c.offeredTo?.role ?? null,
      })),
  }
}

function workOf(law: CaseLaw, state: CaseState, running: readonly Due[]): CaseRows['work'] {
  const open = state.step
  if (open === null || open.role === 'system') return null
  const own = running.filter((d) => d.kind === 'norm')
  const norm = own.find((d) => d.step === open.id) ?? earliest(own)
  return {
    step: open.id,
    role: open.role,
    organisation: open.organisation ?? '',
    unit: law.regulation.roles[open.role]?.unit ?? '',
    assignee: open.assignee,
    since: open.since,
    dueAt: (norm ?? earliest(running))?.dueAt ?? null,
    norm: norm === undefined ? null : { value: norm.value, unit: norm.unit, clause: norm.clause },
    waits: waitsOf(state),
    handed: open.handed === undefined ? null : { ...open.handed, by: open.handed.by.id },
  }
}

function waitsOf({ step, outages }: CaseState): NonNullable<CaseRows['work']>['waits'] {
  if (step?.awaiting === undefined) return null
  const { task, since } = step.awaiting
  return { for: task === 'RequestSent' ? 'gateway' : 'register', since, down: outages.find(({ until }) => until === null)?.from ?? null }
}

export const nameOf = (person: { surname: string; name: string; patronymic?: string | undefined }) =>
  [person.surname, person.name, person.patronymic].filter(Boolean).join(' ')

/** The step in the words of its regulation. */
export const titleOf = (law: CaseLaw, step: string) => stepOf(law, step)?.title

function earliest(dues: readonly Due[]): Due | undefined {
  return dues.reduce<Due | undefined>(
    (first, d) => (first === undefined || Date.parse(d.dueAt) < Date.parse(first.dueAt) ? d : first),
    undefined,
  )
}
