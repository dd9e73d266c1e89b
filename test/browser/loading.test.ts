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
