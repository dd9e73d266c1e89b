import type { Ledger, StoredEvent } from '../../ledger/ledger.ts'
import { fullName } from '../../people/model.ts'
import type { PackedFile } from '../../seal/asic/names.ts'
import type { History } from '../reading.ts'
import { lawOf } from './law.ts'
import { json, type PackParts } from './parts.ts'
import { signaturesOf } from './signatures.ts'

export const packFormat = 'qyzmet-pack/1'

/**
 * Everything of one case that an inspector needs to judge it without us: its chain with the proof under the seals, what each digest in it stands for,
 * the terms with their proofs, the way of the papers, what was printed, scanned and signed, and the law it was decided under. docs/verify says
 * how it is checked. In a folder of the case's number.
 */
export async function filesOfCase(parts: PackParts, history: History): Promise<PackedFile[]> {
  const { ledger } = parts
  const { file, events } = history
  const { home, number, state } = file
  const proof = await ledger.seals.proof(home, number)
  const data: Record<string, unknown> = {
    'case.json': about(history),
    'proof.json': proof,
    'values.json': await ledger.values(home, number),
    'timeline.json': events.map((event) => timelineLine(parts, event)),
    'terms.json': state.dues,
    'outages.json': state.outages,
    'custody.json': events.filter(({ type }) => type === 'CustodyOffered' || type === 'CustodyTaken').map(custodyLine),
  }
  return [
    ...Object.entries(data).map(([name, value]) => json(name, value)),
    ...(await papersOf(parts, history)),
    ...(await scansOf(ledger, home, number)),
    ...(await signaturesOf(parts, history)),
    ...(await lawOf(ledger, state.files)),
  ].map((one) => ({ ...one, path: `${number}/${one.path}` }))
}

function about({ file: { number, home, state, bound } }: History) {
  const { id, edition, service, region } = bound.law.regulation
  const { channel, provider, branch, location, openedAt, ended, destroyed, files, version } = state
  return {
    format: packFormat,
    number,
    home,
    service,
    region,
    regulation: id,
    edition,
    channel,
    provider,
    branch,
    location,
    openedAt,
    ended,
    destroyed,
    files,
    version,
  }
}

/** As the chain has it, the values put back in their place, with the name of whoever did it. */
function timelineLine({ people }: PackParts, { seq, at, type, clause, actor, data, personal }: StoredEvent) {
  const staff = people.staffById(actor.id)
  return {
    seq,
    at,
    type,
    clause,
    actor: { ...actor, ...(staff === undefined ? {} : { name: fullName(staff.name) }) },
    data,
    ...(personal === undefined ? {} : { personal }),
  }
}

const custodyLine = ({ seq, at, type, actor, data }: StoredEvent) => ({ seq, at, type, by: actor, ...data })

async function papersOf({ papers }: PackParts, history: History): Promise<PackedFile[]> {
  const found: PackedFile[] = []
  const list: unknown[] = []
  for (const { id, form, kind, at, by, clause, copies, copyOf } of history.file.state.papers) {
    const printed = await papers.print(history, id)
    list.push({ id, form, kind, at, by, clause, copies, copyOf, sha256: printed?.sha256 ?? null })
    if (printed !== null) found.push({ path: `papers/${id}.pdf`, mediaType: 'application/pdf', bytes: printed.pdf })
  }
  return [json('papers.json', list), ...found]
}

const endings: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }

async function scansOf(ledger: Ledger, home: number, number: string): Promise<PackedFile[]> {
  const found: PackedFile[] = []
  for (const { sha256, facts } of await ledger.files.list(home, number)) {
    const bytes = facts === null ? null : await ledger.files.get(home, number, sha256)
    if (facts !== null && bytes !== null)
      found.push({ path: `scans/${sha256}.${endings[facts.type] ?? 'bin'}`, mediaType: facts.type, bytes })
  }
  return found
}
