import { canBeForged } from '../algorithms/ages.ts'
import { algorithms } from '../algorithms/table.ts'
import { type Certificate, keyIsFor, readCertificate } from '../certificates/certificate.ts'
import { findPath, type TrustStore, usualPatience } from '../certificates/path.ts'
import { fromEvidence, type Revocations } from '../certificates/revocation.ts'
import type { Status } from '../certificates/status.ts'
import type { Cms } from '../cms/read.ts'
import { verifyTimestamp } from '../cms/timestamp.ts'
import { type SignerVerdict, verifyCms } from '../cms/verify.ts'
import type { Evidence, RevocationPiece } from '../evidence/evidence.ts'
import type { Expectation, SealReason } from '../seal.ts'
import { verifyXmlSignature, type XmlSignature } from './xml.ts'

/** Who is believed, and whether anybody outside may be asked. */
export interface Court {
  readonly trust: TrustStore
  /** null: only what is kept counts. */
  readonly revocations: Revocations | null
}

export interface JudgedSigner {
  readonly reasons: readonly SealReason[]
  readonly certificate: Certificate | null
  /** RFC 3339: the moment at which everything had to be valid: the time-stamp's, else the one that was given. */
  readonly moment: string
  readonly timestamped: boolean
  /** By the signer's own word. */
  readonly signedAt: string | null
  readonly algorithm: SignerVerdict['algorithm']
  readonly looked: Looked
  /** Who made the time-stamp; null: the moment is the one that was given. */
  readonly stampedBy: Certificate | null
}

/** What was found on the way from a certificate to a root. */
export interface Looked {
  readonly reasons: readonly SealReason[]
  /** From the certificate itself as far up as it goes. */
  readonly chain: readonly Certificate[]
  /** Of those on the path but its root. */
  readonly statuses: readonly { readonly certificate: Certificate; readonly status: Status }[]
}

export interface JudgedCms {
  readonly signers: readonly JudgedSigner[]
  /** What the judgement stood on, what was given and what was learnt alike. */
  readonly evidence: Evidence
}

export interface JudgedAs {
  /** RFC 3339: the moment of receipt. */
  readonly at: string
  /** By whose word; absent: our own. */
  readonly by?: Expectation['by'] | undefined
  readonly evidence: Evidence
  /** What the key must be for; absent: documents. */
  readonly use?: 'signing' | 'signIn'
}

/** The clock of an authority may be so much ahead of ours. */
const skewMs = 5 * 60_000
/** Certificates of one time-stamp that are tried on the way to a root. */
const mostOffered = 8

/**
 * Judges each signer of a detached CMS over these bytes, in the order of decision 32: arithmetic; the moment (a time-stamp that holds, else `at`); the key's usage;
 * the path to a pinned root at that moment; revocation of everybody on the path at that moment. Never throws for what it is handed.
 */
export async function judgeCms(
  cms: Cms,
  content: Uint8Array,
  court: Court,
  { at, by = 'receipt', evidence, use = 'signing' }: JudgedAs,
): Promise<JudgedCms> {
  const offered = [...evidence.certificates, ...cms.certificates.flatMap((der) => readCertificate(der) ?? [])]
  const { signers } = await verifyCms(cms, { content, known: evidence.certificates })
  const gathered = gathering(court, evidence, offered)
  const judged: JudgedSigner[] = []
  for (const signer of signers) judged.push(await judgeSigner(signer, gathered, { at, by, use }, evidence.timestamps))
  return { signers: judged, evidence: { ...gathered.used(), timestamps: evidence.timestamps } }
}

/** The same of the one signature of an XML; what came along in it may stand on its path. */
export async function judgeXml(
  signature: XmlSignature,
  content: Uint8Array,
  court: Court,
  { at, by = 'receipt', evidence, use = 'signing' }: JudgedAs,
): Promise<JudgedCms> {
  const gathered = gathering(court, evidence, [...evidence.certificates, ...signature.offered])
  const signer = await judgeSigner(await verifyXmlSignature(signature, content), gathered, { at, by, use }, evidence.timestamps)
  return { signers: [signer], evidence: { ...gathered.used(), timestamps: evidence.timestamps } }
}

export type Gathering = ReturnType<typeof gathering>

