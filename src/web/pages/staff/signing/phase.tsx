import { randomUUID } from 'node:crypto'
import type { Preparation } from '../../../../desk/desk.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { GivenSignature } from '../../../../desk/signing.ts'
import { readStatement } from '../../../../desk/statement.ts'
import type { StepInput } from '../../../../engine/case/input.ts'
import { cmsFromText } from '../../../../seal/ncalayer/cms.ts'
import { ncalayerUrl } from '../../../../seal/ncalayer/protocol.ts'
import type { SealReason } from '../../../../seal/seal.ts'
import { type DoorContext, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { keyPolicy } from '../../../door/security.ts'
import type { House } from '../../../house.ts'
import { casePath, emulatorDialogPath, emulatorPath, type Path } from '../../../paths.ts'
import { unsignedWords } from '../../../wording/refusals.ts'
import { type Signable, SignPage } from './SignPage.tsx'

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

/** Buttons of the page of signing that lead back to the form: everything typed is there again. */
export const wantsChange = (typed: URLSearchParams): boolean => typed.get('_sign') === 'change'

/**
 * Does the step with the signature that it asks for. Where the key is elsewhere the page that shows what is signed comes first, and comes again with the
 * reason when the signature is not taken: a Response. Otherwise what came of the step.
 */
export async function doSigned(wish: Wish): Promise<Outcome | Response> {
  const { house, c, number, step, input, key, seen } = wish
  const { who } = signedIn(c)
  const given = givenIn(wish.typed)
  if (given === 'damaged') return show(wish, ['damaged'])
  if (given === 'byKey' || (given === 'byHouse' && !house.desk.signsItself)) return show(wish, [])
  const signature = given === 'byHouse' ? undefined : given
  const outcome = await house.desk.step(number, step, input, who, { key, seen, signature })
  return outcome.kind === 'unsigned' && signature !== undefined ? show(wish, outcome.reasons) : outcome
}

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

/** The page may speak to the program that holds the key, and to nothing else beside this server. */
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
  const program = keyOf(house)
  c.header('content-security-policy', keyPolicy(program.emulated ? "'self'" : new URL(program.url).origin))
  const kept = [...typed].filter(([name]) => name !== '_sign' && !name.startsWith(signatureField))
  return c.html(
    <SignPage
      frame={frameOf(c)}
      signables={signables}
      action={action}
      typed={kept}
      back={back}
      backText={backText}
      program={program}
      server={house.desk.signsItself}
      phone={false}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** Each page has a machine of its own in the demonstration, so that people in several browsers do not meet at one screen. */
function keyOf(house: House): { url: string; dialog?: string; emulated: boolean } {
  if (house.demonstration?.ncalayer === undefined) return { url: ncalayerUrl, emulated: false }
  const machine = randomUUID()
  return { url: emulatorPath(machine), dialog: emulatorDialogPath(machine), emulated: true }
}
