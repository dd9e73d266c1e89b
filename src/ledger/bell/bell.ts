/** Word of moved cases between the processes of one database. It carries no facts: whoever hears it looks at the ledger. */

/** A case has a new version. `places` are the desks (`<organisation>|<role>|<unit>`) whose lists it left, came to or stayed in. */
export interface Moved {
  readonly case: string
  readonly version: number
  readonly places: readonly string[]
}

/** `gap`: something may have moved unheard (the connection was lost, or too much moved at once): look at everything that is open. */
export type Heard = { readonly kind: 'moved'; readonly moved: readonly Moved[] } | { readonly kind: 'gap' }

export interface Bell {
  /** Tells this process at once and the others within a tenth of a second. Never throws and never waits: a lost word is made good by looking. */
  ring(moved: Moved): void
  /** The returned function ends it. */
  hear(listener: (heard: Heard) => void): () => void
  close(): Promise<void>
}

export const placeOf = (organisation: string | null, role: string, unit: string) => `${organisation ?? ''}|${role}|${unit}`
