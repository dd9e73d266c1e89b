import { readAsic } from '../../../src/seal/asic/read.ts'
import { type Certificate, keyIsFor, readCertificate } from '../../../src/seal/certificates/certificate.ts'
import { judgeByCrl, readCrl } from '../../../src/seal/certificates/crl.ts'
import { judgeByOcsp } from '../../../src/seal/certificates/judgeOcsp.ts'
import { readOcspResponse } from '../../../src/seal/certificates/ocsp.ts'
import { findPath, type TrustStore } from '../../../src/seal/certificates/path.ts'
import { toPem } from '../../../src/seal/certificates/pem.ts'
import type { Revocations } from '../../../src/seal/certificates/revocation.ts'
import type { Status } from '../../../src/seal/certificates/status.ts'
import { noEvidence, readEvidence } from '../../../src/seal/evidence/evidence.ts'
import { verifyRecord } from '../../../src/seal/evidence/verifyRecord.ts'
import { gathering, judgeToken } from '../../../src/seal/national/judge.ts'
import { nationalSeal } from '../../../src/seal/national/national.ts'
import { digestOf } from '../../../src/seal/signed.ts'
import { verifyBody } from '../../../src/seal/xmldsig/body.ts'
import { verifyEnveloped } from '../../../src/seal/xmldsig/enveloped.ts'
import { verifySeveral } from '../../../src/seal/xmldsig/several.ts'
import type { XmlVerdict } from '../../../src/seal/xmldsig/verdict.ts'
import { readXml } from '../../../src/xml/read.ts'
import { XmlRefused } from '../../../src/xml/refused.ts'
import type { XmlDocument } from '../../../src/xml/tree.ts'
import { type Facts, factOfAnswer, factOfSigned, factOfXml, factsOfCms, factsOfRecord, factsOfZip, hash } from './facts.ts'
import type { Kind, Sample, Samples } from './samples.ts'

export interface Judged {
  /** `valid`, `good` or `revoked`, or the first reason why it is not taken. */
  readonly label: string
  /** null: it was not taken, or nothing can be told of it by others. */
  readonly facts: Facts | null
}

export type Parts = Readonly<Record<string, Buffer>>
type Judge = (trust: TrustStore, sample: Sample, parts: Parts) => Promise<Judged>

const empty = Buffer.alloc(0)
const bytesOf = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64')
const certificateOf = (text: string | undefined): Certificate => readCertificate(bytesOf(text)) ?? broken('a sample')

function broken(what: string): never {
  throw new Error(`${what} cannot be read`)
}

const refused = (label: string): Judged => ({ label, facts: null })

/** A verdict that says yes and tells a reason, or no and none, is none. */
function labelOf(valid: boolean, reasons: readonly string[]): string {
  if (valid !== (reasons.length === 0)) throw new Error('a verdict that contradicts itself')
  return reasons[0] ?? 'valid'
}

const judgeSignature: Judge = async (trust, { asked, at }, { value = empty, evidence }) => {
  const content = bytesOf(asked.content)
  await acceptance(trust, content, value, at)
  const { verdict, label } = await verdictOf(trust, content, value, { certificate: asked.certificate, evidence, at, signer: signerIn(asked) })
  return label === 'valid' ? { label, facts: [...factsOfCms(derOf(value)), `by ${JSON.stringify(verdict.signedBy)}`] } : refused(label)
} // biome-ignore format: short

const nobody: Revocations = { of: async () => ({ status: { kind: 'unknown', why: 'nobody' }, evidence: null }) }

/** At its receipt, where a time-stamp is asked for before anything is judged; without anybody who knows who was revoked none is taken. */
async function acceptance(trust: TrustStore, content: Uint8Array, value: Buffer, at: string): Promise<void> {
  const seal = nationalSeal({ trust, revocations: nobody, stamp: async () => null })
  const signer = { staffId: 'x', iin: '940601493277', name: 'x', organisationBin: '060541998705', role: 'operator' }
  const prepared = await seal.prepare({ bytes: content, signer, at })
  const outcome = await seal.accept(prepared, { algorithm: 'cms', certificate: '', value, signedAt: '', digest: prepared.digest }, at)
  if (outcome.kind === 'signed') throw new Error('what nobody vouches for was taken')
}

