import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invent } from '../../src/gateway/register/simulator/invent.ts'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { inventedIin } from './days/harness.ts'
import { type Keyboard, keyboardOf } from './days/keyboard.ts'
import { openStage, type Stage, violations } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const partOpen = (page: Page) => page.locator('.q-intake__part--open .q-intake__clause').innerText()
const numberOf = (page: Page) => /cases\/([\d-]+)/.exec(page.url())?.[1] ?? ''
const stateOf = async (number: string) => {
  const loaded = await stage.server.house.ledger.load(Number(number.slice(0, 3)), number)
  return loaded?.events ?? []
}

function clerkOf(provider: string): string {
  const staff = stage.server.house.people.everybodyOf(provider)
  const clerk = staff.find(({ grants }) => grants.some(({ role, organisation }) => role === 'clerk' && organisation === provider))
  if (clerk === undefined) throw new Error(`nobody is clerk at ${provider}`)
  return clerk.login
}

/** Opens a case, from its address: tests of what comes after. */
async function begin(hands: Keyboard, provider?: string): Promise<string> {
  await hands.page.goto('/cases/new')
  return atProvider(hands, provider)
}

/** Chooses the provider by the key that its button names. */
async function atProvider(hands: Keyboard, provider?: string): Promise<string> {
  const button = hands.page.locator(provider === undefined ? 'main form button[data-key]' : `main button[value="${provider}"]`)
  await hands.go((await button.first().getAttribute('data-key')) ?? '')
  return numberOf(hands.page)
}

interface Person {
  readonly iin: string
  readonly name: string
  readonly card?: string
  /** As it is typed, two digits of the year. */
  readonly until?: string
}

/** Somebody whose card says what the register says. */
function asRegistered(iin: string): Person {
  const person = invent(iin, 'qyzmet')
  const [card] = person?.documents?.document ?? []
  const [year, month, day] = card?.endDate?.slice(2).split('-') ?? []
  const name = [person?.surname, person?.name, person?.patronymic].join(' ')
  return { iin, name, card: card?.number ?? '', until: `${day}${month}${year}` }
}
const teacher = asRegistered('850615400016')
const again = inventedIin(400)

/** What is read from the card and typed of the application: the cursor goes on by itself where a number is whole. */
async function typePerson(hands: Keyboard, { iin, name, card = '000123456', until = '311229' }: Person): Promise<void> {
  await hands.page.locator(':focus').first().waitFor({ state: 'attached' })
  await hands.type(iin)
  await hands.type(card)
  await hands.type(until)
  await hands.typeName(name)
  await hands.press('Tab')
  await hands.press('1')
}

/** Enter, once the page has put the focus where it begins: hands are slower than that, a test is not. */
async function enter(hands: Keyboard): Promise<void> {
  await hands.page.locator(':focus').first().waitFor({ state: 'attached' })
  await hands.go('Enter')
}

/** The screen shows itself anew when the answer is there; keys work once its script has run. */
async function answered(page: Page): Promise<void> {
  await page.locator('.q-intake__part--open form [aria-keyshortcuts], #intake-outcome').first().waitFor({ timeout: 15_000 })
  await page.waitForLoadState('load')
}

