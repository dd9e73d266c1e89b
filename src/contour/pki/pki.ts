import { generateKey, type PrivateKey, spkiOf } from '../../seal/algorithms/keys.ts'
import type { AlgorithmName } from '../../seal/algorithms/table.ts'
import type { TrustStore } from '../../seal/certificates/path.ts'
import { answerOcsp } from './answers.ts'
import { bookOf } from './book.ts'
import { type CertificateUrls, type CertificateWish, certify } from './certify.ts'
import { type Fault, faultOf, shifted, signSha1 } from './faults.ts'
import type { Identity } from './identity.ts'
import { openFolder, type PkiFolder } from './keep.ts'
import { makeCrl } from './lists.ts'
import { type Holder, readNames, readStaff } from './people.ts'
import type { Revocation } from './revocations.ts'
import { answerTimestamp } from './stamps.ts'

export const pkiAlgorithms = { gost: 'gost2015-512', rsa: 'rsa-sha256', ecdsa: 'ecdsa-p256-sha256' } as const satisfies Record<
  string,
  AlgorithmName
>
export type PkiAlgorithm = keyof typeof pkiAlgorithms

/**
 * A test PKI in the national style: a root, an issuing authority, the responder of OCSP, the time-stamping authority, the demonstration's staff, systems that
 * sign messages, applicants. All invented, all keys made on the spot, worth nothing outside.
 *
 * Names of identities: `root`, `authority`, `ocsp`, `tsa`; a login of the demonstration (`almaty.operator`), an individual (`applicant`) or a system
 * (`corporation-system`) with its signing key; each of these with `.signIn` for the key of signing in, and with a fault: `.expired`, `.notYetValid`, `.revoked`,
 * `.wrongPerson`, `.wrongOrganisation`, `.untrusted`, `.weakAlgorithm`.
 */
export interface Pki {
  readonly algorithm: PkiAlgorithm
  /** RFC 3339: about when everybody's certificates are valid (from a year before to three years after). */
  readonly at: string
  /** Of the responders, as it stands in the certificates. */
  readonly base: string
  readonly trust: TrustStore
  /** The names without faults. */
  readonly names: readonly string[]
  /** Made when it is first asked for. Throws for a name that there is not. */
  identity(name: string): Promise<Identity>
  /** A certificate for anybody, under the issuing authority. */
  certify(name: string, wish: Partial<CertificateWish> & Pick<CertificateWish, 'subject' | 'use'>, key?: PrivateKey): Promise<Identity>
  revoke(revocation: Revocation): void
  /** Of a certificate of this PKI by its number (hex, as the certificate has it). */
  revocation(serial: string): Revocation | undefined
  /** DER, as made at `at`. */
  crl(which: 'root' | 'authority', at: string, delta?: number): Promise<Uint8Array>
  ocsp(request: Uint8Array, at: string): Promise<Uint8Array>
  timestamp(request: Uint8Array, at: string): Promise<Uint8Array>
  /** From now on tokens are signed by this one: an authority's certificate lives five years, and what it stamped is to live longer. Of this process alone. */
  stampBy(authority: Identity): void
}

export interface PkiWish {
  readonly algorithm: PkiAlgorithm
  readonly at: string
  /** Kept there and found there again; without it everything lives in memory. */
  readonly folder?: string
  readonly base?: string
}

/** Days before and after `at`: wider than the national ones, since a demonstration's clock may be set to other years. */
const usual = [-365, 3 * 365] as const

/** Keys of PKIs in memory, by algorithm and name: making RSA keys takes a tenth of a second each, and tests make many PKIs. */
const remembered = new Map<string, Promise<PrivateKey>>()

export async function makePki({ algorithm, at, folder, base = 'http://127.0.0.1:8091' }: PkiWish): Promise<Pki> {
  const wished = { format: 'qyzmet.pki/1' as const, algorithm, at, base } // the literal, not any text
  const opened = folder === undefined ? null : openFolder(folder, wished)
  const about = opened?.about ?? wished
  if (!isAlgorithm(about.algorithm)) throw new Error(`A PKI of the algorithm ${about.algorithm} is not known.`)
  const house = houseOf({ ...about, algorithm: about.algorithm }, opened?.kept ?? null)
  const [root, authority] = [await house.identity('root'), await house.identity('authority')]
  let stamping: Identity | null = null
  return {
    ...house,
    trust: { roots: [root.certificate], authorities: [authority.certificate] },
    crl: async (which, moment, delta) => makeCrl(which === 'root' ? root : authority, house.revocations(), moment, delta),
    ocsp: async (request, moment) =>
      answerOcsp(request, { responder: await house.identity('ocsp'), issuer: authority.certificate, ...house }, moment),
    timestamp: async (request, moment) => answerTimestamp(request, stamping ?? (await house.identity('tsa')), moment),
    stampBy: (one) => {
      stamping = one
    },
  }
}

export const isAlgorithm = (text: string): text is PkiAlgorithm => Object.hasOwn(pkiAlgorithms, text)

interface About {
  readonly algorithm: PkiAlgorithm
  readonly at: string
  readonly base: string
}

