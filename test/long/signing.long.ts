import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Day, openDay } from '../browser/days/harness.ts'
import { type FailureName, failures, showFailure, signWith } from '../browser/signing/failures.ts'
import { comeToSign, steps } from '../browser/signing/steps.ts'
import { violations } from '../browser/stage.ts'

/**
 * Every failure at every step at which somebody signs, in every language, with axe, and then the step is signed: `npm run signing`. `SIGNING_ONLY` a part of a step's
 * name, `SIGNING_LANGUAGES=kk,ru`, `SIGNING_PICTURES=<folder>`: each failure on a desk's screen and on a phone's, light and dark.
 */
const { SIGNING_ONLY: only = '', SIGNING_LANGUAGES: wanted = 'kk,ru,en', SIGNING_PICTURES: pictures } = process.env
const languages = (['kk', 'ru', 'en'] as const).filter((language) => wanted.split(',').includes(language))

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

async function picture(place: Locator, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  const page = place.page()
  for (const [screen, width, height] of [
    ['desk', 1280, 720],
    ['phone', 390, 844],
  ] as const) {
    // sizes, not any numbers
    await page.setViewportSize({ width, height })
    await place.scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(pictures, `${name}-${screen}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: join(pictures, `${name}-dark.png`) })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 720 })
}

describe.each(languages)('in %s', (language) => {
  it.for(Object.entries(steps).filter(([name]) => name.includes(only)))('%s', async ([name, step]) => {
    const [number = ''] = await day.bring({ ...step.wanted, count: 1 })
    const at = await comeToSign(day, step, number, language)
    for (const failure of Object.keys(failures) as FailureName[]) {
      // its keys
      await showFailure(at, failure, language, async (place) => {
        await picture(place, [name.replaceAll(' ', '-'), language, failure].join('-'))
        expect(await violations(place.page()), failure).toEqual([])
      })
    }
    await signWith(at)
  })
})
