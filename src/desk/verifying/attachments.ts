import { inflated } from '../scans/inflate.ts'
import { filtersOf, objectsOf, type PdfObject } from '../scans/pdf/objects.ts'
import { isDictionary, nameOf } from '../scans/pdf/values.ts'

/** No file of ours that lies in a PDF is longer. */
const longest = 4 * 1024 * 1024

/**
 * Files that lie in a PDF (ISO 32000-2, 7.11.4), by media type; a type of which there are two is left out: readers of PDF would show either.
 * @throws Flawed, TooMuch or zlib's error for what is no whole PDF
 */
export async function attachmentsOf(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const { all } = await objectsOf(bytes)
  const found = Map.groupBy(all.filter(isEmbedded), ({ value }) => (isDictionary(value) && nameOf(value.get('Subtype'))) || '')
  const files = new Map<string, Buffer>()
  for (const [type, [only, ...more]] of found) {
    const content = only === undefined || more.length > 0 ? null : await contentOf(only)
    if (content !== null) files.set(type, content)
  }
  return files
}

const isEmbedded = ({ value, stream }: PdfObject): boolean =>
  stream !== null && isDictionary(value) && nameOf(value.get('Type')) === 'EmbeddedFile'

async function contentOf({ value, stream }: PdfObject): Promise<Buffer | null> {
  if (stream === null || !isDictionary(value)) return null
  const filters = filtersOf(value)
  if (filters.length === 0) return Buffer.from(stream)
  return filters.length === 1 && (filters[0] === 'FlateDecode' || filters[0] === 'Fl') ? inflated(stream, longest) : null
}
