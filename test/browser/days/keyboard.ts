import type { Locator, Page } from 'playwright-core'

/** Hands of somebody without a mouse. Every key that goes down is counted, a chord as often as it has keys; names of people are not. */
export interface Keyboard {
  readonly page: Page
  /** Keys pressed so far, besides typed names. */
  readonly pressed: number
  /** `Enter`, `Tab`, `Control+Enter`, `KeyN` …: one key or one chord. */
  press(chord: string): Promise<void>
  /** The same, and then the page that it leads to. */
  go(chord: string): Promise<void>
  /** Types what counts: numbers, dates, reasons. */
  type(text: string): Promise<void>
  /** Types a person's name, which the count leaves out. */
  typeName(text: string): Promise<void>
  /** Tab until the focus is on the element; refuses after `most` presses. */
  tabTo(target: Locator, most?: number): Promise<void>
  /** Throws when a pointer has touched any page since the beginning. */
  noPointer(): Promise<void>
}

/** Pointer events by the browser itself; scripts that call `click()` make none. */
const watchPointer = `
  for (const type of ['pointerdown', 'mousedown', 'touchstart'])
    addEventListener(type, (event) => { if (event.isTrusted) sessionStorage.setItem('pointerUsed', type) }, true)
`

const ready = 'html:not(:has([autofocus])), html:has(:focus)'

export async function keyboardOf(page: Page): Promise<Keyboard> {
  await page.context().addInitScript({ content: watchPointer })
  let pressed = 0
  const press = async (chord: string) => {
    pressed += chord.split('+').length
    await page.keyboard.press(chord)
  }
  const hasFocus = (target: Locator) => target.evaluate((one) => one === one.ownerDocument.activeElement).catch(() => false)
  return {
    page,
    get pressed() {
      return pressed
    },
    press,
    go: async (chord) => {
      await Promise.all([page.waitForEvent('domcontentloaded'), press(chord)])
      await page.waitForLoadState('load')
      // A browser gives the focus to what asks for it when it first paints, on a busy machine after `load`; keys typed before are lost.
      await page.locator(ready).waitFor({ state: 'attached' })
    },
    type: async (text) => {
      pressed += [...text].length
      await page.keyboard.type(text)
    },
    // Letters of names are on no key of the keyboard that the browser is given; they come as text, all at once.
    typeName: (text) => page.keyboard.insertText(text),
    tabTo: async (target, most = 60) => {
      for (let turn = 0; turn <= most; turn++) {
        if (await hasFocus(target.first())) return
        await press('Tab')
      }
      throw new Error(`${most} presses of Tab do not lead to ${String(target)} on ${page.url()}`)
    },
    noPointer: async () => {
      const used: unknown = await page.evaluate('sessionStorage.getItem("pointerUsed")')
      if (used !== null) throw new Error(`a pointer was used: ${String(used)}`)
    },
  }
}
