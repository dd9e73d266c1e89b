/**
 * When to ask an outside system again, and when to leave it in peace. Pure: time comes in, chance comes from a seed, so that the same failure of
 * the same question is repeated at the same time by whichever process does it.
 */

export interface Backoff {
  /** Wait after the first failure, in ms. */
  readonly firstMs: number
  readonly longestMs: number
  /** Each wait is so many times the one before. */
  readonly factor: number
}

export const usualBackoff: Backoff = { firstMs: 2_000, longestMs: 300_000, factor: 2 }

/**
 * Wait before the next attempt, in whole ms: from half to the whole of `first * factor^(failures - 1)`, at most `longestMs`. The spread keeps
 * many cases that failed together from coming back together.
 * @param failures so far, at least 1
 * @param seed the question's own name
 */
export function nextAttempt(failures: number, seed: string, { firstMs, longestMs, factor }: Backoff = usualBackoff): number {
  if (!Number.isInteger(failures) || failures < 1) throw new RangeError(`${failures} failures: there is nothing to repeat.`)
  const whole = Math.min(longestMs, firstMs * factor ** (failures - 1))
  return Math.round(whole * (0.5 + share(`${seed}/${failures}`) / 2))
}

/** FNV-1a with a final mix: an even share of [0, 1) for a text. Not for secrets. */
function share(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** A breaker for one service: closed it lets everything through, open nothing, and after a pause one question that decides. Times in ms. */
export interface Breaker {
  readonly failures: number
  /** Open until then; null: closed. */
  readonly openUntil: number | null
  /** The deciding question is under way since then. */
  readonly tryingSince: number | null
}

export interface BreakerRule {
  /** So many failures one after another open it. */
  readonly opensAfter: number
  readonly pauseMs: number
  /** A deciding question that has not come back after this is given up. */
  readonly trialMs: number
}

export const usualBreaker: BreakerRule = { opensAfter: 5, pauseMs: 30_000, trialMs: 60_000 }
export const closedBreaker: Breaker = { failures: 0, openUntil: null, tryingSince: null }

/** May a question leave now? `breaker` is what to remember then; `waitMs` when to ask again. */
export function admit(
  breaker: Breaker,
  now: number,
  rule: BreakerRule = usualBreaker,
): { readonly go: true; readonly breaker: Breaker } | { readonly go: false; readonly waitMs: number } {
  const { openUntil, tryingSince } = breaker
  if (openUntil === null) return { go: true, breaker }
  if (now < openUntil) return { go: false, waitMs: openUntil - now }
  const trialEnds = tryingSince === null ? now : tryingSince + rule.trialMs
  return now >= trialEnds ? { go: true, breaker: { ...breaker, tryingSince: now } } : { go: false, waitMs: trialEnds - now }
}

/** Only an outage counts as a failure: "no such person" and a refused message are answers of a system that lives. */
export function learn(breaker: Breaker, outcome: 'answered' | 'outage', now: number, rule: BreakerRule = usualBreaker): Breaker {
  if (outcome === 'answered') return closedBreaker
  const failures = breaker.failures + 1
  const opens = failures >= rule.opensAfter
  return { failures, openUntil: opens ? now + rule.pauseMs : null, tryingSince: null }
}