describe('an intake at Aktobe', () => {
  it('from 8.1 to 8.8 takes at most 40 keys besides the typed name, and no mouse', async () => {
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    // A school at whose desk nothing else waits.
    const provider = 'aktobe.gymnasium'
    await hands.page.goto('/work')
    await hands.go('n')
    const number = await atProvider(hands, provider)
    expect(await partOpen(hands.page)).toContain('8.1')
    await typePerson(hands, teacher)
    expect(await hands.page.locator('[name="application.patronymic"]').inputValue()).toBe(teacher.name.split(' ')[2])
    await hands.go('d')
    expect(await partOpen(hands.page)).toContain('8.2')
    await enter(hands)
    expect(await partOpen(hands.page)).toContain('8.3')
    await enter(hands)
    expect(await partOpen(hands.page)).toContain('8.4')
    await hands.go('y')
    await answered(hands.page)
    expect(await partOpen(hands.page)).toContain('8.7')
    await hands.go('s')
    await answered(hands.page)
    await hands.noPointer()
    const clerk = await keyboardOf(await stage.as(clerkOf(provider)))
    await clerk.page.goto('/work')
    await clerk.press('j')
    await enter(clerk)
    expect(clerk.page.url()).toContain(`${number}/steps/registerRequest`)
    await enter(clerk)
    await clerk.noPointer()
    const events = await stateOf(number)
    expect(events.filter(({ type }) => type === 'StepDone').map(({ data }) => data.step)).toEqual([
      'submit',
      'signIn',
      'enterData',
      'queryPerson',
      'judgePerson',
      'sendRequest',
      'registerRequest',
    ])
    // From the operator's list to the clerk's registration: every key that went down is in it.
    const keys = hands.pressed + clerk.pressed
    process.stdout.write(`an Aktobe intake: ${keys} keys besides the name\n`)
    expect(keys).toBeLessThanOrEqual(40)
  })

  it('takes a key that is struck twice as one command', async () => {
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    const { page } = hands
    const number = await begin(hands, 'aktobe.gymnasium')
    await typePerson(hands, { ...teacher, iin: inventedIin(401) })
    let struck: () => void = () => {}
    const both = new Promise<void>((resolve) => {
      struck = resolve
    })
    // The answer waits until the second stroke is down: it falls on the same screen however busy the machine is.
    await page.route('**/intake', async (route) => {
      if (route.request().method() === 'POST') await both
      await route.continue()
    })
    const next = page.waitForEvent('domcontentloaded')
    await hands.press('d')
    await hands.press('d')
    struck()
    await next
    expect(await partOpen(page)).toContain('8.2')
    const again = page.waitForEvent('domcontentloaded')
    await page.locator(':focus').first().waitFor({ state: 'attached' })
    await hands.press('Enter')
    await hands.press('Enter')
    await again
    expect(await partOpen(page)).toContain('8.3')
    await page.unroute('**/intake')
    const done = (await stateOf(number)).filter(({ type }) => type === 'StepDone').map(({ data }) => data.step)
    expect(done).toEqual(['submit', 'signIn'])
  })

  it('keeps what the operator said by one key, document by document', async () => {
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    const number = await begin(hands, 'aktobe.directorate')
    await typePerson(hands, teacher)
    await hands.go('d')
    const handed = (await stateOf(number)).find(({ type }) => type === 'DocumentsHandedIn')
    expect(handed?.schema).toBe(2)
    const { documents } = handed?.data ?? {}
    expect(documents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'application', originalSeen: true, copyTaken: false, returned: false }),
        expect.objectContaining({ id: 'identityDocument', originalSeen: true, returned: true, kind: 'idCard' }),
        expect.objectContaining({ id: 'diploma', originalSeen: true, copyTaken: true, returned: true }),
      ]),
    )
    // The number of the card is personal: it stands in no event in plain.
    expect(JSON.stringify(handed?.data)).not.toContain(teacher.card)
    expect(handed?.personal?.numbers).toEqual({ identityDocument: teacher.card })
    expect(JSON.stringify(documents)).not.toContain('categoryCertificate')
  })

  it('shows every difference from the register and takes its value by one key', async () => {
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    const number = await begin(hands, 'aktobe.directorate')
    await typePerson(hands, { iin: edgeIins.nameDiffers, name: 'Үлгібаева Айгүл Дәуренқызы' })
    await hands.go('d')
    await enter(hands)
    await enter(hands)
    await hands.go('y')
    await answered(hands.page)
    await hands.go('s')
    // Sealed blindly it is not.
    expect(await hands.page.locator('.govuk-error-summary').count()).toBe(1)
    expect(await violations(hands.page)).toEqual([])
    await hands.page.goto(`/cases/${number}/intake`)
    await hands.go('1')
    expect(await hands.page.locator('.q-compared').innerText()).not.toContain('Үлгібаева')
    const corrected = (await stateOf(number)).filter(({ type }) => type === 'EntryCorrected')
    expect(corrected.map(({ personal }) => [personal?.before, personal?.after])).toEqual([['Үлгібаева', 'Сынақбекова']])
  })

  it('stops over a mark of the register until it is said in words what was checked, and shows the answer in its own words', async () => {
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    const { page } = hands
    const number = await begin(hands, 'aktobe.directorate')
    const dead = asRegistered(edgeIins.deceased)
    await typePerson(hands, { ...dead, name: dead.name.split(' ').slice(0, 2).join(' ') })
    await hands.go('d')
    await enter(hands)
    await enter(hands)
    await hands.go('y')
    await answered(page)
    const open = page.locator('.q-intake__part--open')
    expect(await open.innerText()).toContain('қайтыс болған')
    await page.locator('.q-in-register summary').click()
    expect(await page.locator('.q-in-register').innerText()).toContain('ҚАЙТЫС БОЛУ ЖАЗБАСЫНЫҢ ӨЗГЕРУІ')
    // The spelling and the address of the register in one press, each a correction of its own.
    await hands.go('0')
    const corrected = (await stateOf(number)).filter(({ type }) => type === 'EntryCorrected')
    expect(corrected.map(({ data }) => data.entry)).toEqual(['application.patronymic', 'applicant.address'])
    await hands.go('s')
    expect(await page.locator('.govuk-error-summary').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await page.locator('[name="marksChecked"]').fill('АХАТ анықтамасы көрсетілді: жазба қате')
    await page.locator('[name="marksChecked"]').press('Control+Enter')
    await page.locator('#intake-outcome').waitFor({ timeout: 15_000 })
    const types = (await stateOf(number)).map(({ type }) => type)
    expect(types.indexOf('RegisterMarksChecked')).toBeGreaterThan(0)
    expect(types.indexOf('RegisterMarksChecked')).toBeLessThan(types.indexOf('RequestSealed'))
  })

  it('waits on the screen for a register that is down, and ends by its own "no such person" alone', async () => {
    const faults = stage.server.house.demonstration?.faults
    if (faults === undefined) throw new Error('no faults')
    const hands = await keyboardOf(await stage.as('aktobe.operator'))
    const number = await begin(hands, 'aktobe.directorate')
    await typePerson(hands, { iin: edgeIins.absent, name: 'Сынақов Мысал' })
    await hands.go('d')
    await enter(hands)
    await enter(hands)
    faults.down = true
    await hands.go('y')
    await hands.page
      .locator('.govuk-warning-text')
      .waitFor({ timeout: 20_000 })
      .catch(() => hands.page.reload())
    expect(new URL(hands.page.url()).pathname).toBe(`/cases/${number}/intake`)
    expect((await stateOf(number)).filter(({ type }) => type === 'OutsideFailed').length).toBeGreaterThan(0)
    expect((await stateOf(number)).filter(({ type }) => type === 'CaseEnded')).toEqual([])
    faults.down = false
  })
})

