import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loaded, load } from './loading.ts'
import { mainPages } from './mainPages.ts'
import { openStage, type Stage } from './stage.ts'

/** What a page weighs on the line, and that nothing moves on it while it loads. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const kilobytes = 1024

it('the first page weighs under 150 KB, each later one under 30 KB, and nothing moves', async () => {
  const found: [string, Loaded][] = []
  for (const { path, state } of await mainPages(stage)) {
    const page = await stage.stranger('kk', state === undefined ? {} : { storageState: state })
    const first = await load(page, path)
    // In another tab of the same browser: fonts, style and script are kept.
    const next = await load(await page.context().newPage(), path)
    found.push([`first ${path}`, first], [`next ${path}`, next])
    await page.context().close()
  }
  const facts = found.map(([name, { bytes, shift, moved }]) => ({ name, kilobytes: Math.round(bytes / kilobytes), shift, moved }))
  expect(facts.filter((one) => one.kilobytes >= (one.name.startsWith('first') ? 150 : 30))).toEqual([])
  expect(facts.filter((one) => one.shift > 0)).toEqual([])
  // The measure itself: a first visit brings the style sheet and fonts, a later one does not.
  for (const [name, { bytes }] of found) expect(bytes > 40 * kilobytes, name).toBe(name.startsWith('first'))
})

it('nothing moves whenever the fonts come: at once, within the tenth of a second that the browser may wait, one before the other, or late', async () => {
  const pages = await mainPages(stage)
  const tracker = pages.find(({ path }) => path.startsWith('/t/'))
  if (!tracker) throw new Error('no tracker among the main pages')
  const moved: unknown[] = []
  let delayed = 0
  for (const delays of [[0], [30], [80], [150], [400], [0, 120], [120, 0]]) {
    const page = await stage.stranger('kk')
    // In the order in which the page asks for them.
    const faces: string[] = []
    await page.context().route(/\.woff2$/, async (route) => {
      const face = route.request().url()
      if (!faces.includes(face)) faces.push(face)
      delayed++
      await setTimeout(delays[faces.indexOf(face) % delays.length])
      await route.continue()
    })
    const first = await load(page, tracker.path)
    // The second page asks for the fonts before everything else; what is routed is not kept, so they come late there too.
    const next = await load(await page.context().newPage(), tracker.path)
    for (const one of [first, next]) if (one.shift > 0) moved.push({ delays, ...one })
    await page.context().close()
  }
  expect(moved).toEqual([])
  expect(delayed).toBeGreaterThanOrEqual(7 * 2 * 2)
})
