import { inflated } from '../scans/inflate.ts'
import { filtersOf, objectsOf, type PdfObject } from '../scans/pdf/objects.ts'
import { asciiOf, isDictionary, nameOf, type PdfDictionary, referenceOf } from '../scans/pdf/values.ts'

/** No file of ours that lies in a PDF is longer. */
const longest = 4 * 1024 * 1024
/** A paper has two, and three for each person who signed. */
const mostFiles = 64

/**
 * Files that lie in a PDF (ISO 32000-2, 7.11.4), by name; a name of which there are two is left out: readers of PDF would show either.
 * @throws Flawed, TooMuch or zlib's error for what is no whole PDF
 */
export async function attachmentsOf(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const { all } = await objectsOf(bytes)
  const numbered = Map.groupBy(all, ({ number }) => number)
  const named = Map.groupBy(all.flatMap(namedFile), ({ name }) => name)
  const files = new Map<string, Buffer>()
  if (named.size > mostFiles) return files
  for (const [name, [only, ...others]] of named) {
    const [stream, ...older] = only === undefined || others.length > 0 ? [] : (numbered.get(only.number) ?? [])
    const content = stream === undefined || older.length > 0 || !isEmbedded(stream) ? null : await contentOf(stream)
    if (content !== null) files.set(name, content)
  }
  return files
}

/** What a file specification names, where both of its names say the same of the same file. */
function namedFile({ value }: PdfObject): { readonly name: string; readonly number: number }[] {
  if (!isDictionary(value) || nameOf(value.get('Type')) !== 'Filespec') return []
  const [name, again] = [asciiOf(value.get('F')), asciiOf(value.get('UF'))]
  const files = value.get('EF')
  const number = isDictionary(files) ? sameReference(files) : undefined
  return name === undefined || name !== again || number === undefined ? [] : [{ name, number }]
}

function sameReference(files: PdfDictionary): number | undefined {
  const [number, again] = [referenceOf(files.get('F')), referenceOf(files.get('UF'))]
  return number === again ? number : undefined
}

const isEmbedded = ({ value, stream }: PdfObject): boolean =>
  stream !== null && isDictionary(value) && nameOf(value.get('Type')) === 'EmbeddedFile'

async function contentOf({ value, stream }: PdfObject): Promise<Buffer | null> {
  if (stream === null || !isDictionary(value)) return null
  const filters = filtersOf(value)
  if (filters.length === 0) return Buffer.from(stream)
  return filters.length === 1 && (filters[0] === 'FlateDecode' || filters[0] === 'Fl') ? inflated(stream, longest) : null
}
