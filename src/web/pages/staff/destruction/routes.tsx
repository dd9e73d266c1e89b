import { Hono } from 'hono'
import type { DestructionPreview } from '../../../../desk/destruction.ts'
import { foldForSearch } from '../../../../language/fold.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { destructionPath, paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { refusalLine } from '../../../wording/refusals.ts'
import { keeperOf } from '../accounts/scope.ts'
import { ActPage } from './ActPage.tsx'
import { DestructionPage } from './DestructionPage.tsx'
import { FindPage } from './FindPage.tsx'

/**
 * Destruction by an order, for administrators of the case's provider: the same as may by the command line. They read no cases, so the pages count what goes
 * and open nothing of it.
 */
export function destructionRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.destruction, (c) => find(house, frameOf, c))
  routes.get('/destruction/:number', async (c) => show(house, frameOf, c, await previewOf(house, c), new URLSearchParams()))
  routes.post('/destruction/:number', (c) => destroy(house, frameOf, c))
  return routes
}

/** @throws Refused where the reader keeps no accounts, or the case is not there or not theirs */
async function previewOf(house: House, c: DoorContext): Promise<DestructionPreview> {
  keeperOf(c)
  const preview = await house.destruction.preview(c.req.param('number') ?? '', signedIn(c).who)
  if (preview === null) throw new Refused('notFound')
  return preview
}

async function find(house: House, frameOf: FrameOf, c: DoorContext) {
  keeperOf(c)
  const speech = c.get('speech')
  const lines: string[] = []
  const typed = new URLSearchParams(new URL(c.req.url).search)
  const reader = new FormReader(typed)
  const number = reader.optional('number', 'destruction.number', 40)
  if (number !== undefined && reader.problems.length === 0) {
    const preview = await house.destruction.preview(number, signedIn(c).who)
    if (preview !== null) return c.redirect(destructionPath(preview.number), 303)
    lines.push(speech.t('destruction.unknown'))
  }
  const form = formView(speech, typed, reader.problems, undefined, lines)
  return c.html(<FindPage frame={frameOf(c)} form={form} />, form.errors.length > 0 ? 422 : 200)
}

function show(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  preview: DestructionPreview,
  typed: URLSearchParams,
  reader?: FormReader,
  lines: readonly string[] = [],
) {
  const speech = c.get('speech')
  const naming = namingFor(house.people, speech)
  const { destroyed } = preview
  if (destroyed !== null && lines.length === 0)
    return c.html(<ActPage frame={frameOf(c)} preview={preview} destroyed={destroyed} naming={naming} />)
  const form = formView(speech, typed, reader?.problems, undefined, lines)
  const page = <DestructionPage frame={frameOf(c)} form={form} preview={preview} naming={naming} />
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function destroy(house: House, frameOf: FrameOf, c: DoorContext) {
  const preview = await previewOf(house, c)
  const speech = c.get('speech')
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const order = {
    number: reader.required('order.number', 'admin.field.orderNumber', 60),
    date: reader.day('order.date', 'admin.field.orderDate', true) ?? '',
    ground: reader.required('ground', 'destruction.ground', 500),
  }
  const evenOpen = reader.ticked('evenOpen')
  if (preview.endedAt === null && !evenOpen) reader.problem('evenOpen', 'required', { label: 'destruction.evenOpen' })
  // Words, not a second press: nobody types them by mistake.
  if (foldForSearch(reader.text('words')) !== foldForSearch(speech.t('destruction.words')))
    reader.problem('words', 'wrong', { label: 'destruction.confirm' })
  if (reader.problems.length > 0) return show(house, frameOf, c, preview, typed, reader)
  const outcome = await house.destruction.destroy(preview.number, order, signedIn(c).who, evenOpen)
  if (outcome.kind === 'done') return c.redirect(destructionPath(preview.number), 303)
  if (outcome.kind !== 'refused') throw new Refused(outcome.kind === 'notFound' ? 'notFound' : 'conflict')
  const line = refusalLine(outcome.refusal, null, namingFor(house.people, speech), speech)
  return show(house, frameOf, c, preview, typed, undefined, [line])
}
