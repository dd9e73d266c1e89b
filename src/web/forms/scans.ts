import type { History } from '../../desk/reading.ts'
import type { Scan } from '../../desk/scanRoom.ts'
import { longestScan } from '../../desk/scans/verdict.ts'
import { type DoorContext, filesOf, type Signed } from '../door/door.ts'
import type { SentFile } from '../door/multipart.ts'
import type { House } from '../house.ts'
import type { FieldProblem } from './fields.ts'

const fileField = (document: string) => `documents.${document}.file`

export interface TakenScans {
  readonly problems: readonly FieldProblem[]
  /** The form was sent for its scans alone: it is shown again, nothing is done. */
  readonly redraw: boolean
}

/**
 * Lays the scans that came with a form into its case, and takes back the one whose button was pressed. `typed` then holds their SHA-256
 * under `documents.<code>.file`; whoever draws the form again shows them with `<ScanField>`.
 */
export async function takeScans(house: House, c: DoorContext, signed: Signed, number: string, typed: URLSearchParams): Promise<TakenScans> {
  const problems: FieldProblem[] = []
  for (const file of await filesOf(c)) {
    const document = /^scan\.([\w-]+)$/.exec(file.name)?.[1]
    if (document === undefined) continue
    const problem = await takeOne(house, signed, number, typed, document, file)
    if (problem !== undefined) problems.push(problem)
  }
  const removed = typed.get('_removeScan')
  if (removed !== null) await letGo(house, signed, number, typed, removed)
  return { problems, redraw: removed !== null || typed.has('_attachScans') }
}

async function takeOne(
  house: House,
  { who }: Signed,
  number: string,
  typed: URLSearchParams,
  document: string,
  { bytes, size }: SentFile,
): Promise<FieldProblem | undefined> {
  const about = { field: `scan.${document}`, document }
  if (bytes === null) {
    const code = size > longestScan ? 'tooLarge' : 'tooMuchAtOnce'
    return { ...about, code: `scan.${code}`, params: { most: longestScan / 1024 / 1024 } }
  }
  const attached = await house.scans.attach(number, who, bytes)
  if (attached.kind === 'flawed') return { ...about, code: `scan.${attached.flaw.code}`, params: attached.flaw.params }
  if (attached.kind !== 'kept') return undefined
  const before = typed.get(fileField(document)) ?? ''
  typed.set(fileField(document), attached.scan.sha256)
  typed.set(`documents.${document}.in`, 'yes')
  if (before !== '' && !isNamed(typed, before)) await house.scans.remove(number, before, who)
  return undefined
}

async function letGo(house: House, { who }: Signed, number: string, typed: URLSearchParams, document: string): Promise<void> {
  const sha256 = typed.get(fileField(document)) ?? ''
  typed.delete(fileField(document))
  if (sha256 !== '' && !isNamed(typed, sha256)) await house.scans.remove(number, sha256, who)
}

/** One scan may serve two documents. */
const isNamed = (typed: URLSearchParams, sha256: string): boolean =>
  [...typed].some(([name, value]) => /^documents\..*\.file$/.test(name) && value === sha256)

/** Scans that the form names and the case does not have: taken back in another tab. */
export function missingScans(typed: URLSearchParams, scans: readonly Scan[], { file }: History): FieldProblem[] {
  const known = new Set([...scans.map(({ sha256 }) => sha256), ...file.state.documents.flatMap((document) => document.file ?? [])])
  return [...typed].flatMap(([name, value]) => {
    const document = /^documents\.([\w-]+)\.file$/.exec(name)?.[1]
    if (document === undefined || value === '' || known.has(value)) return []
    return [{ field: `scan.${document}`, document, code: 'scan.gone', params: {} }]
  })
}