/** A text is taken too. */
const derOf = (value: Buffer): Buffer =>
  value[0] === 0x2d ? Buffer.from(String(value).replaceAll(/-----[A-Z0-9 ]+-----/g, ''), 'base64') : value

function signerIn({ iin, bin }: Sample['asked']) {
  return iin === undefined ? undefined : { iin, organisationBin: bin ?? '' }
}

interface Beside {
  readonly certificate: string | undefined
  readonly evidence: Buffer | undefined
  readonly at: string
  readonly signer?: { readonly iin: string; readonly organisationBin: string } | undefined
}

/** The whole of it: arithmetic, time, path, revocation, person; nobody is asked. */
async function verdictOf(trust: TrustStore, content: Uint8Array, value: Buffer, { certificate, evidence, at, signer }: Beside) {
  const seal = nationalSeal({ trust, revocations: nobody })
  const pem = toPem(bytesOf(certificate), 'CERTIFICATE')
  const signature = { algorithm: 'cms', certificate: pem, value, signedAt: at, digest: digestOf(content), ...(evidence && { evidence }) }
  const verdict = await seal.verify(content, signature, { at, ...(signer && { signer }) })
  return { verdict, label: labelOf(verdict.valid, verdict.reasons) }
}

const judgeStamp: Judge = async (trust, { asked, at }, { token = empty, evidence = empty }) => {
  const kept = readEvidence(evidence) ?? noEvidence
  const judged = await judgeToken(token, bytesOf(asked.over), gathering({ trust, revocations: null }, kept, kept.certificates), { at })
  if ('reasons' in judged) return refused(labelOf(false, judged.reasons))
  return { label: 'valid', facts: [...factsOfCms(token), `from ${judged.at} until ${judged.until}`] }
}

const judgeAnswer: Judge = async (_, { asked, at }, { answer = empty }) => {
  const question = { certificate: certificateOf(asked.certificate), issuer: certificateOf(asked.issuer), at }
  const reading = readOcspResponse(answer)
  if (reading.kind !== 'answer') return refused(reading.kind === 'damaged' ? 'damaged' : `told ${reading.by}`)
  return statusOf(await judgeByOcsp(reading.response, question), question.certificate, () => factOfAnswer(answer))
}

const judgeList: Judge = async (_, { asked, at }, { list = empty }) => {
  const question = { certificate: certificateOf(asked.certificate), issuer: certificateOf(asked.issuer), at }
  const crl = readCrl(list)
  if (crl === null) return refused('damaged')
  return statusOf(await judgeByCrl(crl, question), question.certificate, () => factOfSigned(list))
}

function statusOf(status: Status, { sha256 }: Certificate, fact: () => string): Judged {
  if (status.kind === 'unknown') return refused(status.why)
  return { label: status.kind, facts: [`${JSON.stringify(status)} of ${sha256} by ${fact()}`] }
}

const judgeRecord: Judge = async (trust, { asked, at }, { record = empty, evidence = empty }) => {
  const group = (JSON.parse(asked.group ?? '[]') as string[]).map(bytesOf) // as make.ts wrote it
  const kept = readEvidence(evidence) ?? noEvidence
  const { reasons, since } = await verifyRecord(record, group, { court: { trust, revocations: null }, at, evidence: kept })
  const [reason] = reasons
  return reason === undefined ? { label: 'valid', facts: [...factsOfRecord(record), `since ${since}`] } : refused(reason)
}

const judgePack: Judge = async (trust, { asked, at }, { pack = empty, evidence }) => {
  const read = readAsic(pack)
  if ('flaw' in read) return refused(read.flaw.code)
  const { manifest, signature } = read.opened
  const { label } = await verdictOf(trust, manifest, Buffer.from(signature), { certificate: asked.certificate, evidence, at })
  if (label !== 'valid') return refused(label)
  const files = [...read.opened.files].map(([path, bytes]) => Buffer.from(`${path} ${hash(bytes)}`)).toSorted(Buffer.compare)
  return { label, facts: [...factsOfZip(pack), `opened ${hash(...files)}`] }
}