/** Paths and statuses of one judgement, with everything that was used for it. */
export function gathering({ trust, revocations }: Court, given: Evidence, offers: readonly Certificate[]) {
  const offered = [...offers]
  const patience = usualPatience()
  const certificates = new Map<string, Certificate>()
  const pieces = new Map<string, RevocationPiece>(given.revocations.map((piece) => [Buffer.from(piece.der).toString('base64'), piece]))

  /** The issuing authority stands on every path of one judgement: it is asked about once for each moment. */
  const asked = new Map<string, Promise<Status>>()
  function statusOf(certificate: Certificate, issuer: Certificate, at: string): Promise<Status> {
    const question = `${certificate.sha256} ${issuer.sha256} ${at}`
    const known = asked.get(question) ?? learnStatus(certificate, issuer, at)
    asked.set(question, known)
    return known
  }

  async function learnStatus(certificate: Certificate, issuer: Certificate, at: string): Promise<Status> {
    const kept = await fromEvidence([...pieces.values()], { certificate, issuer, at })
    if (kept.kind !== 'unknown') return kept
    const learnt = await revocations?.of(certificate, issuer, at)
    if (learnt?.evidence) pieces.set(Buffer.from(learnt.evidence.der).toString('base64'), learnt.evidence)
    return learnt?.status ?? kept
  }

  /** The path at the moment and what is known of everybody on it; nobody is asked about one that has no path. */
  async function lookAt(certificate: Certificate, at: string): Promise<Looked> {
    const path = await findPath(certificate, { trust, offered, at, patience })
    if (!path.trusted) return { reasons: path.reasons, chain: path.chain, statuses: [] }
    for (const one of path.chain) certificates.set(one.sha256, one)
    const statuses = await Promise.all(
      path.chain.slice(1).map(async (issuer, n) => {
        const one = path.chain[n] ?? certificate
        return { certificate: one, status: await statusOf(one, issuer, at) }
      }),
    )
    const reasons = statuses.flatMap(({ status }) => flawOf(status) ?? [])
    return { reasons: [...new Set(reasons)], chain: path.chain, statuses }
  }

  return {
    lookAt,
    /** Why the certificate is not to be believed at the moment. */
    flawsAt: async (certificate: Certificate, at: string): Promise<readonly SealReason[]> => (await lookAt(certificate, at)).reasons,
    /** RFC 3339: when the first certificate of its path at the moment ends; the root's own end is its own matter. */
    async endsAt(certificate: Certificate, at: string): Promise<string> {
      const { chain } = await findPath(certificate, { trust, offered, at, patience })
      const ends = [certificate, ...chain.slice(0, -1)].map(({ notAfter }) => notAfter)
      return ends.sort()[0] ?? certificate.notAfter
    },
    offered,
    /** What came along with a part of the judgement may lead to a root too; a handful, since strangers bring it. */
    offer(more: readonly Certificate[]): void {
      const known = new Set(offered.map(({ sha256 }) => sha256))
      offered.push(...more.filter(({ sha256 }) => !known.has(sha256)).slice(0, mostOffered))
    },
    used: () => ({ certificates: [...certificates.values()], revocations: [...pieces.values()] }),
  }
}

const flawOf = ({ kind }: Status): SealReason | null => (kind === 'good' ? null : kind === 'revoked' ? 'revoked' : 'statusUnknown')

const nowhere: Looked = { reasons: [], chain: [], statuses: [] }

async function judgeSigner(
  signer: SignerVerdict,
  gathered: Gathering,
  { at, by, use }: Required<Pick<JudgedAs, 'at' | 'use'>> & Pick<JudgedAs, 'by'>,
  tokens: readonly Uint8Array[],
): Promise<JudgedSigner> {
  const { certificate, signedAt, signature } = signer
  const stamp = signer.timestamp === null ? null : await judgeToken(signer.timestamp, signature, gathered, { at })
  const reasons = new Set<SealReason>([...signer.reasons, ...(stamp !== null && 'reasons' in stamp ? stamp.reasons : [])])
  const held = stamp !== null && 'at' in stamp ? stamp : await heldBy(tokens, signature, gathered, at)
  const knownAt = held?.at ?? (by === 'record' ? at : null)
  if (signer.algorithm !== null && canBeForged(algorithms[signer.algorithm].digest, knownAt)) reasons.add('weakAlgorithm')
  const moment = held?.at ?? at
  const looked = certificate === null ? nowhere : await gathered.lookAt(certificate, moment)
  if (certificate !== null && keyIsFor(certificate) !== use) reasons.add('wrongUsage')
  for (const reason of looked.reasons) reasons.add(reason)
  const { algorithm } = signer
  const stampedBy = held?.authority ?? null
  return { reasons: [...reasons], certificate, moment, timestamped: held !== null, signedAt, algorithm, looked, stampedBy }
}

/** A kept token that is over this signature and holds; those over others', or that do not hold, give no time and take none. */
async function heldBy(tokens: readonly Uint8Array[], signature: Uint8Array, gathered: Gathering, at: string): Promise<HeldToken | null> {
  for (const token of tokens) {
    const judged = await judgeToken(token, signature, gathered, { at })
    if ('at' in judged) return judged
  }
  return null
}

/** A time-stamp that holds. */
export interface HeldToken {
  /** RFC 3339. */
  readonly at: string
  /** RFC 3339: when its authority's certificate ends. */
  readonly until: string
  readonly authority: Certificate
}

export interface TokenQuestion {
  /** RFC 3339: when the token was at hand; one from later than that is none. */
  readonly at: string
  /** RFC 3339: until when the authority's certificate had to hold; absent: only when it made the token. */
  readonly holdsAt?: string
}

/**
 * The time-stamp's moment and when the first certificate of its authority's path ends, or why it is none: not over this, from nobody who may (RFC 3161, 2.3), or from the future of whoever
 * received it.
 */
export async function judgeToken(
  token: Uint8Array,
  over: Uint8Array | { readonly hash: Uint8Array },
  gathered: Pick<Gathering, 'flawsAt' | 'endsAt' | 'offer' | 'offered'>,
  { at, holdsAt }: TokenQuestion,
): Promise<HeldToken | { readonly reasons: readonly SealReason[] }> {
  const { reasons, timestamp, certificate } = await verifyTimestamp(token, over, gathered.offered)
  if (reasons.length > 0 || timestamp === null || certificate === null) return { reasons: ['badTimestamp'] }
  const isAuthority = certificate.usages.has('timeStamping') && certificate.extendedUsage?.length === 1
  if (!isAuthority || Date.parse(timestamp.at) > Date.parse(at) + skewMs) return { reasons: ['badTimestamp'] }
  gathered.offer(timestamp.cms.certificates.flatMap((der) => readCertificate(der) ?? []))
  const flaws = await gathered.flawsAt(certificate, holdsAt ?? timestamp.at)
  if (flaws.includes('statusUnknown') && flaws.length === 1) return { reasons: ['statusUnknown'] }
  return flaws.length > 0
    ? { reasons: ['badTimestamp'] }
    : { at: timestamp.at, until: await gathered.endsAt(certificate, holdsAt ?? timestamp.at), authority: certificate }
}
