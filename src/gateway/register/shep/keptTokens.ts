import type { KdpToken } from './kdp.ts'

/** Whose token it is: given for this question of this case, about this person. */
export interface TokenPlace {
  readonly caseNumber: string
  readonly queryId: string
  readonly iin: string
}

/** Where tokens of consent lie until their time is over. */
export interface KeptTokens {
  /** @param now the law's time, RFC 3339: a token whose time is over is none */
  find(place: TokenPlace, now: string): Promise<KdpToken | null>
  /** @param until RFC 3339 */
  keep(place: TokenPlace, token: KdpToken, until: string): Promise<void>
  forget(place: TokenPlace): Promise<void>
}

/** So many tokens are remembered; the oldest give way. */
const most = 1000

/** For one process, and as long as it lives. */
export function tokensInMemory(): KeptTokens {
  const known = new Map<string, { readonly token: KdpToken; readonly iin: string; readonly until: number }>()
  return {
    async find({ queryId, iin }, now) {
      const found = known.get(queryId)
      return found !== undefined && found.iin === iin && Date.parse(now) < found.until ? found.token : null
    },
    async keep({ queryId, iin }, token, until) {
      known.set(queryId, { token, iin, until: Date.parse(until) })
      const [oldest] = known.keys()
      if (known.size > most && oldest !== undefined) known.delete(oldest)
    },
    async forget({ queryId }) {
      known.delete(queryId)
    },
  }
}
