import { inflate, TooMuch } from '../inflate.ts'
import { checkPixels, Flawed, type ScanFacts } from '../verdict.ts'
import { filtersOf, objectsOf, type PdfObject, type PdfObjects } from './objects.ts'
import { isDictionary, isList, nameOf, type PdfDictionary, type PdfValue, referenceOf } from './values.ts'

/** ISO 32000-2: pages counted through their tree, nothing that acts by itself, nothing carried along, nothing that fills the memory. */

/** More pages than any document of a Standard; a book is asked for in parts. */
const mostPages = 1000
/** Pictures of a hundred pages as a scanner packs them; each page's picture has its own limit besides. */
const longestInside = 1024 * 1024 * 1024
/** Deflate packs at most 1 : 1032; a stream that comes near it holds nothing but one byte, and such a page of white is small. */
const longestStream = 300 * 1024 * 1024

/** Actions (12.6.4) that run, fetch, send or open something; going to a page or following a link on a click is not among them. */
const forbiddenActions = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
  'Rendition',
  'RichMediaExecute',
  'Movie',
  'Sound',
])
const forbiddenKeys = new Set(['JS', 'JavaScript', 'AA', 'XFA'])
const carrying = new Set(['EmbeddedFile', 'Filespec', 'RichMedia', 'FileAttachment', 'Movie', 'Sound', 'Screen', '3D'])

export async function inspectPdf(bytes: Buffer): Promise<ScanFacts> {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8))) throw new Flawed('damaged', { part: '%PDF' })
  const objects = await objectsOf(bytes)
  if (objects.trailers.some((trailer) => trailer.has('Encrypt'))) throw new Flawed('locked')
  for (const { value } of objects.all) checkHarmless(value, objects)
  const pages = countPages(objects)
  await checkStreams(objects.all)
  return { type: 'application/pdf', pages }
}

function checkHarmless(value: PdfValue, objects: PdfObjects): void {
  if (isList(value)) {
    for (const one of value) checkHarmless(one, objects)
  } else if (isDictionary(value)) {
    checkDictionary(value, objects)
    for (const one of value.values()) checkHarmless(one, objects)
  }
}

function checkDictionary(dictionary: PdfDictionary, objects: PdfObjects): void {
  for (const key of forbiddenKeys)
    if (dictionary.has(key) && !isEmpty(dictionary.get(key), objects)) throw new Flawed('active', { what: key })
  const action = nameOf(resolved(dictionary.get('S'), objects))
  if (action !== undefined && forbiddenActions.has(action)) throw new Flawed('active', { what: action })
  if (dictionary.has('EmbeddedFiles') || dictionary.has('EF')) throw new Flawed('attachment')
  for (const key of ['Type', 'Subtype']) {
    const kind = nameOf(resolved(dictionary.get(key), objects))
    if (kind !== undefined && carrying.has(kind)) throw new Flawed('attachment')
  }
}

/** `/AA <<>>` does nothing, and some printers write it. */
function isEmpty(value: PdfValue | undefined, objects: PdfObjects): boolean {
  const found = resolved(value, objects)
  return found === null || found === undefined || (isDictionary(found) && found.size === 0)
}

function resolved(value: PdfValue | undefined, { current }: PdfObjects): PdfValue | undefined {
  let found = value
  for (let turn = 0; turn < 10; turn++) {
    const number = referenceOf(found)
    if (number === undefined) return found
    found = current.get(number)?.value ?? null
  }
  return null
}

function countPages(objects: PdfObjects): number {
  const roots = objects.trailers.map((trailer) => resolved(trailer.get('Root'), objects)).filter(isDictionary)
  const catalogue = roots.findLast((root) => root.has('Pages'))
  const top = resolved(catalogue?.get('Pages'), objects)
  if (!isDictionary(top)) throw new Flawed('damaged', { part: 'Pages' })
  let count = 0
  const seen = new Set<PdfValue>()
  const ahead: PdfValue[] = [top]
  while (ahead.length > 0) {
    const node = ahead.pop()
    if (!isDictionary(node) || seen.has(node)) throw new Flawed('damaged', { part: 'Pages' })
    seen.add(node)
    const kids = resolved(node.get('Kids'), objects)
    if (isList(kids)) ahead.push(...kids.map((kid) => resolved(kid, objects) ?? null))
    else if (nameOf(node.get('Type')) === 'Page' || node.has('Contents') || node.has('MediaBox')) count++
    else throw new Flawed('damaged', { part: 'Pages' })
    if (count > mostPages || seen.size > 10 * mostPages) throw new Flawed('tooManyPages', { most: mostPages })
  }
  if (count === 0) throw new Flawed('damaged', { part: 'Pages' })
  return count
}

/** Pictures by their size, and whatever is packed by what comes out of it. */
async function checkStreams(all: readonly PdfObject[]): Promise<void> {
  let budget = longestInside
  for (const { value, stream, number } of all) {
    if (stream === null || !isDictionary(value)) continue
    const [width, height] = [value.get('Width'), value.get('Height')]
    if (nameOf(value.get('Subtype')) === 'Image' && typeof width === 'number' && typeof height === 'number') checkPixels(width, height)
    const filters = filtersOf(value).map((name) => (name === 'Fl' ? 'FlateDecode' : name))
    const flates = filters.filter((name) => name === 'FlateDecode' || name === 'LZWDecode').length
    if (flates > 1) throw new Flawed('inflates')
    if (filters[0] !== 'FlateDecode') continue
    // A stream may be followed by the line end that stands before `endstream`.
    budget -= await inflate(stream, Math.min(longestStream, budget)).catch((cause: unknown) => {
      if (cause instanceof TooMuch) throw new Flawed('inflates')
      throw new Flawed('damaged', { part: `${number} 0 obj` })
    })
  }
}
