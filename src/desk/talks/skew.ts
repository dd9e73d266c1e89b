/** Clocks of two nodes further apart than this raise an alarm: terms of two minutes are counted by them. In milliseconds. */
export const skewAllowed = 120_000

export interface Skew {
  readonly from: string
  /** How much the sender's clock is ahead of ours, ms; negative: behind, or the message was held on its way. */
  readonly aheadMs: number
  /** By our law's clock, ms since the epoch. */
  readonly heardAt: number
}

export interface ClockWatch {
  /** A message came that its sender dated so (RFC 3339); `now` is our law's clock, ms. It is taken whatever comes of this. */
  heard(from: string, messageDate: string, now: number): void
  /** Senders whose last message was dated too far from our clock. */
  apart(): readonly Skew[]
}

/** @param heard told of each message, and whether the clocks are too far apart */
export function watchClocks(heard: (skew: Skew, isApart: boolean) => void): ClockWatch {
  const last = new Map<string, Skew>()
  return {
    heard(from, messageDate, now) {
      const skew = { from, aheadMs: Date.parse(messageDate) - now, heardAt: now }
      last.set(from, skew)
      heard(skew, isApart(skew))
    },
    apart: () => [...last.values()].filter(isApart),
  }
}

const isApart = ({ aheadMs }: Skew): boolean => Math.abs(aheadMs) > skewAllowed
