import type { NoticeChannel, OutageCode, RefusedCode, UndeliveredCode } from './carrier.ts'

/**
 * Where one notice on one channel stands.
 * - `waiting` for its first or next try; `handed` the carrier has it
 * - `delivered`, `undelivered`, `refused` the carrier's last word
 * - `givenUp` the carrier was away for too long; `pointless` it would say what is no longer so
 * - `noReport` the carrier took it and never said what became of it
 */
export type NoticeState = 'waiting' | 'handed' | 'delivered' | 'undelivered' | 'refused' | 'givenUp' | 'pointless' | 'noReport'

/** One line of the channel log. Address and words are personal: they lie as a file under the key of the case, and go with it. */
export interface NoticeLine {
  readonly home: number
  readonly case: string
  /** Which occasion of the case it is of, `12/ready`; with the channel it is the notice's name. */
  readonly key: string
  readonly channel: NoticeChannel
  readonly kind: string
  readonly language: string
  readonly state: NoticeState
  readonly code: RefusedCode | OutageCode | UndeliveredCode | null
  /** How often it was offered to the carrier. */
  readonly tries: number
  /** How often the carrier was asked what became of it. */
  readonly asked: number
  /** Parts of an SMS; 1 for a mail. */
  readonly segments: number
  /** SHA-256 of the sealed file with address and words. */
  readonly said: string
  /** RFC 3339, by the law's clock. */
  readonly createdAt: string
  readonly changedAt: string
  /** When it is tried or asked about again, by the machine's clock; null: never. */
  readonly nextAt: string | null
}

/** What makes the next try: enqueued in the same transaction as the line that says so. */
export interface NextTry {
  readonly task: string
  readonly key: string
  readonly payload: { readonly [name: string]: string | number }
  readonly runAt: string
}

export interface NoticeLog {
  /** Keeps a new line; where there is one of this name already, that one is given back as it stands. */
  begin(line: NoticeLine): Promise<NoticeLine>
  /**
   * Writes a line's new standing and, with it, its next try, if the line still stands as it `was` read; else whoever was faster has seen to both.
   * Two handlers may have it in hand: a server that lost its connection is taken for dead.
   */
  settle(line: NoticeLine, was: NoticeLine, next?: NextTry): Promise<void>
  /** Oldest first. */
  ofCase(home: number, caseNumber: string): Promise<NoticeLine[]>
}

const standsAlike = (a: NoticeLine, b: NoticeLine) => a.state === b.state && a.tries === b.tries && a.asked === b.asked

/** In memory, for one process. `enqueue` is given what `settle` would have written beside the line. */
export function noticeLogInMemory(enqueue: (line: NoticeLine, next: NextTry) => void = () => {}): NoticeLog {
  const lines = new Map<string, NoticeLine>()
  const nameOf = ({ home, case: number, key, channel }: NoticeLine) => [home, number, key, channel].join('|')
  return {
    begin: async (line) => {
      const known = lines.get(nameOf(line))
      if (known === undefined) lines.set(nameOf(line), line)
      return known ?? line
    },
    settle: async (line, was, next) => {
      const known = lines.get(nameOf(line))
      if (known === undefined || !standsAlike(known, was)) return
      lines.set(nameOf(line), line)
      if (next) enqueue(line, next)
    },
    ofCase: async (home, number) => [...lines.values()].filter((line) => line.home === home && line.case === number),
  }
}
