import type { Ledger } from '../../ledger/ledger.ts'
import type { People } from '../../people/people.ts'
import type { PackedFile } from '../../seal/asic/names.ts'
import type { PaperRoom } from '../paperRoom.ts'
import type { JudgesRoom } from '../verifying/judges.ts'

/** What a pack is gathered from. */
export interface PackParts {
  readonly ledger: Ledger
  readonly people: Pick<People, 'staffById'>
  readonly papers: PaperRoom
  readonly judges: JudgesRoom
  /** RFC 3339 by the law's clock. */
  readonly now: () => string
}

/** A file of a pack, as JSON that people can read too. */
export const json = (path: string, value: unknown): PackedFile => ({
  path,
  mediaType: 'application/json',
  bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`),
})
