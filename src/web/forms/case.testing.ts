import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openStatutes } from '../../desk/statutes.ts'
import { decide } from '../../engine/case/decide.ts'
import { evolve } from '../../engine/case/evolve.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { isRefusal } from '../../engine/case/refusal.ts'
import type { CaseState } from '../../engine/case/state.ts'

const folder = resolve(import.meta.dirname, '../../../regulations')

/** The regulation of a region as it is shipped, in force on the day on which the demonstration begins. */
export function shippedLaw(region: string): CaseLaw {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'))
  const files = paths.map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, path), 'utf8') }))
  const statutes = openStatutes(
    files,
    () => undefined,
    async () => null,
  )
  const bound = statutes.inForce('teacher-attestation', region, '2019-10-14')
  if ('refused' in bound) throw new Error(`${region}: ${bound.refused}`)
  return bound.court
}

/** A case just opened at its channel's first step. */
export function open(law: CaseLaw, channel: string, step: string): CaseState {
  const role = law.regulation.steps.find(({ id }) => id === step)?.actor ?? ''
  const provider = { id: 'test.provider', kind: law.regulation.providers[0]?.kind ?? '' }
  const branch = law.regulation.channels[channel]?.receiver === 'corporation' ? 'test.branch' : null
  const organisation = law.regulation.roles[role]?.at === 'corporation' ? (branch ?? '') : provider.id
  const actor = { kind: 'staff' as const, id: 'somebody', role, organisation, unit: '' }
  const wanted = {
    do: 'open' as const,
    actor,
    number: '075-191014-00000-0',
    channel,
    provider,
    branch,
    location: 'local' as const,
    secret: 'X',
  }
  const decided = decide(law, null, wanted, '2019-10-14T10:00:00+06:00')
  if (isRefusal(decided)) throw new Error(decided.refused.code)
  const state = decided.events.reduce<CaseState | null>((before, event) => evolve(before, event), null)
  if (state === null) throw new Error('no case')
  return state
}
