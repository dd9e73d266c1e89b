import { randomUUID } from 'node:crypto'
import { comparedWithRegister } from '../../../../desk/compared.ts'
import type { History } from '../../../../desk/reading.ts'
import { lacking } from '../../../../engine/acts/intake.ts'
import type { StepInput } from '../../../../engine/case/input.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import type { CaseState, Correctable } from '../../../../engine/case/state.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import { inventedOf } from '../../../../law/invented.ts'
import type { Signed } from '../../../door/door.ts'
import type { FieldProblem } from '../../../forms/fields.ts'
import { prefill } from '../../../forms/prefill.ts'
import { type Section, sectionsOf } from '../../../forms/sections.ts'
import type { FormView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { holdersOf } from '../../../wording/holders.ts'
import { namingFor } from '../../../wording/naming.ts'
import { nowOf, viewOf } from '../step/routes.tsx'
import type { ListPlace } from '../work/place.ts'
import { contactOf, type Earlier, faultsOf, typedFrom } from './earlier.ts'
import { isIntake, needsCheck, partsOf } from './parts.ts'
import type { IntakeView } from './view.ts'

export interface Drawn {
  /** What was typed; null: the form as the case knows it. */
  readonly typed: URLSearchParams | null
  readonly sections?: readonly Section[]
  readonly problems?: readonly FieldProblem[] | undefined
  readonly lines?: readonly string[]
  readonly field?: string | undefined
  readonly key?: string
  readonly change?: { readonly entry: Correctable; readonly form: FormView } | null
  readonly again?: { readonly earlier: Earlier; readonly taken: boolean } | null
  readonly place?: ListPlace | undefined
  /** Read without a fault, to be looked at before it is done. */
  readonly checking?: StepInput
}

/** Everything that the screen shows, for what the case is now and what was typed. */
export async function drawIntake(house: House, csrf: string, signed: Signed, history: History, drawn: Drawn): Promise<IntakeView> {
  const { number, version, bound } = history.file
  const law = bound.court
  const now = nowOf(house, history)
  const naming = namingFor(house.people, signed.speech)
  const mine = isIntake(law, history.file.state) && isTheirs(history.file.state.step ?? never, signed.who.actor)
  const key = drawn.key ?? randomUUID()
  const open = mine ? await openOf(house, csrf, signed, history, { ...drawn, key }) : null
  const state = drawn.checking === undefined ? history.file.state : asIf(history.file.state, drawn.checking)
  const { again = null } = drawn
  return {
    history,
    number,
    version,
    law,
    state,
    naming,
    viewer: signed.who.actor,
    invented: inventedOf(bound.law),
    asks: naming.text(bound.law.standard.asks),
    holders: holdersOf(bound.law, naming, signed.speech.t),
    now,
    csrf,
    key,
    place: drawn.place,
    parts: partsOf(law, history.file.state),
    open,
    checking: drawn.checking !== undefined,
    checks: open !== null && needsCheck(law, history.file.state, open.step, now),
    compared: state.registerAnswer === null ? null : comparedWithRegister(state),
    change: drawn.change ?? null,
    again: again === null ? null : { number: again.earlier.number, endedAt: again.earlier.state.ended?.at ?? now, taken: again.taken },
    lacking: state.documents.length === 0 ? null : lacking(law.standard.documents, state, now),
  }
}

const never = { id: '', role: '', organisation: null, assignee: null, since: '' }

async function openOf(house: House, csrf: string, signed: Signed, history: History, drawn: Drawn) {
  const { state, bound } = history.file
  const law = bound.court
  const step = stepOf(law, state.step?.id ?? '')
  if (step === undefined) return null
  const sections = drawn.sections ?? sectionsOf(law, state, step, nowOf(house, history))
  const typed = drawn.typed ?? (await begun(house, signed, history, sections, drawn.again?.taken ? drawn.again.earlier : null))
  const view = await viewOf(house, csrf, signed, history, {
    sections,
    typed,
    problems: drawn.problems,
    lines: drawn.lines ?? [],
    field: drawn.field,
    ...(drawn.key === undefined ? {} : { key: drawn.key }),
  })
  return drawn.again?.taken ? { ...view, before: faultWords(drawn.again.earlier, signed) } : view
}

/** The form before anybody typed into it: what this case knows, else what an earlier one does. Nobody is asked twice. */
async function begun(house: House, { who }: Signed, { file }: History, sections: readonly Section[], from: Earlier | null) {
  const { state, number } = file
  const typed = prefill(state, sections)
  if (from !== null) for (const [name, value] of typedFrom(from)) typed.set(name, value)
  const asksContact = sections.some(({ name }) => name === 'applicant') && Object.values(state.applicant).every((value) => !value)
  if (!asksContact) return typed
  const contact = from?.state.applicant ?? (state.application ? await contactOf(house, who, state.application.iin, number) : null)
  for (const [field, value] of Object.entries(contact ?? {})) if (value) typed.set(`applicant.${field}`, value)
  return typed
}

function faultWords(earlier: Earlier, { speech: { t } }: Signed): Record<string, string> {
  return Object.fromEntries(
    [...faultsOf(earlier)].map(([id, fault]) => [
      id,
      fault.kind === 'wrong' && fault.fact !== '' ? fault.fact : t(`intake.again.${fault.kind}`),
    ]),
  )
}

/** The case as the step would leave it, to be looked at; nothing of it is written. */
function asIf(state: CaseState, input: StepInput): CaseState {
  const { application, documents, applicant, inStateSystems } = input
  return {
    ...state,
    ...(application ? { application, asks: application.asks, holds: application.holds } : {}),
    ...(documents ? { documents } : {}),
    ...(applicant ? { applicant } : {}),
    ...(inStateSystems ? { inStateSystems } : {}),
  }
}
