import { randomBytes } from 'node:crypto'
import { hex } from '../der/values.ts'
import type { Asking } from './asking.ts'
import type { Certificate } from './certificate.ts'
import { type Crl, judgeByCrl, readCrl } from './crl.ts'
import { judgeByOcsp } from './judgeOcsp.ts'
import { certIdOf, ocspRequest, readOcspResponse } from './ocsp.ts'
import type { Status } from './status.ts'

/** What was learnt of one certificate, with the bytes that prove it to whoever asks later. */
export interface Learnt {
  readonly status: Status
  readonly evidence: { readonly kind: 'ocsp' | 'crl'; readonly der: Uint8Array } | null
}

export interface Revocations {
  /** Of one certificate under its issuer, at a moment (RFC 3339): OCSP first, a list where OCSP does not answer. */
  of(certificate: Certificate, issuer: Certificate, at: string): Promise<Learnt>
}

export interface RevocationsOptions {
  readonly asking: Asking
  /** An OCSP responder for certificates that name none. */
  readonly ocspUrl?: string | undefined
  /** Addresses of lists that are looked at before those that a certificate names. */
  readonly lists?: readonly string[] | undefined
  /** Lists kept between questions. */
  readonly mostLists?: number | undefined
}

/** Milliseconds during which a broken answer is not asked for again: a queue of signers must not queue for a dead responder one after the other. */
const outageMs = 15_000

/**
 * Asks responders and fetches lists. An OCSP answer is asked for anew each time, with a nonce; a list is kept until its end and fetched once for all who need it.
 * `unknown` always carries the first reason.
 */
export function revocations({ asking, ocspUrl, lists: given = [], mostLists = 16 }: RevocationsOptions): Revocations {
  const lists = new Map<string, Promise<Crl | string>>()
  const dead = new Map<string, number>()

  async function byOcsp(certificate: Certificate, issuer: Certificate, at: string): Promise<Learnt> {
    const urls = [...certificate.ocspUrls, ...(ocspUrl === undefined ? [] : [ocspUrl])]
    let why = 'ocsp.noAddress'
    for (const url of urls.slice(0, 2)) {
      if ((dead.get(url) ?? 0) > Date.now()) {
        why = 'ocsp.outage'
        continue
      }
      const nonce = randomBytes(32)
      const answer = await asking.ask({ url, kind: 'ocsp', body: ocspRequest(certIdOf(certificate, issuer), nonce) })
      const reading = answer.kind === 'bytes' ? readOcspResponse(answer.bytes) : null
      if (answer.kind === 'bytes' && reading?.kind === 'answer') {
        const status = await judgeByOcsp(reading.response, { certificate, issuer, at, nonce: hex(nonce) })
        if (status.kind !== 'unknown') return { status, evidence: { kind: 'ocsp', der: answer.bytes } }
        why = status.why
      } else {
        if (answer.kind === 'outage') dead.set(url, Date.now() + outageMs)
        why = answer.kind === 'outage' ? 'ocsp.outage' : reading?.kind === 'refused' ? `ocsp.${reading.by}` : 'ocsp.damaged'
      }
    }
    return { status: { kind: 'unknown', why }, evidence: null }
  }

  async function byCrl(certificate: Certificate, issuer: Certificate, at: string): Promise<Learnt> {
    let why = 'crl.noAddress'
    for (const url of [...given, ...certificate.crlUrls.slice(0, 2)]) {
      const list = await listAt(url, at)
      if (typeof list === 'string') {
        why = list
        continue
      }
      const status = await judgeByCrl(list, { certificate, issuer, at })
      if (status.kind !== 'unknown') return { status, evidence: { kind: 'crl', der: list.der } }
      why = status.why
    }
    return { status: { kind: 'unknown', why }, evidence: null }
  }

  /** The kept list if it still speaks for the moment, else a new one; those who ask meanwhile wait for the same. */
  async function listAt(url: string, at: string): Promise<Crl | string> {
    const kept = await lists.get(url)
    const isFresh = typeof kept === 'object' && Date.parse(at) <= Date.parse(kept.nextUpdate ?? kept.thisUpdate)
    const isDead = typeof kept === 'string' && (dead.get(url) ?? 0) > Date.now()
    if (kept !== undefined && (isFresh || isDead)) return kept
    const fetching = fetchList(url)
    lists.delete(url)
    lists.set(url, fetching)
    const oldest = lists.keys().next().value
    if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest)
    return fetching
  }

  async function fetchList(url: string): Promise<Crl | string> {
    const answer = await asking.ask({ url, kind: 'crl' })
    const list = answer.kind === 'bytes' ? readCrl(answer.bytes) : null
    if (list !== null) return list
    dead.set(url, Date.now() + outageMs)
    return answer.kind === 'outage' ? 'crl.outage' : 'crl.damaged'
  }

  return {
    async of(certificate, issuer, at) {
      const first = await byOcsp(certificate, issuer, at)
      if (first.status.kind !== 'unknown') return first
      const second = await byCrl(certificate, issuer, at)
      return second.status.kind === 'unknown' && given.length + certificate.crlUrls.length === 0 ? first : second
    },
  }
}

/** What kept evidence says, without any network: the first piece that is about this certificate and this moment. */
export async function fromEvidence(
  pieces: readonly { readonly kind: 'ocsp' | 'crl'; readonly der: Uint8Array }[],
  question: { readonly certificate: Certificate; readonly issuer: Certificate; readonly at: string },
): Promise<Status> {
  let told: Status = { kind: 'unknown', why: 'evidence.none' }
  for (const { kind, der } of pieces) {
    const status = kind === 'ocsp' ? await ocspSays(der, question) : await crlSays(der, question)
    if (status.kind === 'revoked') return status
    if (status.kind === 'good' || told.kind === 'unknown') told = told.kind === 'good' ? told : status
  }
  return told
}

async function ocspSays(der: Uint8Array, question: Parameters<typeof judgeByOcsp>[1]): Promise<Status> {
  const reading = readOcspResponse(der)
  return reading.kind === 'answer' ? judgeByOcsp(reading.response, question) : { kind: 'unknown', why: 'ocsp.damaged' }
}

async function crlSays(der: Uint8Array, question: Parameters<typeof judgeByCrl>[1]): Promise<Status> {
  const list = readCrl(der)
  return list === null ? { kind: 'unknown', why: 'crl.damaged' } : judgeByCrl(list, question)
}
