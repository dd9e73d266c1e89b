import { z } from 'zod'
import type { Judges } from '../../../seal/report/kept.ts'
import { packFormat } from '../../pack/pack.ts'
import type { FileFlaw, PackVerdict } from '../file.ts'
import { checkCase } from './case.ts'

const index = z.object({ format: z.literal(packFormat), madeAt: z.string().max(40), cases: z.array(z.string().max(40)).max(200) })

/** More persons' signatures than are judged at once: each costs a path to its root. */
const mostSigned = 100

/** Of all JSON in a pack together: it is read whole, on the event loop. A case of sixty documents has a quarter of a megabyte. */
const mostJson = 24 * 1024 * 1024

/** What the files of a container say as an inspector's pack; null: it is none. */
export async function checkPack(
  files: ReadonlyMap<string, Uint8Array>,
  judges: Judges,
): Promise<{ readonly flaws: readonly FileFlaw[]; readonly pack: PackVerdict } | null> {
  const read = index.safeParse(jsonOf(files.get('index.json')))
  if (!read.success) return null
  const { madeAt, cases } = read.data
  const signed = [...files.keys()].filter((path) => /\/signatures\/[0-9a-f]{64}\.json$/.test(path))
  const json = [...files].reduce((sum, [path, bytes]) => sum + (path.endsWith('.json') ? bytes.length : 0), 0)
  if (json > mostJson) return { flaws: [{ code: 'tooLarge', path: null }], pack: { madeAt, files: files.size, cases: [] } }
  if (signed.length > mostSigned) return { flaws: [{ code: 'tooMany', path: null }], pack: { madeAt, files: files.size, cases: [] } }
  const checked = []
  for (const number of cases) checked.push(await checkCase({ number, files }, judges))
  return {
    flaws: checked.flatMap(({ flaws }) => flaws),
    pack: { madeAt, files: files.size, cases: checked.map(({ about }) => about) },
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? '').toString('utf8'))
  } catch {
    return null
  }
}
