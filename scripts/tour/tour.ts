import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { readPdf } from '../../src/papers/readPdf.ts'
import { launchChromium } from '../../test/browser/chromium.ts'
import { type Camera, openCamera } from './camera.ts'
import { root, startDemonstration } from './server.ts'
import { type Company, company, doStep, tokenOf, turnOf } from './walk.ts'
import { writeTour } from './write.ts'

/** One case of Almaty from the ticket to the result, through the pages that people use; every stop becomes a picture and a line of docs/tour.md. */
const branch = 'almaty.bostandyq'
const provider = 'almaty.directorate'

/** Lists that are worth a look before the first step of their owner. */
const listBefore: Readonly<Record<string, string>> = {
  courierTakes: 'courier-work',
  referPackage: 'head-work',
  examinePackage: 'specialist-work',
}

const shown: string[] = []

async function main(): Promise<void> {
  const demonstration = await startDemonstration()
  const browser = await launchChromium()
  try {
    const folder = join(root, 'docs/tour')
    const taking = await openCamera(browser, folder)
    const camera: Camera = {
      take: async (page, name, prepare) => {
        process.stdout.write(`${name} `)
        shown.push(name)
        await taking.take(page, name, prepare)
      },
    }
    const all = company(browser, demonstration.url)
    await street(all, camera)
    const { number, receipt } = await hall(all, camera, demonstration.url)
    await desks(all, camera, demonstration.url, number)
    await afterwards(all, camera, number, receipt)
    writeTour(join(root, 'docs/tour.md'), shown)
    process.stdout.write(`\n${shown.length} stops\n`)
  } finally {
    await browser.close()
    await demonstration.close()
  }
}

const look = async (page: Page, camera: Camera, path: string, name: string): Promise<void> => {
  await page.goto(path)
  await camera.take(page, name)
}

async function street(all: Company, camera: Camera): Promise<void> {
  const page = await all.stranger()
  await look(page, camera, '/', 'start')
  await look(page, camera, '/regulations', 'regulations')
  await look(page, camera, '/regulations/almaty-teacher-attestation', 'regulation')
  await look(page, camera, '/why', 'why')
}

/** The ticket, the window and the first steps, up to the package on its way. */
async function hall(all: Company, camera: Camera, url: string): Promise<{ number: string; receipt: Receipt }> {
  const visitor = await all.stranger()
  await look(visitor, camera, `/hall/${branch}`, 'kiosk')
  await visitor.locator('main form button').first().click()
  await visitor.waitForURL('**/tickets/**')
  await camera.take(visitor, 'ticket')
  await look(visitor, camera, `/hall/${branch}/board`, 'board')
  const operator = await all.as('almaty.operator')
  await look(operator, camera, '/window', 'window')
  await look(operator, camera, '/work', 'operator-work')
  await look(operator, camera, '/cases/new', 'new-case')
  const number = await openCase(operator)
  const token = await tokenOf(url, 'almaty.supervisor')
  for (;;) {
    const { step } = await turnOf(url, token, number)
    if (step?.role !== 'operator') return { number, receipt: await receiptOf(operator, number) }
    await doStep(operator, camera, number, step.id)
  }
}

async function openCase(operator: Page): Promise<string> {
  const choice = operator.locator(`main button[name="provider"][value="${provider}"]`)
  await ((await choice.count()) > 0 ? choice : operator.locator('main form[method="post"] button').last()).click()
  await operator.waitForURL(/\/cases\/[\d-]+\//)
  const number = /cases\/([\d-]+)\//.exec(operator.url())?.[1]
  if (number === undefined) throw new Error('no case was opened')
  return number
}

async function desks(all: Company, camera: Camera, url: string, number: string): Promise<void> {
  const token = await tokenOf(url, 'almaty.supervisor')
  for (;;) {
    const { step } = await turnOf(url, token, number)
    if (step === null) return
    const page = await all.as(`almaty.${step.role}`)
    const list = listBefore[step.id]
    if (list !== undefined) await look(page, camera, '/work', list)
    if (step.id === 'courierTakes') await look(page, camera, '/work/round', 'courier-round')
    if (step.id === 'examinePackage') await refusal(page, camera)
    await doStep(
      page,
      camera,
      number,
      step.id,
      step.id.startsWith('refer') ? { assignee: await specialist(all, page, number, step.id) } : {},
    )
  }
}

/** Another case of the specialist's list, with a defect marked: the refusal writes itself. Nothing is sent. */
async function refusal(page: Page, camera: Camera): Promise<void> {
  await page.goto('/work')
  await page.locator('main a[href*="/steps/examine"]').first().click()
  await page.waitForLoadState()
  await page.route('**/saved-form**', (route) => route.fulfill({ status: 204 }))
  await camera.take(page, 'refusal', async (shown) => {
    await shown.locator('main [name$=".ok"][value="no"]').nth(2).check({ force: true })
    const reason = shown.locator('main [name$=".reason"]:visible').first()
    if ((await reason.count()) > 0) await reason.check({ force: true })
  })
  await page.unroute('**/saved-form**')
}

/** The value of the choice that names the demonstration's first specialist. */
async function specialist(all: Company, head: Page, number: string, step: string): Promise<string> {
  const name = (
    (await (await all.as('almaty.specialist')).locator('.q-account__panel p :is(strong, a)').first().textContent()) ?? ''
  ).trim()
  await head.goto(`/cases/${number}/steps/${step}`)
  const choice = head.locator('main label', { hasText: name }).first()
  const id = await choice.getAttribute('for')
  return (await head.locator(`[id="${id}"]`).getAttribute('value')) ?? ''
}

interface Receipt {
  readonly secret: string
}

/** The secret stands on the paper alone: it is read there, as the applicant does. */
async function receiptOf(operator: Page, number: string): Promise<Receipt> {
  await operator.goto(`/cases/${number}`)
  const papers = await operator.locator('main a[href*="/papers/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  for (const href of papers) {
    const answer = await operator.request.get(href)
    if (!(answer.headers()['content-type'] ?? '').includes('pdf')) continue
    const text = readPdf(await answer.body()).pages.join('\n')
    const secret = /(?:[0-9A-HJKMNP-TV-Z][\s-]*){20}/.exec(text.slice(text.indexOf('Құпия код')))?.[0].replaceAll(/\s/g, '')
    if (secret !== undefined) return { secret }
  }
  throw new Error(`no paper of ${number} bears a secret: ${papers.join(' ')}`)
}

async function afterwards(all: Company, camera: Camera, number: string, receipt: Receipt): Promise<void> {
  const supervisor = await all.as('almaty.supervisor')
  await look(supervisor, camera, `/cases/${number}`, 'case')
  await look(supervisor, camera, '/overview', 'overview')
  await look(supervisor, camera, '/overview/norms', 'norms')
  await look(supervisor, camera, '/journal', 'journal')
  const teacher = await all.stranger()
  await look(teacher, camera, '/track', 'track-form')
  await teacher.fill('[name="number"]', number)
  await teacher.fill('[name="secret"]', receipt.secret)
  await teacher.locator('main form button').first().click()
  await teacher.waitForURL('**/track/**')
  await camera.take(teacher, 'track-done')
  await look(teacher, camera, '/demo/messages', 'notices')
  const administrator = await all.as('almaty.administrator')
  await look(administrator, camera, '/staff', 'staff')
  await look(administrator, camera, '/staff/organisations', 'organisations')
  await look(administrator, camera, '/components', 'components')
  await look(administrator, camera, '/keys', 'keys')
}

await main()
