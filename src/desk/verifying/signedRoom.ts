import type { PaperSources } from '../papers/sources.ts'
import type { History } from '../reading.ts'
import type { KeptSignature, SignatureShelf } from '../signatures.ts'
import type { JudgesRoom } from './judges.ts'
import { judgePersons } from './persons.ts'
import type { PersonSignature } from './verdict.ts'

/** What persons signed in a case, for whoever reads it: shown from the signed bytes and judged anew. */
export interface SignedRoom {
  ofCase(history: History): Promise<readonly ShownSignature[]>
  /** By the SHA-256 of the file in which it is kept; null: the case has none. */
  file(history: History, file: string): Promise<KeptSignature | null>
}

export interface ShownSignature {
  readonly kept: KeptSignature
  /** null: what was signed is no statement that this program knows. */
  readonly person: PersonSignature | null
}

export function createSignedRoom({
  shelf,
  judges,
  say,
}: {
  shelf: SignatureShelf
  judges: JudgesRoom
  say: PaperSources['say']
}): SignedRoom {
  return {
    async ofCase(history) {
      const shown: ShownSignature[] = []
      for (const kept of await shelf.ofCase(history)) {
        const { statement } = kept
        const [person = null] = statement === null ? [] : await judgePersons(judges, [{ ...kept, statement }], say)
        shown.push({ kept, person })
      }
      return shown
    },
    file: async (history, file) => (await shelf.ofCase(history)).find((one) => one.file === file) ?? null,
  }
}
