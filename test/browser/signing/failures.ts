import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { noFaults } from '../../../src/contour/ncalayer/emulator.ts'
import type { House, KeyFaults } from '../../../src/web/house.ts'
import type { Keyboard } from '../days/keyboard.ts'

/** Somebody before the page of signing: the house, the hands, and the person's own key by its name in the test PKI. */
export interface AtSigning {
  readonly house: House
  readonly hands: Keyboard
  readonly key: string
}

export const told = (page: Page): Locator => page.locator('[data-sign-told]')
const refused = (page: Page): Locator => page.locator('.govuk-error-summary')

/** The emulator that this page speaks to: each page has one of its own, also one that came again. */
export async function programOf({ house, hands }: AtSigning): Promise<{ readonly faults: KeyFaults }> {
  const dialog = (await hands.page.locator('[data-island="ncalayer"]').getAttribute('data-dialog')) ?? ''
  const program = house.demonstration?.ncalayer?.machine(dialog.split('/')[3] ?? '')
  if (program === undefined) throw new Error('the demonstration has no emulator')
  return program
}

/** Presses the page's button; gives the emulator's window, whatever stands in it. */
async function press({ hands }: AtSigning): Promise<Page> {
  // A window that closed leaves the focus of the machine nowhere; hands would be on the page again.
  await hands.page.bringToFront()
  for (let turn = 0; hands.page.context().pages().length > 1 && turn < 100; turn++) await sleep(50)
  const [window] = await Promise.all([hands.page.waitForEvent('popup'), hands.press('KeyS')])
  return window
}

/** The window in which the keys are. */
export async function askKey(at: AtSigning): Promise<Page> {
  const window = await press(at)
  await window.locator('input[name="key"]').first().waitFor()
  return window
}

export async function chooseKey(window: Page, key: string, password?: string): Promise<void> {
  await window.locator(`input[value="${key}"]`).focus()
  await window.keyboard.press('Space')
  if (password !== undefined) await window.locator('input[name="password"]').fill(password)
  await window.keyboard.press('Enter')
}

/** With the right key the step is done, and the page goes on to what follows. */
export async function signWith(at: AtSigning): Promise<void> {
  const { page } = at.hands
  const window = await askKey(at)
  await Promise.all([page.waitForEvent('domcontentloaded'), chooseKey(window, at.key)])
  const [why] = await refused(page).allInnerTexts()
  if (why !== undefined) throw new Error(why)
}

/** A way in which there is no signature. It leaves the page as it was, with the reason on it, and a program that works again. */
export interface Failure {
  /** What stands on the page. */
  readonly says: Readonly<Record<'kk' | 'ru' | 'en', RegExp>>
  /** Gives the place on the page where it is told. */
  provoke(at: AtSigning): Promise<Locator>
}

/** The program fails, and the page says so by itself. */
const byProgram =
  (fails: (at: AtSigning, program: { readonly faults: KeyFaults }) => Promise<unknown>): Failure['provoke'] =>
  async (at) => {
    const program = await programOf(at)
    await fails(at, program)
    await at.hands.page.locator('[data-sign-told][role="alert"]').waitFor()
    Object.assign(program.faults, noFaults())
    // A window in which nothing was asked stays open until somebody closes it.
    for (const other of at.hands.page.context().pages()) if (other !== at.hands.page && !other.isClosed()) await other.close()
    return told(at.hands.page)
  }

/** A key that does not fit, insisted upon as older builds let one: the server finds out, and the page comes again with the reason. */
const byServer =
  (keyOf: (at: AtSigning, window: Page) => Promise<string> | string): Failure['provoke'] =>
  async (at) => {
    const { page } = at.hands
    const window = await askKey(at)
    await chooseKey(window, await keyOf(at, window))
    await window.locator('[role="alert"]').waitFor()
    await window.locator('button[value="anyway"]').focus()
    await Promise.all([page.waitForEvent('domcontentloaded'), window.keyboard.press('Enter')])
    await page.waitForLoadState('load')
    return refused(page)
  }

const kind = (name: string) => byServer(({ key }) => `${key}.${name}`)
const meets = (page: Page, met: boolean): Promise<void> =>
  page.evaluate(`${met ? 'localStorage.setItem("ncalayer-met", "yes")' : 'localStorage.removeItem("ncalayer-met")'}`)

const absent = (met: boolean) =>
  byProgram(async (at, { faults }) => {
    await meets(at.hands.page, met)
    faults.absent = true
    await press(at)
  })

