import type { Languages } from '../../language/load.ts'
import { languages as all } from '../../language/messages.ts'
import { createTranslator } from '../../language/translator.ts'
import type { PackedFile } from '../../seal/asic/names.ts'
import { writeAsic } from '../../seal/asic/write.ts'
import type { InstallationKey } from '../../seal/installation.ts'
import type { History, Reading } from '../reading.ts'
import type { Who } from '../who.ts'
import { filesOfCase, packFormat } from './pack.ts'
import { json, type PackParts } from './parts.ts'
import type { Sample } from './sample.ts'

export interface Pack {
  readonly bytes: Uint8Array
  readonly fileName: string
}

/** One signed container of one case or of several, for whoever inspects the work: ASiC-E, checked without us (docs/verify). */
export interface PackRoom {
  /** Under which packs are signed, PEM: to be given to inspectors apart from any pack. */
  readonly certificates: string
  /** Only what the reader may see is in it, and each reading is in the journal. null: nothing of it is theirs to see. `tooMany`: more than a container takes. */
  make(numbers: readonly string[], who: Who, sample?: Sample): Promise<Pack | null | 'tooMany'>
}

/** A container is made in memory. */
export const mostCases = 50

export interface PackRoomParts extends PackParts {
  readonly reading: Pick<Reading, 'cases'>
  readonly languages: Languages
  readonly installation: InstallationKey
  /** Milliseconds since 1970. */
  readonly machine: () => number
}

export function createPackRoom(parts: PackRoomParts): PackRoom {
  return {
    get certificates() {
      return parts.installation.certificates
    },
    async make(numbers, who, sample) {
      if (numbers.length > mostCases) return 'tooMany'
      const histories = await parts.reading.cases(numbers, who, 'export')
      const [first] = histories
      if (first === undefined) return null
      const at = parts.now()
      const files: PackedFile[] = [readme(parts.languages), index(histories, who, at, sample)]
      for (const history of histories) files.push(...(await filesOfCase(parts, history)))
      const sign = (manifest: Uint8Array) => parts.installation.sign(manifest, at)
      const bytes = await writeAsic(files, { at: new Date(parts.machine()), sign })
      return { bytes, fileName: `${histories.length === 1 ? first.file.number : `qyzmet-${at.slice(0, 10)}`}.asice` }
    },
  }
}

function index(histories: readonly History[], { actor }: Who, at: string, sample: Sample | undefined): PackedFile {
  const cases = histories.map(({ file }) => file.number)
  return json('index.json', { format: packFormat, madeAt: at, madeFor: actor, ...(sample === undefined ? {} : { sample }), cases })
}

function readme(languages: Languages): PackedFile {
  const parts = all.map((language) => createTranslator(languages[language], language)('pack.readme'))
  return { path: 'README.txt', mediaType: 'text/plain', bytes: Buffer.from(`${parts.join('\n\n')}\n`) }
}