describe('an intake at Almaty', () => {
  it('ends with the receipt of refusal where a document is missing; the next application begins from it, with what was missing marked', async () => {
    const hands = await keyboardOf(await stage.as('almaty.operator'))
    const { page } = hands
    const iin = again
    const number = await begin(hands, 'almaty.directorate')
    await typePerson(hands, { iin, name: 'Сынақова Айсұлу' })
    for (const id of ['application', 'identityDocument', 'courses', 'workRecord']) {
      await page.locator(`[name="documents.${id}.in"]`).focus()
      await hands.press('Space')
    }
    await hands.go('s')
    expect(await page.locator('.q-intake__part--open').innerText()).toContain('Білімі туралы диплом')
    await page.locator('.q-intake__part--open .govuk-button').last().focus()
    await enter(hands)
    await enter(hands)
    expect(await page.locator('#intake-outcome').innerText()).not.toBe('')
    expect(await page.locator('main a[href*="/papers/acceptanceRefusal"]').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await hands.go('e')
    await hands.go('1')
    const second = numberOf(page)
    expect(second).not.toBe(number)
    expect(await page.locator('[name="application.iin"]').inputValue()).toBe(iin)
    expect(await page.locator('[name="application.surname"]').inputValue()).toBe('Сынақова')
    expect(await page.locator('.q-pack__before').count()).toBe(1)
    // What was seen then is not seen now: nothing is ticked.
    expect(await page.locator('.q-pack input[type="checkbox"]:checked').count()).toBe(0)
    const read = await stage.server.house.reading.readers(number)
    expect(read.filter(({ purpose }) => purpose === 'step').length).toBeGreaterThan(0)
  })

  it('offers the earlier application as soon as the number is whole, and asks for the telephone only once', async () => {
    const hands = await keyboardOf(await stage.as('almaty.operator'))
    await begin(hands, 'almaty.directorate')
    await hands.type(again)
    expect(await hands.page.locator('[name="application.iin"]').inputValue()).toBe(again)
    const offer = hands.page.locator('[data-island="again"]')
    await offer.waitFor({ state: 'visible' })
    expect(await violations(hands.page)).toEqual([])
    await hands.page.locator('[name="application.language"]').first().focus()
    await hands.go('e')
    expect(await hands.page.locator('[name="application.name"]').inputValue()).toBe('Айсұлу')
  })

  it('tells an expired card at once and all faults together; a second operator is told who was faster', async () => {
    const page = await stage.as('almaty.operator')
    const hands = await keyboardOf(page)
    const number = await begin(hands, 'almaty.directorate')
    await page.locator('[name="documents.identityDocument.validUntil"]').fill('01.02.2019')
    await page.locator('[name="documents.identityDocument.validUntil"]').blur()
    expect(await page.locator('.q-read--wrong').count()).toBe(1)
    await hands.go('d')
    expect(await page.locator('.govuk-error-summary li').count()).toBeGreaterThan(3)
    const other = await page.context().newPage()
    await other.goto(`/cases/${number}/intake`)
    const both = [page, other]
    for (const one of both) {
      await one.locator('[name="application.iin"]').fill(teacher.iin)
      await one.locator('[name="documents.identityDocument.number"]').fill('000123456')
      await one.locator('[name="documents.identityDocument.validUntil"]').fill('31.12.2029')
      await one.locator('[name="application.surname"]').fill(teacher.name)
      await one.locator('[name="application.name"]').focus()
      await one.locator('[name="application.asks"]').first().check()
    }
    await Promise.all(
      both.map(async (one) => {
        await one.keyboard.press('d')
        // Either the next part, or the page that tells who was faster.
        await one.locator('.q-intake__part--done, main a[role="button"][href^="/cases/"]').first().waitFor()
      }),
    )
    const faster = await Promise.all(both.map((one) => one.locator('.q-intake__part--done').count()))
    expect(faster.sort()).toEqual([0, 1])
    expect((await stateOf(number)).filter(({ type }) => type === 'DocumentsHandedIn')).toHaveLength(1)
    await other.close()
  })
})

describe('without script', () => {
  it('the number says birth date and sex after a send, and one key says that all is here', async () => {
    const page = await stage.stranger('ru', { javaScriptEnabled: false })
    await page.goto('/sign-in')
    await page.fill('[name="login"]', 'aktobe.operator')
    await page.fill('[name="password"]', 'qyzmet-demo')
    await page.locator('main form[action="/sign-in"] button').last().click()
    await page.goto('/cases/new')
    await page.locator('main button[name="provider"]').first().click()
    await page.fill('[name="application.iin"]', teacher.iin)
    await page.locator('main button[name="_do"][value="iin"]').click()
    expect(await page.locator('.q-read--said').innerText()).toContain('15.06.1985')
    await page.fill('[name="documents.identityDocument.number"]', '000123456')
    await page.fill('[name="documents.identityDocument.validUntil"]', '31.12.2029')
    await page.fill('[name="application.surname"]', teacher.name)
    await page.locator('[name="application.asks"]').first().check()
    // Both presses of a double click are sent where no script holds the second one back.
    await page.locator('main button[value="all"]').dblclick()
    await page.locator('.q-intake__part--done').first().waitFor()
    expect(await partOpen(page)).toContain('8.2')
    const events = await stateOf(numberOf(page))
    expect(events.filter(({ type }) => type === 'DocumentsHandedIn')).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'StepDone')).toHaveLength(1)
    await page.context().close()
  })
})
