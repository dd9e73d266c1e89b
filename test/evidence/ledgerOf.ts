import { createHash } from 'node:crypto'
import { type PkiServerWish, type RunningPki, servePki } from '../../src/contour/pki/server.ts'
import type { EvidenceParts } from '../../src/desk/evidence/parts.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { httpAsking } from '../../src/seal/certificates/asking.ts'
import { revocations } from '../../src/seal/certificates/revocation.ts'
import { stampFrom } from '../../src/seal/national/stamping.ts'
import { anEvent, law, lawText, open } from '../ledger/commands.ts'

export const begins = '2019-10-14T10:00:00+06:00'
const day = 24 * 3_600_000

/** An authority over HTTP and a clock that the test sets. */
export interface AuthorityWorld {
  readonly running: RunningPki
  now: string
  /** The authority gets a certificate of five years from this day. */
  renewStamping(day: string): Promise<void>
  parts(ledger: EvidenceParts['ledger'], more?: Partial<EvidenceParts>): EvidenceParts
}

export async function authorityWorld(algorithm: PkiServerWish['algorithm'] = 'ecdsa', at = begins): Promise<AuthorityWorld> {
  const asking = httpAsking({ timeoutMs: 10_000 })
  const world: AuthorityWorld = {
    running: await servePki({ algorithm, at, now: () => world.now }),
    now: at,
    async renewStamping(day) {
      const from = Temporal.PlainDate.from(day)
      const [starts, ends] = [from, from.add({ years: 5 })].map((one) => `${one}T00:00:00Z`)
      const { pki } = world.running
      const subject = { commonName: 'TSA' }
      pki.stampBy(await pki.certify(`tsa-${day}`, { subject, use: 'tsa', from: starts ?? '', until: ends ?? '' }))
    },
    parts: (ledger, more = {}) => ({
      ledger,
      court: { trust: world.running.pki.trust, revocations: revocations({ asking }) },
      stamp: stampFrom(`${world.running.url}/tsp`, asking),
      now: () => world.now,
      digest: 'sha256',
      marginMs: 180 * day,
      atOnce: 5,
      ...more,
    }),
  }
  return world
}

const signed = (n: number): Buffer => Buffer.from(`what was signed, and its signature: ${n}`)
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Cases with a signed file each; every third has another file that nobody signed. Numbers of the cases, in order. */
export async function signedCases(ledger: Ledger, count: number): Promise<string[]> {
  await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
  const numbers: string[] = []
  for (let n = 0; n < count; n++) {
    const file = signed(n)
    const data = { file: sha256(file), signer: 'head', digest: sha256(Buffer.from(`${n}`)), algorithm: 'cms' }
    const other = Buffer.from(`a notice ${n}`)
    const keeps = n % 3 === 0 ? [file, other] : [file]
    const command = open({ events: [anEvent('opened', {}, { iin: '900101400017' }), anEvent('AnswerSigned', data)], keeps, views: {} })
    const outcome = await ledger.append(command)
    if (outcome.kind !== 'appended') throw new Error(outcome.kind)
    numbers.push(command.case)
  }
  return numbers
}

export { signed as signedFile }
