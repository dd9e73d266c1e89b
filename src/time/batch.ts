import type { Translator } from '../language/translator.ts'
import { type Answer, type DeadlineInput, deadline, no, type Unit } from './deadline.ts'
import type { OrganisationKind } from './reckoning.ts'
import type { Party, World } from './schedule.ts'
import { type DeadlineJson, deadlineJson, renderError } from './words.ts'

/** The answer to a line that cannot be reckoned. */
export interface RefusedLine {
  readonly id: DeadlineInput['id']
  readonly error: { readonly code: string; readonly text: string }
}

/** One party per kind, kept: their schedules are found by these objects. */
const parties: Readonly<Record<OrganisationKind, Party>> = { provider: { kind: 'provider' }, corporation: { kind: 'corporation' } }

/** One NDJSON line, parsed, of `qyzmet deadline --batch` → its answer. Hours are those of the organisation's kind. */
export function deadlineBatchLine(line: unknown, world: World, t: Translator): DeadlineJson | RefusedLine {
  const input = inputOf(line)
  const answer = input.ok ? deadline(input.value, world) : input
  if (answer.ok) return deadlineJson(answer.value, t)
  return { id: idOf(line), error: { code: answer.error.code, text: renderError(t, answer.error) } }
}

const field = (line: unknown, key: string): unknown => (typeof line === 'object' && line !== null ? Reflect.get(line, key) : undefined)

function idOf(line: unknown): DeadlineInput['id'] {
  const id = field(line, 'id')
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

const isUnit = (value: unknown): value is Unit => value === 'min' || value === 'wd' || value === 'cd'
const partyOf = (value: unknown): Party | undefined => (value === 'provider' || value === 'corporation' ? parties[value] : undefined)

function inputOf(line: unknown): Answer<DeadlineInput> {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return no('notObject')
  const unit = field(line, 'unit')
  if (!isUnit(unit)) return no('unitUnknown', { value: String(unit ?? '') })
  const value = field(line, 'value')
  if (typeof value !== 'number') return no('valueWrong', { value: String(value ?? '') })
  const receivedAt = field(line, 'receivedAt')
  if (typeof receivedAt !== 'string') return no('momentWrong', { value: String(receivedAt ?? '') })
  const zone = field(line, 'zone')
  if (typeof zone !== 'string') return no('zoneUnknown', { value: String(zone ?? '') })
  const receiver = partyOf(field(line, 'receiver'))
  const performer = partyOf(field(line, 'performer'))
  if (!receiver) return no('partyUnknown', { value: String(field(line, 'receiver') ?? '') })
  if (!performer) return no('partyUnknown', { value: String(field(line, 'performer') ?? '') })
  const norm = { value, unit, clause: null }
  return { ok: true, value: { id: idOf(line), norm, receivedAt, zone, receiver, performer } }
}