const judgeXml =
  (which: 'enveloped' | 'body'): Judge =>
  async (trust, { asked, at }, { document = empty }) => {
    const verdict = await verdictOfXml(which, document, asked.known)
    if (verdict.kind !== 'valid') return refused(verdict.kind === 'missing' ? 'missing' : verdict.reason)
    const path = await findPath(verdict.certificate, { trust, offered: verdict.offered, at })
    if (!path.trusted) return refused(labelOf(false, path.reasons))
    const fact = factOfXml(document, which)
    return { label: 'valid', facts: fact === null ? null : [fact, `by ${verdict.certificate.sha256}`] }
  }

async function verdictOfXml(which: 'enveloped' | 'body', document: Buffer, known: string | undefined): Promise<XmlVerdict> {
  const read = documentIn(document)
  const store = { certificates: known === undefined ? [] : [certificateOf(known)] }
  if (read === null) return { kind: 'refused', reason: 'damaged', detail: '', certificate: null }
  return which === 'body' ? verifyBody(read, { store }) : verifyEnveloped(read, { store })
}

/** Of each signature that is right, and of somebody who is believed, what it is over. */
const judgeSeveral: Judge = async (trust, { at }, { document = empty }) => {
  const read = documentIn(document)
  const all = read && (await verifySeveral(read))
  if (all === null) return refused(read === null ? 'damaged' : 'tooMany')
  const [labels, facts]: [string[], string[]] = [[], []]
  for (const [number, { verdict, part }] of all.entries()) {
    const path = verdict.kind === 'valid' ? await findPath(verdict.certificate, { trust, offered: verdict.offered, at }) : null
    labels.push(verdict.kind === 'valid' ? labelOf(path?.trusted ?? false, path?.trusted === false ? path.reasons : []) : verdict.reason)
    if (labels[number] !== 'valid') continue
    facts.push(
      ...(read === null
        ? []
        : factsOfOne(document, number, part, read.root.local).map((fact) => `${fact} by ${verdict.certificate?.sha256}`)),
    )
  }
  return { label: labels.find((one) => one !== 'valid') ?? labels[0] ?? 'missing', facts: facts.length > 0 ? facts : null }
}

/** Whoever puts a whole document into another one makes a part of it, and it is said to be one. Each as it was before the later signatures came, or with all of them in it. */
function factsOfOne(document: Buffer, number: number, part: string | null, root: string): string[] {
  const told = (path: string | null) => [false, true].map((alone) => factOfXml(document, { number, path, alone }))
  const [partly, wholly] = [told(part ?? `/${root}`), part === null ? told(null) : []]
  const either = (name: string, all: readonly (string | null)[]) =>
    all.length > 0 && !all.includes(null) ? [`${name} ${all.join(' or ')}`] : []
  return [...either('part', partly), ...either('whole', wholly)]
}

function documentIn(bytes: Buffer): XmlDocument | null {
  try {
    return readXml(bytes)
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}

const judgePath: Judge = async (trust, { at }, { leaf = empty, above = empty }) => {
  const [person, authority] = [leaf, above].map((one) => readCertificate(one[0] === 0x2d ? String(one) : one))
  if (!person) return refused('damaged')
  const path = await findPath(person, { trust: { ...trust, authorities: [] }, offered: authority ? [authority] : [], at })
  if (!path.trusted) return refused(labelOf(false, path.reasons))
  return {
    label: 'valid',
    facts: [`for ${keyIsFor(person)} ${person.sha256}`, ...path.chain.map(({ der }) => factOfSigned(Buffer.from(der)))],
  }
}

const judges: Readonly<Record<Kind, Judge>> = {
  signature: judgeSignature,
  token: judgeStamp,
  ocsp: judgeAnswer,
  crl: judgeList,
  record: judgeRecord,
  container: judgePack,
  enveloped: judgeXml('enveloped'),
  several: judgeSeveral,
  body: judgeXml('body'),
  path: judgePath,
}

const trusts = new WeakMap<object, TrustStore>()

/** The product's verdict on these parts in the place of the sample's. */
export function judge({ authorities }: Samples, sample: Sample, parts: Parts): Promise<Judged> {
  const known = authorities[sample.authority] ?? broken(`the authority ${sample.authority}`)
  const read = (all: readonly Buffer[]) => all.map((one) => readCertificate(one) ?? broken('an authority'))
  const trust = trusts.get(known) ?? { roots: read(known.roots), authorities: read(known.authorities) }
  trusts.set(known, trust)
  return judges[sample.kind](trust, sample, parts)
}
