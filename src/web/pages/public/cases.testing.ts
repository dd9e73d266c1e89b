import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readLawFiles } from '../../../desk/lawFiles.ts'
import type { CaseFile } from '../../../desk/outcome.ts'
import { openStatutes } from '../../../desk/statutes.ts'
import type { CaseEvent } from '../../../engine/case/events.ts'
import { replay } from '../../../engine/case/evolve.ts'
import { rehearse } from '../../../engine/examples/rehearse.ts'
import type { StoredEvent } from '../../../ledger/ledger.ts'
import type { Organisation } from '../../../people/model.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** The law as it stands in the repository. */
export const statutes = openStatutes(
  await readLawFiles(join(root, 'regulations')),
  () => undefined,
  async () => null,
)

const invented: { organisations: Omit<Organisation, 'units'>[] } = parse(
  readFileSync(join(root, 'src', 'people', 'demonstration.yaml'), 'utf8'),
)

export const demonstrationOrganisations: readonly Organisation[] = invented.organisations.map((one) => ({ ...one, units: [] }))

/** The examples' two houses under the names of real rows of the demonstration. */
export const organisation = (id: string): Organisation | undefined =>
  demonstrationOrganisations.find((o) => (id === 'provider' ? o.at === 'provider' : id === 'branch' ? o.at === 'corporation' : o.id === id))

export interface Played {
  readonly file: CaseFile
  readonly events: readonly CaseEvent[]
  readonly stored: readonly StoredEvent[]
}

/** An example of a regulation, played to its end, or to the first event that satisfies `until`. */
export function played(region: string, example: string, until?: (event: CaseEvent) => boolean): Played {
  const law = statutes.library.regulations.find((l) => l.regulation.region === region)
  const given = law?.examples?.examples.find((e) => e.id === example)
  if (law === undefined || given === undefined) throw new Error(`no example ${example} of ${region}`)
  const bound = statutes.bind(law)
  const all = rehearse(bound.court, given).events
  const last = until === undefined ? all.length - 1 : all.findIndex(until)
  if (last < 0) throw new Error(`example ${example} never comes so far`)
  const events = all.slice(0, last + 1)
  const state = replay(events)
  if (state === null) throw new Error(`example ${example} opens no case`)
  const number = '075-191014-48213-2'
  const stored = events.map(
    (event, seq) =>
      ({
        ...event,
        seq,
        law: { regulation: law.regulation.id, edition: law.regulation.edition, sha256: law.sha256.regulation },
      }) as unknown as StoredEvent,
  ) // hashes play no part here
  return { file: { number, home: 75, version: state.version, state, bound }, events, stored }
}

export const opened =
  (step: string) =>
  (event: CaseEvent): boolean =>
    event.type === 'StepOpened' && event.data.step === step
