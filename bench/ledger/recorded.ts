/** What real commands wrote, taken down once and played again by everything that is measured beside the ledger. */
export interface Recorded {
  readonly cases: readonly RecordedCase[]
  /** Of all cases that were played, and of those that are kept: how alike they are. */
  readonly mean: { readonly all: Mean; readonly kept: Mean }
}

export interface Mean {
  readonly stepsPerCase: number
  readonly rowsPerStep: number
  /** Characters of the values written. */
  readonly bytesPerStep: number
}

export interface RecordedCase {
  readonly regulation: string
  readonly example: string
  /** Of the case that was played. */
  readonly number: string
  readonly steps: readonly RecordedStep[]
}

export interface RecordedStep {
  /** The same rows into the same tables, each statement with the parameters of its rows. */
  readonly statements: readonly Statement[]
  readonly rows: number
  readonly bytes: number
  /** The same content for those who have other tables. */
  readonly payload: Payload
}

export interface Payload {
  /** What was asked, as JSON. */
  readonly command: string
  /** The events, as JSON. */
  readonly events: readonly string[]
  /** Rows of lists and searches that changed, as JSON. */
  readonly views: readonly string[]
  /** What must happen outside, as JSON. */
  readonly effects: readonly string[]
}

export interface Statement {
  /** With $1, $2 … */
  readonly text: string
  readonly values: readonly Value[]
}

/** As text; with the number of the case between two pieces where the row has it in a key. */
export type Value = string | null | readonly [before: string, after: string]

/** 18 digits, as long as a case's number. */
export const newNumber = () => String(Math.floor(Math.random() * 9e8) + 1e8) + String(Math.floor(Math.random() * 9e8) + 1e8)

export function valuesOf({ values }: Statement, number: string): (string | null)[] {
  return values.map((value) => (value === null || typeof value === 'string' ? value : `${value[0]}${number}${value[1]}`))
}
