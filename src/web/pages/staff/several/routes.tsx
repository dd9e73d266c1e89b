import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { History } from '../../../../desk/reading.ts'
import type { StepInput } from '../../../../engine/case/input.ts'
import { takenIn } from '../../../../law/several.ts'
import { type Door, type DoorContext, formOf, type Signed, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { type Naming, namingFor } from '../../../wording/naming.ts'
import { notInForceWords, refusalLine, unsignedWords } from '../../../wording/refusals.ts'
import { givenIn, signableOf, signatureField, signPage, wantsChange, waysOf } from '../signing/phase.tsx'
import { type ListPlace, listPath, readPlace, writePlace } from '../work/place.ts'
import { type CaseOutcome, DonePage } from './DonePage.tsx'
import { gather, type Together } from './gather.ts'
import { SeveralPage, type Typed } from './SeveralPage.tsx'

/** Several cases at once: one page that shows what each is, then each its own command with its own key and its own outcome. */
export function severalRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>()
    .get(paths.several, async (c) => {
      const signed = signedIn(c)
      if (!hasDesk(signed.who.actor.role)) throw new Refused('forbidden')
      const place = readPlace(c.req.query('from')) ?? everything
      return show(house, frameOf, c, c.req.queries('case') ?? [], place, undefined, c.req.query('only'))
    })
    .post(paths.several, (c) => doAll(house, frameOf, c))
}

const everything: ListPlace = { list: 'work', filter: {} }

interface Again {
  readonly errors: readonly { readonly text: string; readonly href: string }[]
  readonly typed: Typed
  readonly keys: ReadonlyMap<string, string>
}

async function show(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  numbers: readonly string[],
  place: ListPlace,
  again?: Again,
  only?: string,
) {
  const signed = signedIn(c)
  const { together: all, leftOut } = await gather(house, signed, numbers)
  // The courier confirms what is taken and what is given on a page each, though both were ticked in one list.
  const together = only === undefined ? all : all.filter(({ step }) => (takenIn(step) !== undefined) === (only === 'take'))
  return c.html(
    <SeveralPage
      frame={frameOf(c)}
      together={together}
      leftOut={leftOut}
      naming={namingFor(house.people, signed.speech)}
      back={listPath(place)}
      from={writePlace(place)}
      keyOf={(number) => again?.keys.get(number) ?? randomUUID()}
      ways={waysOf(house)}
      errors={again?.errors ?? []}
      typed={again?.typed}
    />,
    again && again.errors.length > 0 ? 422 : 200,
  )
}

/** One case of the form that was sent. */
interface Wanted {
  readonly number: string
  readonly step: string
  readonly seen: number
  readonly key: string
  readonly assignee: string
}

const keyForm = /^[\w-]{20,60}$/

function readForm(form: URLSearchParams) {
  const all = [...form.keys()].flatMap((name) => (name.startsWith('seen.') ? [name.slice('seen.'.length)] : []))
  const chosen = new Set(form.getAll('case'))
  const assignee = form.get('assignee') ?? ''
  const wanted = all
    .filter((number) => chosen.has(number))
    .map((number): Wanted => {
      const own = form.get(`assignee.${number}`) ?? ''
      const [seen, key] = [Number(form.get(`seen.${number}`)), form.get(`key.${number}`) ?? '']
      if (!Number.isInteger(seen) || seen < 1 || !keyForm.test(key)) throw new Refused('expired')
      return { number, seen, key, step: form.get(`step.${number}`) ?? '', assignee: own === '' ? assignee : own }
    })
  const assignees = new Map(all.map((number) => [number, form.get(`assignee.${number}`) ?? '']))
  const keys = new Map(all.map((number) => [number, form.get(`key.${number}`) ?? '']))
  return { all, wanted, keys, typed: { assignee, assignees, chosen, taken: form.get('taken') === 'yes' } }
}

async function doAll(house: House, frameOf: FrameOf, c: DoorContext): Promise<Response> {
  const signed = signedIn(c)
  if (!hasDesk(signed.who.actor.role)) throw new Refused('forbidden')
  const form = await formOf(c)
  const place = readPlace(form.get('_from')) ?? everything
  const { all, wanted, keys, typed } = readForm(form)
  const found = await gather(
    house,
    signed,
    wanted.map(({ number }) => number),
  )
  const asOf = new Map(found.together.map((one) => [one.number, one]))
  const errors = problemsOf(wanted, asOf, typed, signed)
  if (errors.length > 0 || wantsChange(form)) return show(house, frameOf, c, all, place, { errors, typed, keys })
  const signing = await signTogether({ house, frameOf, c, form, place, wanted, taken: typed.taken })
  if (signing !== null) return signing
  const answers = await inTurns(wanted, (one) => doOne(house, signed, one, typed.taken, form))
  const outcomes = await told(house, signed, wanted, answers)
  return c.html(<DonePage frame={frameOf(c)} outcomes={outcomes} back={listPath(place)} again={unsignedAgain(form, wanted, answers)} />)
}

/** The form for those whose signature was not taken: the same requests by the same names, without the signatures. undefined: there are none. */
function unsignedAgain(form: URLSearchParams, wanted: readonly Wanted[], answers: readonly Outcome[]): [string, string][] | undefined {
  const left = new Set(wanted.flatMap(({ number }, index) => (answers[index]?.kind === 'unsigned' ? [number] : [])))
  if (left.size === 0) return undefined
  return [...form].filter(([name, value]) => {
    if (name === '_csrf' || name === '_sign' || name.startsWith(signatureField)) return false
    if (name === 'case') return left.has(value)
    const [, number] = /^(?:seen|step|key|assignee)\.(.+)$/.exec(name) ?? []
    return number === undefined || left.has(number)
  })
}

