import type { PrivateKey } from '../../seal/algorithms/keys.ts'
import type { Certificate } from '../../seal/certificates/certificate.ts'
import type { SigningWish } from './wants.ts'

/** A certificate with its key, as the test PKI makes them. */
export interface Identity {
  readonly name: string
  readonly certificate: Certificate
  readonly key: PrivateKey
  /** The certificate, then its issuers below the root. */
  readonly chain: readonly Certificate[]
}

/** Where keys come from: the test PKI, which makes them when they are first used. Names as there: `almaty.head`, `almaty.head.signIn`, `almaty.head.expired`. */
export interface KeyMaker {
  identity(name: string): Promise<Identity>
}

/** Somebody for whom the PKI makes certificates. */
export interface Person {
  /** Name of the identity. */
  readonly id: string
  readonly name: string
  readonly iin: string
  readonly bin: string
  readonly organisation: string
}

/** What is wrong with a key of the list; `none`: a signing key in order. One that is not valid yet would be so only for the first days of a PKI. */
export const kinds = ['none', 'signIn', 'expired', 'revoked', 'untrusted', 'wrongOrganisation'] as const
export type Kind = (typeof kinds)[number]

/** One line of the dialog. */
export interface Choice {
  readonly id: string
  readonly person: Person
  readonly kind: Kind
  /** Why the request does not allow it; null: it does. Words: `ncalayer.unfit.<reason>`. */
  readonly unfit: Unfit | null
}

export type Unfit = 'usage' | 'person' | 'organisation' | 'expired' | 'revoked' | 'untrusted'

const signIn = '1.3.6.1.5.5.7.3.2'
const signDocuments = '1.3.6.1.5.5.7.3.4'

/**
 * The keys that the dialog offers. Where the request says whose key it must be, that person's are first, the good one and those that something is wrong
 * with, then a colleague's; else everybody's.
 */
export function choicesFor({ signer }: SigningWish, people: readonly Person[]): Choice[] {
  const wanted = people.filter(({ iin }) => iin === signer.iin)
  const choice = (person: Person, kind: Kind): Choice => ({
    ...{ id: kind === 'none' ? person.id : `${person.id}.${kind}`, person, kind },
    unfit: unfitOf(person, kind, signer),
  })
  if (wanted.length === 0) {
    if (!signer.usages.includes(signIn)) return people.flatMap((person) => [choice(person, 'none'), choice(person, 'signIn')])
    // Who comes in is not known yet: everybody's key for that first, as the program shows what fits first.
    return (['signIn', 'none'] as const).flatMap((kind) => people.map((person) => choice(person, kind)))
  }
  const colleague =
    people.find(({ iin, bin }) => iin !== signer.iin && bin === wanted[0]?.bin) ?? people.find(({ iin }) => iin !== signer.iin)
  return [
    ...wanted.flatMap((person) => kinds.map((kind) => choice(person, kind))),
    ...(colleague === undefined ? [] : [choice(colleague, 'none')]),
  ]
}

function unfitOf(person: Person, kind: Kind, { usages, iin, bin }: SigningWish['signer']): Unfit | null {
  const isFor = kind === 'signIn' ? signIn : signDocuments
  const other = kind === 'signIn' ? signDocuments : signIn
  if (usages.includes(other) && !usages.includes(isFor)) return 'usage'
  if (iin !== '' && iin !== person.iin) return 'person'
  if (bin !== '' && (bin !== person.bin || kind === 'wrongOrganisation')) return 'organisation'
  return kind === 'none' || kind === 'signIn' || kind === 'wrongOrganisation' ? null : kind
}
