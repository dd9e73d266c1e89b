import type { Preparation } from '../../../../desk/desk.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { PhoneRequest } from '../../../../desk/phoneSigning.ts'
import type { GivenSignature } from '../../../../desk/signing.ts'
import { readStatement } from '../../../../desk/statement.ts'
import type { StepInput } from '../../../../engine/case/input.ts'
import type { Speech } from '../../../../language/speech.ts'
import { cmsFromText } from '../../../../seal/ncalayer/cms.ts'
import type { SealReason } from '../../../../seal/seal.ts'
import { type DoorContext, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { shownAt } from '../../../door/savedForms.tsx'
import type { House } from '../../../house.ts'
import { casePath, type Path } from '../../../paths.ts'
import { unsignedWords } from '../../../wording/refusals.ts'
import { PhonePage } from './PhonePage.tsx'
import { keyAddressOf, policyFor } from './program.ts'
import { type Signable, SignPage } from './SignPage.tsx'
import type { SigningWays } from './Ways.tsx'

/** A step as its form wants it, just before it is done. */
export interface Wish {
  readonly house: House
  readonly frameOf: FrameOf
  readonly c: DoorContext
  readonly number: string
  readonly step: string
  readonly input: StepInput
  readonly typed: URLSearchParams
  readonly seen: number
  /** The name of the request. */
  readonly key: string
  /** Where the form goes. */
  readonly action: Path
}

/** What the form says of its signature: one came, one that cannot be read came, it is to be made by a key, or as the house does it. */
type Given = GivenSignature | 'damaged' | 'byKey' | 'byHouse'

export const signatureField = '_signature'

export function givenIn(typed: URLSearchParams, field = signatureField): Given {
  const text = typed.get(field) ?? ''
  if (text === '') return typed.get('_sign') === 'key' ? 'byKey' : 'byHouse'
  const value = cmsFromText(text)
  return value === null ? 'damaged' : { algorithm: 'cms', value }
}

/** A house that signs by itself and has nobody to judge national keys offers no other way. */
export function waysOf({ desk, demonstration }: Pick<House, 'desk' | 'demonstration'>): SigningWays {
  if (!desk.signsItself) return 'key'
  return demonstration?.ncalayer === undefined ? 'house' : 'both'
}

/** Buttons of the page of signing that lead back to the form: everything typed is there again. */
export const wantsChange = (typed: URLSearchParams): boolean => typed.get('_sign') === 'change'

/**
 * Does the step with the signature that it asks for. Where the key is elsewhere the page that shows what is signed comes first, and comes again with the
 * reason when the signature is not taken: a Response. Otherwise what came of the step.
 */
export async function doSigned(wish: Wish): Promise<Outcome | Response> {
  const { house, c, number, step, input, key, seen } = wish
  const { who } = signedIn(c)
  const phoned = await fromPhone(wish)
  if (phoned instanceof Response || 'kind' in phoned) return phoned
  const given = phoned.signature ?? givenIn(wish.typed)
  if (given === 'damaged') return show(wish, ['damaged'])
  if (given === 'byKey' || (given === 'byHouse' && !house.desk.signsItself)) return show(wish, [])
  const signature = given === 'byHouse' ? undefined : given
  const outcome = await house.desk.step(number, step, input, who, { key, seen, signature })
  return outcome.kind === 'unsigned' && signature !== undefined ? show(wish, outcome.reasons) : outcome
}

interface Phoned {
  readonly signature?: GivenSignature
}

/** What the form wants of a phone: a code, or the signature that came by one; nothing of either goes on. */
async function fromPhone(wish: Wish): Promise<Outcome | Response | Phoned> {
  const { house, typed, c } = wish
  if (typed.get('_sign') === 'phone') return showCode(wish, [])
  const id = typed.get('_phone') ?? ''
  if (id === '' || typed.has('_sign')) return {}
  const request = await house.phone.find(id)
  const { who, speech } = signedIn(c)
  if (request?.signature && request.toBeSigned.signer.staffId === who.actor.id) return { signature: request.signature }
  return showCode(wish, [whyNot(request, speech)], request)
}

function whyNot(request: PhoneRequest | null, speech: Speech): string {
  if (request === null) return speech.t('signing.phonePage.expired')
  return request.refused.length > 0 ? unsignedWords(request.refused, speech) : speech.t('signing.phonePage.notYet')
}

async function showCode(wish: Wish, errors: readonly string[], before: PhoneRequest | null = null): Promise<Outcome | Response> {
  const { house, frameOf, c, number, step, input, seen, key, action } = wish
  const { who } = signedIn(c)
  const prepared = await house.desk.prepare(number, step, input, who, seen)
  if (prepared.kind === 'notAsked') return house.desk.step(number, step, input, who, { key, seen })
  if (prepared.kind !== 'prepared') return prepared
  // The code on the screen stays good as long as it asks for the same.
  const isSame = before?.toBeSigned.digest === prepared.toBeSigned.digest
  const request = before !== null && isSame ? before : await house.phone.begin(number, prepared.toBeSigned)
  if (request === null) return { kind: 'notFound' }
  return c.html(
    <PhonePage
      frame={frameOf(c)}
      request={request}
      signable={signableOf(prepared, signatureField)}
      publicUrl={house.publicUrl}
      telephoneOf={house.demonstration?.ncalayer === undefined ? undefined : house.people.staffById(who.actor.id)?.login}
      until={shownAt(house, request.expiresAt)}
      action={action}
      typed={keptOf(wish.typed)}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** All that was typed, without what the last page said of signing. */
const keptOf = (typed: URLSearchParams): [string, string][] =>
  [...typed].filter(([name]) => name !== '_sign' && name !== '_phone' && !name.startsWith(signatureField))

/** The page of signing; where nothing is to be signed the step is done at once. */
async function show(wish: Wish, reasons: readonly SealReason[]): Promise<Outcome | Response> {
  const { house, c, number, step, input, seen, key } = wish
  const { who, speech } = signedIn(c)
  const prepared = await house.desk.prepare(number, step, input, who, seen)
  if (prepared.kind === 'notAsked') return house.desk.step(number, step, input, who, { key, seen })
  if (prepared.kind !== 'prepared') return prepared
  return signPage({
    ...wish,
    signables: [signableOf(prepared, signatureField)],
    back: casePath(number),
    backText: speech.t('signing.back'),
    errors: reasons.length === 0 ? [] : [unsignedWords(reasons, speech)],
  })
}

export function signableOf({ toBeSigned }: Extract<Preparation, { kind: 'prepared' }>, field: string): Signable {
  const statement = readStatement(toBeSigned.bytes)
  if (statement === null) throw new Error('what is to be signed is no statement')
  return { field, toBeSigned, statement }
}

interface SignPageWish extends Pick<Wish, 'house' | 'frameOf' | 'c' | 'typed' | 'action'> {
  readonly signables: readonly Signable[]
  readonly back: Path
  readonly backText: string
  readonly errors: readonly string[]
}

export function signPage({
  house,
  frameOf,
  c,
  typed,
  action,
  signables,
  back,
  backText,
  errors,
}: SignPageWish): Response | Promise<Response> {
  const program = keyAddressOf(house)
  c.header('content-security-policy', policyFor(program))
  return c.html(
    <SignPage
      frame={frameOf(c)}
      signables={signables}
      action={action}
      typed={keptOf(typed)}
      back={back}
      backText={backText}
      program={program}
      server={house.desk.signsItself}
      phone={signables.length === 1}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  )
}