/** What the form lacks for the cases that are still as they were seen; of the others each is told on its own. */
function problemsOf(wanted: readonly Wanted[], asOf: ReadonlyMap<string, Together>, typed: Typed, { speech: { t } }: Signed) {
  const standing = wanted.flatMap((one) => {
    const now = asOf.get(one.number)
    return now !== undefined && now.step.id === one.step ? [{ ...now, assignee: one.assignee }] : []
  })
  const unnamed = standing.some(({ performers, assignee }) => performers !== undefined && !performers.some(({ id }) => id === assignee))
  return [
    ...(wanted.length === 0 ? [{ text: t('lists.several.pickSome'), href: '#case' }] : []),
    ...(unnamed ? [{ text: t('lists.several.assigneeMissing'), href: '#assignee' }] : []),
    ...(standing.some(({ takes }) => takes) && !typed.taken ? [{ text: t('lists.several.takenMissing'), href: '#taken' }] : []),
  ]
}

/** A few at a time: the ledger writes them together, and one person's list does not hold up everybody else's command. */
const atOnce = 8

async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += atOnce) results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))))
  return results
}

/**
 * The state may have moved since the page was shown: the desk compares the version. The input is what the form says and nothing that depends on the
 * state of now, so that the same form sent twice is the same request, and is answered as it was.
 */
async function doOne(house: House, signed: Signed, wanted: Wanted, taken: boolean, form: URLSearchParams): Promise<Outcome> {
  const { number, step, seen, key } = wanted
  const given = givenIn(form, fieldOf(number))
  if (given === 'damaged') return { kind: 'unsigned', reasons: ['damaged'] }
  const signature = typeof given === 'string' ? undefined : given
  return house.desk.step(number, step, inputOf(wanted, taken), signed.who, { key, seen, signature })
}

const inputOf = ({ assignee }: Wanted, taken: boolean): StepInput => ({
  ...(assignee === '' ? {} : { assignee }),
  ...(taken ? { taken } : {}),
})

const fieldOf = (number: string): string => `${signatureField}.${number}`

interface SigningOfMany {
  readonly house: House
  readonly frameOf: FrameOf
  readonly c: DoorContext
  readonly form: URLSearchParams
  readonly place: ListPlace
  readonly wanted: readonly Wanted[]
  readonly taken: boolean
}

/**
 * The page that shows what is signed of each case, for one asking of the key. Null: the signatures are there, or the house makes them, or nothing of this is
 * signed. A case that could not be done even then goes along without a signature, and is told of with the others.
 */
async function signTogether({ house, frameOf, c, form, place, wanted, taken }: SigningOfMany): Promise<Response | null> {
  const { who, speech } = signedIn(c)
  const isHere = wanted.some(({ number }) => form.get(fieldOf(number)))
  if (isHere || (house.desk.signsItself && form.get('_sign') !== 'key')) return null
  const prepared = await inTurns(wanted, (one) => house.desk.prepare(one.number, one.step, inputOf(one, taken), who, one.seen))
  const signables = prepared.flatMap((one) => (one.kind === 'prepared' ? [signableOf(one, fieldOf(one.number))] : []))
  if (signables.length === 0) return null
  const [back, backText] = [listPath(place), speech.t('lists.onward.back')]
  return signPage({ house, frameOf, c, typed: form, action: paths.several, signables, back, backText, errors: [] })
}

/** What came of each, in words: what follows, or what stood in the way. */
async function told(house: House, signed: Signed, wanted: readonly Wanted[], answers: readonly Outcome[]): Promise<CaseOutcome[]> {
  const numbers = wanted.map(({ number }) => number)
  const after = new Map((await house.reading.cases(numbers, signed.who, 'step')).map((history) => [history.file.number, history]))
  const naming = namingFor(house.people, signed.speech)
  return answers.map((outcome, index) => {
    const number = numbers[index] ?? ''
    return { number, ok: outcome.kind === 'done', says: saysOf(outcome, after.get(number), naming, signed) }
  })
}

function saysOf(outcome: Outcome, after: History | undefined, naming: Naming, { speech }: Signed): string {
  const { t } = speech
  switch (outcome.kind) {
    case 'done':
      return [...(outcome.repeated ? [t('lists.several.again')] : []), nextOf(after, naming, speech)]
        .filter((part) => part !== '')
        .join('. ')
    case 'refused':
      return refusalLine(outcome.refusal, outcome.file?.bound.court ?? null, naming, speech)
    case 'changed':
      return [t('refusal.changed'), nextOf(after, naming, speech)].filter((part) => part !== '').join(' ')
    case 'keyReused':
      return t('refusal.keyReused')
    case 'notFound':
      return t('lists.several.why.gone')
    case 'notInForce':
      return notInForceWords(outcome.answer, naming, speech)
    case 'unsigned':
      return unsignedWords(outcome.reasons, speech)
  }
}

function nextOf(after: History | undefined, naming: Naming, { t }: Signed['speech']): string {
  if (after === undefined) return ''
  const { state, bound } = after.file
  if (state.step === null) return state.ended ? t('pages.case.ended', { ending: naming.ending(bound.court, state.ended.ending) }) : ''
  const who = [state.step.assignee === null ? '' : naming.person(state.step.assignee), naming.role(state.step.role, bound.court)]
  return t('lists.several.next', { step: naming.step(bound.court, state.step.id), who: who.filter((part) => part !== '').join(', ') })
}
