import type { LawFile, LawLibrary } from '../ledger/ledger.ts'
import type { Statutes } from './statutes.ts'

/** A file of the law changed under the same edition, and nobody recorded it as a correction. */
export class LawEdited extends Error {
  readonly paths: readonly string[]

  constructor(paths: readonly string[]) {
    super(
      `Changed under the same edition: ${paths.join(', ')}. Restore the file, or record the change as a correction with its reason: qyzmet admin correct-law <path> --reason "…"`,
    )
    this.name = 'LawEdited'
    this.paths = paths
  }
}

/** Lays the text of every file of the law into the ledger before any case is decided under it. */
export async function rememberLaw(law: LawLibrary, statutes: Statutes): Promise<void> {
  const changed = await law.remember(lawFiles(statutes))
  if (changed.length > 0) throw new LawEdited(changed.map((c) => c.path))
}

/** Every file that some regulation rests on, once. */
export function lawFiles(statutes: Statutes): LawFile[] {
  const files = statutes.library.regulations.flatMap((law) => law.files)
  return [...new Map(files.map((file) => [file.path, { path: file.path, sha256: file.sha256, text: file.text }])).values()]
}