export const failures = {
  notInstalled: {
    says: {
      kk: /NCALayer бұл компьютерден табылмады\.\s+Бағдарламаны ncl\.pki\.gov\.kz сайтынан орнатыңыз/,
      ru: /NCALayer на этом компьютере не найден\.\s+Установите программу/,
      en: /NCALayer was not found on this computer/,
    },
    provoke: absent(false),
  },
  notRunning: {
    says: {
      kk: /NCALayer жауап бермейді\.\s+Бағдарламаны іске қосып, батырманы қайта басыңыз/,
      ru: /NCALayer не отвечает\.\s+Запустите программу/,
      en: /NCALayer does not answer/,
    },
    provoke: absent(true),
  },
  cancelled: {
    says: { kk: /Қол қоюдан бас тарттыңыз/, ru: /Вы отказались подписывать/, en: /You cancelled signing/ },
    provoke: byProgram(async (at) => {
      const window = await askKey(at)
      await window.locator('button[value="cancel"]').focus()
      await window.keyboard.press('Enter')
    }),
  },
  stopped: {
    says: { kk: /Қол қоюдан бас тарттыңыз/, ru: /Вы отказались подписывать/, en: /You cancelled signing/ },
    provoke: byProgram(async (at) => {
      await askKey(at)
      await at.hands.page.bringToFront()
      await at.hands.tabTo(at.hands.page.locator('.q-signing__stop'), 100)
      await at.hands.press('Enter')
    }),
  },
  cutBefore: {
    says: { kk: /NCALayer қол қою кезінде үзілді/, ru: /NCALayer прервался/, en: /NCALayer broke off/ },
    provoke: byProgram(async (at, { faults }) => {
      faults.crash = 'beforeDialog'
      await press(at)
    }),
  },
  cutAfter: {
    says: { kk: /NCALayer қол қою кезінде үзілді\. Ештеңе жазылған жоқ/, ru: /NCALayer прервался/, en: /NCALayer broke off/ },
    provoke: byProgram(async (at, { faults }) => {
      faults.crash = 'afterDialog'
      await chooseKey(await askKey(at), at.key)
    }),
  },
  wrongPassword: {
    says: { kk: /Кілттің құпиясөзі қате/, ru: /Пароль ключа неверен/, en: /The password of the key is wrong/ },
    provoke: byProgram(async (at, { faults }) => {
      faults.asksPassword = true
      const window = await askKey(at)
      for (const left of [2, 1]) {
        await chooseKey(window, at.key, 'қате')
        await window.locator('[role="alert"]').getByText(String(left)).waitFor()
      }
      await chooseKey(window, at.key, 'қате')
    }),
  },
  cutShort: {
    says: { kk: /NCALayer түсініксіз жауап берді/, ru: /Ответ NCALayer непонятен/, en: /cannot be understood/ },
    provoke: byProgram(async (at, { faults }) => {
      faults.answer = 'cutShort'
      await chooseKey(await askKey(at), at.key)
    }),
  },
  otherShape: {
    says: { kk: /NCALayer түсініксіз жауап берді\. Ештеңе жазылған жоқ/, ru: /Ответ NCALayer непонятен/, en: /cannot be understood/ },
    provoke: byProgram(async (at, { faults }) => {
      faults.answer = 'otherShape'
      await chooseKey(await askKey(at), at.key)
    }),
  },
  busyElsewhere: {
    says: { kk: /NCALayer бос емес: бір мезгілде бір ғана сұрау болады/, ru: /NCALayer занят/, en: /NCALayer is busy/ },
    provoke: byProgram(async (at) => {
      const { page } = at.hands
      // Another tab of the same browser asks just now.
      const other = await page.context().newPage()
      await other.goto('/')
      await other.evaluate('void navigator.locks.request("ncalayer", () => new Promise(() => {}))')
      await page.bringToFront()
      await Promise.all([page.waitForEvent('popup'), at.hands.press('KeyS')])
    }),
  },
  expired: { says: { kk: /мерзімі өткен/, ru: /Срок сертификата истек/, en: /certificate has expired/ }, provoke: kind('expired') },
  revoked: { says: { kk: /кері қайтарылған/, ru: /Сертификат отозван/, en: /was revoked/ }, provoke: kind('revoked') },
  signInOnly: { says: { kk: /тек кіруге арналған/, ru: /только для входа/, en: /for signing in only/ }, provoke: kind('signIn') },
  untrusted: { says: { kk: /сенімді орталық бермеген/, ru: /не доверенным центром/, en: /trusted root/ }, provoke: kind('untrusted') },
  wrongOrganisation: {
    says: { kk: /басқа ұйымдікі/, ru: /другой организации/, en: /another organisation/ },
    provoke: kind('wrongOrganisation'),
  },
  wrongPerson: {
    says: { kk: /Кілт басқа адамдікі\.[\s\S]*Өз кілтіңізді таңдаңыз/, ru: /другому лицу\. Выберите свой ключ/, en: /another person/ },
    provoke: byServer(async ({ key }, window) => {
      const all = await window.locator('input[name="key"]').evaluateAll((keys) => keys.map((one) => one.getAttribute('value') ?? ''))
      return all.find((one) => one !== key && !one.startsWith(`${key}.`)) ?? ''
    }),
  },
} as const satisfies Record<string, Failure> // each is named by itself

export type FailureName = keyof typeof failures

/** Everything that the page carries on to the step. */
const carried = (page: Page): Promise<string[]> =>
  page.locator('#sign input[type="hidden"]').evaluateAll((all) =>
    all
      .map((one) => [one.getAttribute('name') ?? '', one.getAttribute('data-sign') ?? one.getAttribute('value') ?? ''])
      .filter(([name]) => name !== '_csrf')
      .map((pair) => pair.join('=')),
  )

const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluate((one) => one === one.ownerDocument.activeElement || one.contains(one.ownerDocument.activeElement))

/** The failure is told in the reader's language where the keyboard stands, nothing is written, and nothing that was typed is lost. */
export async function showFailure(
  at: AtSigning,
  name: FailureName,
  language: 'kk' | 'ru' | 'en',
  looked: (place: Locator) => Promise<void>,
): Promise<void> {
  const { page } = at.hands
  const before = await carried(page)
  const place = await failures[name].provoke(at)
  expect(await place.innerText(), name).toMatch(failures[name].says[language])
  expect(await hasFocus(place), `${name} has the focus`).toBe(true)
  expect(await carried(page), name).toEqual(before)
  await looked(place)
}
