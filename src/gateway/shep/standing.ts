import { setTimeout as sleep } from 'node:timers/promises'
import type { Certificate } from '../../seal/certificates/certificate.ts'
import { findPath, type TrustStore } from '../../seal/certificates/path.ts'
import type { Revocations } from '../../seal/certificates/revocation.ts'

/** Whether the certificate of a transport signature was taken back. `unknown`: nobody tells, an outage; never taken for `good`. */
export type Standing = 'good' | 'revoked' | 'unknown'

/**
 * What an outage of those who tell means: `soft` the message is taken (the gateway's network is closed, and its certificates are pinned besides), `hard` it has to
 * come again.
 */
export type StandingMode = 'soft' | 'hard'

export interface TransportStanding {
  readonly mode: StandingMode
  /** @param at RFC 3339 by the law's clock */
  of(certificate: Certificate, offered: readonly Certificate[], at: string): Promise<Standing>
}

export interface StandingParts {
  readonly mode: StandingMode
  /** By whom the certificate was issued is found here; without it nobody can be asked. */
  readonly trust: TrustStore
  readonly revocations: Revocations
  /** Told when nobody tells of a certificate: once for each time that it is asked about. */
  readonly unknown?: (why: string) => void
  /** Milliseconds, by a clock that only goes forward. */
  readonly machine?: () => number
}

/** An answer is kept so long: a message a second must not ask a responder a second. */
const freshMs = { good: 300_000, revoked: 300_000, unknown: 30_000 } as const satisfies Record<Standing, number>
/** A message waits no longer for those who tell. */
const patienceMs = 3_000
/** Certificates that are remembered; those who write to a node are a handful. */
const most = 200

/** Asks of everybody on the path but the root; messages that come at once wait for one question. */
export function transportStanding({
  mode,
  trust,
  revocations,
  unknown,
  machine = () => performance.now(),
}: StandingParts): TransportStanding {
  const known = new Map<string, { readonly until: number; readonly standing: Promise<Standing> }>()

  async function learn(certificate: Certificate, offered: readonly Certificate[], at: string): Promise<Standing> {
    const path = await findPath(certificate, { trust, offered, at })
    if (!path.trusted) {
      unknown?.('no path to a root')
      return 'unknown'
    }
    let standing: Standing = 'good'
    for (const [n, issuer] of path.chain.slice(1).entries()) {
      const { status } = await revocations.of(path.chain[n] ?? certificate, issuer, at)
      if (status.kind === 'revoked') return 'revoked'
      if (status.kind === 'unknown') {
        standing = 'unknown'
        unknown?.(status.why)
      }
    }
    return standing
  }

  /** The answer as it comes, and how long it holds from then on. */
  function asked(certificate: Certificate, offered: readonly Certificate[], at: string): Promise<Standing> {
    const { sha256 } = certificate
    const answer = learn(certificate, offered, at)
    answer.then(
      (standing) => known.set(sha256, { until: machine() + freshMs[standing], standing: answer }),
      () => known.delete(sha256),
    )
    // Whoever asks meanwhile waits for the same answer, and no longer than a message may wait.
    const standing = Promise.race([answer, sleep(patienceMs, 'unknown' as const, { ref: false })]) // the word, not any text
    known.set(sha256, { until: Number.POSITIVE_INFINITY, standing })
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return standing
  }

  return {
    mode,
    async of(certificate, offered, at) {
      const kept = known.get(certificate.sha256)
      return kept !== undefined && machine() < kept.until ? kept.standing : asked(certificate, offered, at)
    },
  }
}
