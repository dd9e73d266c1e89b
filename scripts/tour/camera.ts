import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

export const sizes = { desk: { width: 1280, height: 720 }, phone: { width: 390, height: 844 } } as const
export const readers = ['kk', 'ru'] as const
export type Size = keyof typeof sizes
export type Reader = (typeof readers)[number]

/** Name of a picture's file, without its folder. */
export const pictureOf = (name: string, reader: Reader, size: Size): string => `${name}.${reader}.${size}.webp`

export interface Camera {
  /** The page as it opens, or as `prepare` then makes it, in both languages and at both sizes. Leaves it in Kazakh and at a desk's size. */
  take(page: Page, name: string, prepare?: (page: Page) => Promise<void>): Promise<void>
}

/** A picture shows what fits on the screen and, where the page goes on, this many screens of it. */
const screens = { desk: 1.4, phone: 1.6 } as const

/** Pictures as WebP, which the browser itself encodes: a fifth of the size of PNG. */
export async function openCamera(browser: Browser, folder: string): Promise<Camera> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const darkroom = await (await browser.newContext()).newPage()
  const develop = async (png: Buffer): Promise<Buffer> => {
    const made: unknown = await darkroom.evaluate(encode(png.toString('base64')))
    return Buffer.from(String(made), 'base64')
  }
  return {
    take: async (page, name, prepare) => {
      for (const size of ['phone', 'desk'] as const) {
        await page.setViewportSize(sizes[size])
        for (const reader of ['ru', 'kk'] as const) {
          await showIn(page, reader)
          await prepare?.(page)
          const high = await page.evaluate('Math.ceil(document.documentElement.scrollHeight)')
          const height = Math.min(Number(high), Math.round(sizes[size].height * screens[size]))
          const clip = { x: 0, y: 0, width: sizes[size].width, height: Math.max(height, sizes[size].height) }
          const png = await shoot(page, clip)
          writeFileSync(join(folder, pictureOf(name, reader, size)), await develop(png))
        }
      }
    },
  }
}

interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A busy machine now and then gives Chromium no picture in time: it is asked again. */
async function shoot(page: Page, clip: Clip, left = 3): Promise<Buffer> {
  try {
    return await page.screenshot({ fullPage: true, clip, animations: 'disabled', caret: 'hide' })
  } catch (cause) {
    if (left === 0) throw cause
    return shoot(page, clip, left - 1)
  }
}

/** The same address in another language: what was typed and not yet sent would be lost, so pictures are taken before anything is typed. */
async function showIn(page: Page, reader: Reader): Promise<void> {
  const url = new URL(page.url())
  url.searchParams.set('lang', reader)
  await page.goto(url.href)
  await page.evaluate('document.fonts.ready.then(() => true)')
}

/** Runs in the browser, whose names are not ours. */
const encode = (base64: string): string => `(async () => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,${base64}')).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.5 })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
})()`
