import writeExcelFile from 'write-excel-file/node'

/** A table that is taken away: the same cells for both kinds of file. A moment is RFC 3339 with the offset in which it is to be read. */
export type Cell = string | number | { readonly at: string } | null

export interface Sheet {
  /** Name of the sheet and, with the ending, of the file. */
  readonly name: string
  readonly head: readonly string[]
  /** Rows in pieces, each made when the one before has been sent. */
  readonly pieces: AsyncIterable<readonly (readonly Cell[])[]>
}

/**
 * A cell that begins like a formula would be one: programs that open CSV run it. What people typed may begin so, on purpose (OWASP, "CSV injection").
 */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const wall = (at: string): Temporal.PlainDateTime => Temporal.PlainDateTime.from(at.slice(0, 19))

const csvCell = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (typeof cell !== 'string') return wall(cell.at).toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const text = guarded(cell)
  return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * UTF-8 with a BOM, so that spreadsheets read Kazakh letters; `separator` as the reader's spreadsheet expects it: a semicolon where the comma
 * parts decimals. Sent piece by piece: nothing waits for the whole.
 */
export function csvStream({ head, pieces }: Sheet, separator: ';' | ','): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const line = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(separator)}\r\n`
  async function* lines() {
    yield encoder.encode(`\u{feff}${line(head)}`)
    for await (const rows of pieces) if (rows.length > 0) yield encoder.encode(rows.map(line).join(''))
  }
  return ReadableStream.from(lines())
}

/** Made in memory, so it is bounded: more rows than this are for CSV. */
export const mostRows = 10_000

/** Numbers as numbers, moments as dates; `rest` is the last line where there are more rows than the file takes. */
export async function xlsx({ name, head, pieces }: Sheet, rest: string): Promise<Uint8Array> {
  const rows: (readonly Cell[])[] = []
  for await (const piece of pieces) {
    rows.push(...piece)
    if (rows.length > mostRows) break
  }
  const kept = rows.length > mostRows ? [...rows.slice(0, mostRows), [rest]] : rows
  const bold = head.map((value) => ({ value, fontWeight: 'bold' as const, wrap: true }))
  const widths = head.map((title, at) => ({
    width: Math.min(60, Math.max(title.length, ...kept.slice(0, 200).map((row) => lengthOf(row[at] ?? null))) + 2),
  }))
  const written = writeExcelFile([bold, ...kept.map((row) => row.map(xlsxCell))], {
    sheet: sheetName(name),
    columns: widths,
    stickyRowsCount: 1,
  })
  return new Uint8Array(await written.toBuffer())
}

/** A cell of text is no formula there, whatever it begins with. Wall time stands as if it were UTC: a sheet has no zones. */
const xlsxCell = (cell: Cell) => {
  if (cell === null) return null
  if (typeof cell === 'string') return { type: String, value: cell }
  if (typeof cell === 'number') return { type: Number, value: cell }
  return { type: Date, value: new Date(`${wall(cell.at).toString()}Z`), format: 'dd.mm.yyyy hh:mm' }
}

const lengthOf = (cell: Cell): number => (cell === null ? 0 : typeof cell === 'object' ? 16 : String(cell).length)

/** Excel takes 31 signs and none of these. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)