function houseOf(about: About, kept: PkiFolder | null) {
  const { at, base } = about
  const names = readNames()
  const holders = new Map<string, Holder>([
    ...readStaff(),
    ...Object.entries(names.individuals),
    ...Object.entries(names.systems).map(([name, one]): [string, Holder] => [name, { ...one, standing: 'rightToSign' }]),
  ])
  const made = new Map<string, Promise<Identity>>()
  const book = bookOf(kept)
  const urls = (which: 'root' | 'authority'): CertificateUrls => ({
    crl: `${base}/crl/${which}.crl`,
    ocsp: `${base}/ocsp`,
    issuer: `${base}/cert/${which}.cer`,
    tsp: `${base}/tsp`,
  })

  function keyFor(name: string, algorithm: AlgorithmName = pkiAlgorithms[about.algorithm]): Promise<PrivateKey> {
    if (kept !== null) return generateKey(algorithm)
    const key = remembered.get(`${algorithm} ${name}`) ?? generateKey(algorithm)
    remembered.set(`${algorithm} ${name}`, key)
    return key
  }

  async function identity(name: string): Promise<Identity> {
    // It becomes the name of a file.
    if (!/^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/.test(name)) throw new Error(`No identity has the name ${JSON.stringify(name)}.`)
    const known = made.get(name) ?? findOrMake(name)
    made.set(name, known)
    known.catch(() => made.delete(name))
    return known
  }

  async function findOrMake(name: string): Promise<Identity> {
    const draft = kept?.read(name) ?? (await makeIdentity(name))
    const one = kept?.keep(draft) ?? draft
    book.note(one.certificate)
    if (name.endsWith('.revoked')) book.revoke({ serial: one.certificate.serial, since: at, reason: 'keyCompromise' })
    return one
  }

  const label = (text: string): string => text.replace('{algorithm}', about.algorithm.toUpperCase())
  const years = (from: number, until: number) => ({ from: shifted(at, from * 365), until: shifted(at, until * 365) })

  async function makeIdentity(name: string): Promise<Identity> {
    if (name === 'root' || name === 'foreignRoot') {
      const key = await keyFor(name)
      return issue(name, { subject: { commonName: label(names[name]) }, use: 'root', ...years(-10, 20), issuer: { key } }, key)
    }
    if (name === 'authority' || name === 'foreignAuthority' || name === 'weakAuthority') {
      const parent = await identity(name === 'foreignAuthority' ? 'foreignRoot' : 'root')
      const key = await keyFor(name, name === 'weakAuthority' ? 'rsa-sha256' : undefined)
      return issue(
        name,
        { subject: { commonName: label(names.authority) }, use: 'authority', ...years(-3, 7), issuer: parent, urls: urls('root') },
        key,
      )
    }
    if (name === 'ocsp' || name === 'tsa')
      return ofAuthority(name, { subject: { commonName: label(names[name]) }, use: name, ...years(-1, 5) })
    return makePerson(name)
  }

  async function makePerson(name: string): Promise<Identity> {
    const { person, use, fault } = faultOf(name)
    const holder = holders.get(person)
    if (holder === undefined) throw new Error(`The test PKI has nobody of the name ${name}.`)
    const until = { expired: [-400, -35], notYetValid: [2, 367] } as const satisfies Partial<Record<Fault, readonly [number, number]>>
    const [first, last] = fault === 'expired' || fault === 'notYetValid' ? until[fault] : usual
    const wish = { subject: subjectFor(holder, fault), use, from: shifted(at, first), until: shifted(at, last) }
    if (fault === 'untrusted') return ofAuthority(name, { ...wish, issuer: await identity('foreignAuthority') })
    if (fault !== 'weakAlgorithm') return ofAuthority(name, wish)
    const issuer = await identity('weakAuthority')
    return ofAuthority(name, { ...wish, issuer, weak: (data) => signSha1(issuer.key, data) })
  }

  function subjectFor(holder: Holder, fault: Fault | null): Holder {
    if (fault === 'wrongPerson') return { ...holder, ...names.somebodyElse }
    return fault === 'wrongOrganisation' ? { ...holder, ...names.otherOrganisation } : holder
  }

  async function ofAuthority(
    name: string,
    wish: Partial<CertificateWish> & Pick<CertificateWish, 'subject' | 'use'>,
    key?: PrivateKey,
  ): Promise<Identity> {
    const issuer = wish.issuer ?? (await identity('authority'))
    const whole = { from: shifted(at, usual[0]), until: shifted(at, usual[1]), urls: urls('authority'), ...wish, issuer }
    return issue(name, whole, key ?? (await keyFor(name)))
  }

  async function issue(
    name: string,
    wish: Omit<CertificateWish, 'spki'> & { issuer: CertificateWish['issuer'] & { chain?: Identity['chain'] } },
    key: PrivateKey,
  ) {
    const certificate = await certify({ ...wish, spki: await spkiOf(key) })
    // The root itself does not go along: whoever verifies has it pinned.
    const above = (wish.issuer.chain ?? []).filter(({ subject, issuer }) => subject.text !== issuer.text)
    book.note(certificate)
    return { name, certificate, key, chain: [certificate, ...above] }
  }

  return {
    ...about,
    names: ['root', 'authority', 'ocsp', 'tsa', ...[...holders.keys()].flatMap((name) => [name, `${name}.signIn`])],
    identity,
    certify: ofAuthority,
    ...book,
  }
}
