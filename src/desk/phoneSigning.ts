import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SavedForm, SavedFormPlace, SavedForms } from '../ledger/ledger.ts'
import { type SignMethod, signMethods } from '../seal/egovMobile/protocol.ts'
import { type SealReason, sealReasons, type ToBeSigned } from '../seal/seal.ts'
import { homeOf } from './numbers.ts'
import type { GivenSignature } from './signing.ts'

/** A signature that is asked of a person's phone: it waits with the forms that are not sent yet, sealed under the key of its case, for ten minutes. */
export interface PhoneRequest {
  /** In the address that the phone is given; nobody guesses it. */
  readonly id: string
  readonly number: string
  readonly toBeSigned: ToBeSigned
  /** Milliseconds since 1970 by the machine's clock. */
  readonly expiresAt: number
  /** What the phone is asked for. */
  readonly method: SignMethod
  readonly signature: GivenSignature | null
  /** Why what the phone sent last was not taken; empty: nothing came, or it is good. */
  readonly refused: readonly SealReason[]
}

export interface PhoneSigning {
  /** `token` is what the phone shows at the second address; only its digest is kept. Null: the case's key was destroyed. */
  begin(number: string, toBeSigned: ToBeSigned): Promise<(PhoneRequest & { readonly token: string }) | null>
  /** Null: there is none, or its time is over. */
  find(id: string): Promise<PhoneRequest | null>
  /** The token of the request: the first address gives it to the phone. */
  tokenOf(id: string): string
  fits(id: string, token: string): boolean
  /** Keeps the signature if the judge takes it; the reasons why not. */
  take(request: PhoneRequest, signature: GivenSignature): Promise<readonly SealReason[]>
}

export interface PhoneParts {
  readonly forms: SavedForms
  readonly machine: () => number
  readonly method: SignMethod
  /** Empty: the signature is good. */
  readonly judge: (request: PhoneRequest, signature: GivenSignature) => Promise<readonly SealReason[]>
}

const lifeMs = 10 * 60_000

const kept = z.strictObject({
  bytes: z.base64(),
  digest: z.string(),
  signer: z.strictObject({ staffId: z.string(), iin: z.string(), name: z.string(), organisationBin: z.string(), role: z.string() }),
  preparedAt: z.string(),
  method: z.enum(signMethods).default('CMS_SIGN_ONLY'),
  signature: z.base64().nullable(),
  refused: z.array(z.enum(sealReasons)).default([]),
})

export function phoneSigning({ forms, machine, method, judge }: PhoneParts): PhoneSigning {
  async function keep(request: PhoneRequest): Promise<boolean> {
    const { bytes, ...rest } = request.toBeSigned
    const signature = request.signature === null ? null : Buffer.from(request.signature.value).toString('base64')
    const { method: asked, refused } = request
    const values = JSON.stringify({ ...rest, bytes: Buffer.from(bytes).toString('base64'), method: asked, signature, refused })
    const place = placeOf(request.id)
    return place !== null && forms.keep({ ...place, values, savedAt: machine(), until: request.expiresAt })
  }
  async function find(id: string): Promise<PhoneRequest | null> {
    const place = placeOf(id)
    const form = place === null ? null : await forms.find(place, machine())
    return form === null ? null : requestOf(id, form)
  }
  return {
    async begin(number, toBeSigned) {
      const id = idOf(number, toBeSigned.signer.staffId, randomBytes(16).toString('hex'))
      const request = { id, number, toBeSigned, expiresAt: machine() + lifeMs, method, signature: null, refused: [] }
      return (await keep(request)) ? { ...request, token: tokenOf(id) } : null
    },
    find,
    tokenOf,
    fits: (id, token) => {
      const [given, own] = [Buffer.from(token), Buffer.from(tokenOf(id))]
      return given.length === own.length && timingSafeEqual(given, own)
    },
    async take(request, signature) {
      const reasons = await judge(request, signature)
      // Another's try says nothing against the signature that is here already.
      if (reasons.length === 0) await keep({ ...request, signature, refused: [] })
      else if (((await find(request.id))?.signature ?? null) === null) await keep({ ...request, refused: reasons })
      return reasons
    },
  }
}

/** Who knows the first address is given the token anyway: it shows that the second address was come to by the first. */
const tokenOf = (id: string): string => createHash('sha256').update(`phone ${id}`).digest('base64url')

const idOf = (number: string, staff: string, nonce: string): string => Buffer.from([number, staff, nonce].join('\n')).toString('base64url')

/** Where the request waits; what is no name of one is nowhere. */
function placeOf(id: string): SavedFormPlace | null {
  const [number = '', staff = '', nonce = ''] = Buffer.from(id, 'base64url').toString('utf8').split('\n')
  const home = homeOf(number)
  if (home === null || !/^[\w-]{1,64}$/.test(staff) || !/^[0-9a-f]{32}$/.test(nonce) || idOf(number, staff, nonce) !== id) return null
  return { of: { home, case: number }, staff, action: `/egov-sign/${nonce}` }
}

function requestOf(id: string, { of, values, until }: SavedForm): PhoneRequest | null {
  const { bytes, signature, method, refused, ...rest } = kept.parse(JSON.parse(values))
  return {
    id,
    number: of?.case ?? '',
    toBeSigned: { ...rest, bytes: Buffer.from(bytes, 'base64') },
    expiresAt: until,
    method,
    refused,
    signature: signature === null ? null : { algorithm: algorithmOf(method), value: Buffer.from(signature, 'base64') },
  }
}

/** `Signature.algorithm` of what comes back. */
export const algorithmOf = (method: SignMethod): string => (method === 'XML' ? 'xmldsig' : 'cms')
