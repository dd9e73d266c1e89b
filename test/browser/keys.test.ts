import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage, violations } from './stage.ts'

/** The keys of the office, as a hand presses them: the place of the key decides, whatever layout the keyboard has. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

/** A key as a Kazakh keyboard sends it: the place is the same, the sign is another. */
const strike = (page: Page, code: string, key: string, more: Modifiers = {}): Promise<unknown> => {
  const init = JSON.stringify({ code, key, bubbles: true, cancelable: true, ...more })
  return page.evaluate(`!(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', ${init}))`)
}
interface Modifiers {
  readonly altKey?: boolean
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
  readonly shiftKey?: boolean
}
const place = (page: Page) => new URL(page.url()).pathname
const focused = (page: Page) => page.evaluate(`document.activeElement.id || document.activeElement.getAttribute('name')`)

describe('pages of the office', () => {
  it('are reached by the place of a key, in a Kazakh layout too', async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/regulations')
    await strike(page, 'KeyW', 'ц')
    await page.waitForURL('**/work')
    await page.keyboard.press('q')
    await page.waitForURL('**/window')
    // Its field has the focus; beside it, the key of "/" writes "№" in the Kazakh layout and "." in the Russian one.
    await page.evaluate('document.activeElement.blur()')
    expect(await strike(page, 'Slash', '№')).toBe(true)
    expect(await focused(page)).toBe('q')
    expect(await page.inputValue('[name="q"]')).toBe('')
  })

  it('leave what is typed in a field alone, and listen there with Alt', async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/work')
    await page.keyboard.press('/')
    await page.keyboard.type('wrq/?')
    expect(await page.inputValue('[name="q"]')).toBe('wrq/?')
    expect(place(page)).toBe('/work')
    // What follows a burst of keys at once is a scanner's.
    await page.waitForTimeout(150)
    await page.keyboard.press('Alt+q')
    await page.waitForURL('**/window')
  })

  it("do not take what is the browser's", async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/work')
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { ctrlKey: true, altKey: true }, { shiftKey: true }])
      expect(await strike(page, 'KeyQ', 'q', more)).toBe(false)
    for (const code of ['Tab', 'F5', 'PageDown', 'Space', 'Home']) expect(await strike(page, code, code)).toBe(false)
    expect(await strike(page, 'KeyD', 'd', { altKey: true })).toBe(false)
    expect(place(page)).toBe('/work')
  })

  it('open the list of keys and come back', async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/cases/new')
    await page.keyboard.press('Escape')
    await page.waitForURL('**/work')
    await page.keyboard.press('Shift+Slash')
    await page.waitForURL('**/keys')
    expect(await violations(page)).toEqual([])
  })

  it('listen only together with Alt once single letters are switched off', async () => {
    const page = await stage.stranger()
    await page.goto('/keys?lang=kk')
    expect(await page.locator('a[data-key="?"]').getAttribute('aria-keyshortcuts')).toBe('? Alt+?')
    await page.locator('main form button').click()
    expect(await page.locator('html').getAttribute('data-letters')).toBe('off')
    expect(await page.locator('a[data-key="?"]').getAttribute('aria-keyshortcuts')).toBe('Alt+?')
    await page.goto('/track')
    // Focus may stand in the first field: from the page's body a single letter would act.
    await page.evaluate('document.activeElement.blur()')
    expect(await strike(page, 'Slash', '?', { shiftKey: true })).toBe(false)
    expect(await strike(page, 'Slash', '?', { shiftKey: true, altKey: true })).toBe(true)
    await page.waitForURL('**/keys')
    await page.locator('main form button').click()
    expect(await page.locator('html').getAttribute('data-letters')).toBeNull()
    await page.context().close()
  })
})

const row = (n: number) =>
  `<tr data-keys-row><td><input type="checkbox" id="box${n}"></td><td><a id="row${n}" href="#row${n}">${n}</a></td></tr>`
const office = `
  <a class="govuk-back-link" href="#back" id="back">back</a>
  <form method="post" action="#" id="form">
    <table data-keys="list">${[1, 2, 3, 4].map(row).join('')}</table>
    <fieldset data-keys="choice">
      <input type="radio" name="way" id="way1"><input type="radio" name="way" id="way2"><input id="why">
    </fieldset>
    <button type="button" id="other">other</button><button id="send">send</button>
  </form>`

describe('a list, a choice and a form', () => {
  let page: Page
  beforeEach(async () => {
    page = await stage.stranger()
    await page.goto('/keys')
    await page.evaluate(`
      const main = document.querySelector('main')
      main.innerHTML = ${JSON.stringify(office)}
      main.addEventListener('submit', (event) => {
        event.preventDefault()
        document.title = 'sent by ' + event.submitter?.id
      })`)
  })
  const chosen = () => page.locator('table :checked').evaluateAll((all) => all.map(({ id }) => id))

  it('moves by arrows and letters, opens by Enter', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('j')
    await strike(page, 'KeyJ', 'о')
    expect(await focused(page)).toBe('row3')
    expect(await page.locator('.q-row--current').count()).toBe(1)
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('location.hash')).toBe('#row2')
    // A check box inside the row opens as well, and does not send the form around the list.
    await page.focus('#box4')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('location.hash')).toBe('#row4')
    expect(await page.title()).not.toContain('sent')
  })

  it('chooses one, up to here, and all', async () => {
    for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
    expect(await chosen()).toEqual(['box2'])
    for (const key of ['j', 'j', 'Shift+x']) await page.keyboard.press(key)
    expect(await chosen()).toEqual(['box2', 'box3', 'box4'])
    await page.keyboard.press('a')
    expect(await chosen()).toHaveLength(4)
    await page.keyboard.press('a')
    expect(await chosen()).toEqual([])
  })

  it('chooses by digits where the focus stands among the choices, and not while typing', async () => {
    await page.keyboard.press('2')
    expect(await page.isChecked('#way2')).toBe(false)
    await page.focus('#way1')
    await page.keyboard.press('2')
    expect(await page.isChecked('#way2')).toBe(true)
    await page.focus('#why')
    await page.keyboard.press('1')
    expect([await page.isChecked('#way2'), await page.inputValue('#why')]).toEqual([true, '1'])
  })

  it('sends the form by its button with Ctrl+Enter, from a field too', async () => {
    await page.focus('#why')
    await page.keyboard.press('Control+Enter')
    expect(await page.title()).toBe('sent by send')
  })

  it('goes back by Esc, but does not throw away what was typed', async () => {
    await page.focus('#why')
    await page.keyboard.type('себебі')
    await page.keyboard.press('Escape')
    expect(await page.evaluate('location.hash')).toBe('')
    await page.keyboard.press('Escape')
    expect([await page.evaluate('location.hash'), await focused(page)]).toEqual(['', 'back'])
    await page.keyboard.press('Enter')
    await page.waitForURL('**#back')
  })
})

it('the list of keys works without script', async () => {
  const page = await stage.stranger('kk', { javaScriptEnabled: false })
  await page.goto('/keys')
  expect(await page.locator('main').innerText()).toContain('Ctrl+Enter')
  // A hint for a key that does nothing would be a lie.
  expect(await page.locator('.q-key').first().isVisible()).toBe(false)
  await page.context().close()
})
