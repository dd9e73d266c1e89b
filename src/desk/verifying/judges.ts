import { readCertificates } from '../../seal/certificates/certificate.ts'
import type { Court } from '../../seal/national/judge.ts'
import type { Judges } from '../../seal/report/kept.ts'
import type { Seal } from '../../seal/seal.ts'

export interface JudgesParts {
  readonly seal: Pick<Seal, 'verify'>
  /** National keys, by the pinned roots; absent: the installation was given none. */
  readonly national?: (() => Promise<Court>) | undefined
  /** PEM of certificates that are believed as they are beside the pinned roots: the installation's own, the simulator's root in a demonstration. */
  readonly known: () => readonly string[]
}

/** Who judges what strangers bring, and what lies in packs and papers. */
export interface JudgesRoom {
  judges(): Promise<Judges>
  /** Whether people's keys can lead to a root at all. */
  readonly hasRoots: boolean
}

export function judgesOf({ seal, national, known }: JudgesParts): JudgesRoom {
  return {
    hasRoots: national !== undefined,
    async judges() {
      const { trust, revocations }: Court = (await national?.()) ?? { trust: { roots: [], authorities: [] }, revocations: null }
      const own = known().flatMap((pem) => readCertificates(pem) ?? [])
      return { seal, court: { trust: { ...trust, roots: [...trust.roots, ...own] }, revocations } }
    },
  }
}
