/** 10 MiB, as the ledger takes at the most. */
export const longestScan = 10 * 1024 * 1024

export const scanTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type ScanType = (typeof scanTypes)[number]

/** What was found in a file that may be kept. */
export interface ScanFacts {
  readonly type: ScanType
  /** Pages of a PDF; 1 for a picture. */
  readonly pages: number
}

/** Why a file is no scan. Words: `scans.problem.<code>`. */
export const flawCodes = [
  'empty',
  'tooLarge',
  'tooMany',
  'otherType',
  'truncated',
  'damaged',
  'appended',
  'tooManyPixels',
  'tooManyPages',
  'animated',
  'locked',
  'active',
  'attachment',
  'inflates',
] as const
export type FlawCode = (typeof flawCodes)[number]

export interface Flaw {
  readonly code: FlawCode
  readonly params: Readonly<Record<string, string | number>>
}

export type Verdict = { readonly ok: true; readonly facts: ScanFacts } | { readonly ok: false; readonly flaw: Flaw }

/** Thrown inside the readers of one format, told outside as a verdict: a flaw may be found ten calls deep. */
export class Flawed extends Error {
  readonly flaw: Flaw

  constructor(code: FlawCode, params: Flaw['params'] = {}) {
    super(code)
    this.name = 'Flawed'
    this.flaw = { code, params }
  }
}

/** A3 at 600 dots an inch has 70 million; more is no sheet of paper, and a viewer needs four bytes for each. */
export const mostPixels = 100_000_000
const longestSide = 30_000

export function checkPixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Flawed('damaged', { part: 'size' })
  if (width > longestSide || height > longestSide || width * height > mostPixels)
    throw new Flawed('tooManyPixels', { width, height, most: Math.round(mostPixels / 1_000_000) })
}
