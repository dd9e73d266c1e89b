import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePki } from '../../src/contour/pki/pki.ts'
import { parseCertificate } from '../../src/seal/certificates/certificate.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { signEnveloped } from '../../src/seal/xmldsig/sign.ts'
import { openStage, type Stage, violations } from './stage.ts'

/** A stranger with two files: the page in a real browser, by keys alone, on a desk and on a phone; every kind of answer passes axe in light and dark. */
const at = '2019-10-14T10:00:00+06:00'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-verify-'))
const text = '{"іс":"075-191014-48213-4"}'
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const pki = await makePki({ algorithm: 'gost', at, folder: join(stage.keys, 'pki', '2019-10-14') })
  const signer = async (name: string) => {
    const { key, chain } = await pki.identity(name)
    const [certificate, ...above] = chain.map(({ der }) => der)
    return { key, certificate: certificate ?? expect.fail('no certificate'), chain: above }
  }
  const [head, operator, stranger] = [await signer('almaty.head'), await signer('almaty.operator'), await signer('almaty.clerk.untrusted')]
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes)
  put('document.json', text)
  put('both.p7s', await signCms(Buffer.from(text), [head, operator], { at }))
  put('strange.p7s', await signCms(Buffer.from('{}'), [head, stranger], { at }))
  const part = await signEnveloped(Buffer.from('<part><sum>1</sum></part>'), {
    key: head.key,
    certificate: parseCertificate(head.certificate),
  })
  put('part.xml', `<request>${String(part)}<other/></request>`)
})
afterAll(async () => {
  await stage?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function sent(page: Page, language: string, file: string, signed?: string): Promise<void> {
  await page.goto(`/verify?lang=${language}`)
  await page.locator('input[name="file"]').setInputFiles(join(folder, file))
  if (signed !== undefined) await page.locator('input[name="signed"]').setInputFiles(join(folder, signed))
  await page.locator('form[enctype] button').click()
  await page.locator('#verdict').waitFor()
}

const pictures = process.env.QYZMET_PICTURES
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: join(pictures, `${name}-dark.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
}

describe('the page that checks files', () => {
  it.each(['kk', 'ru'] as const)('answers in %s, at a desk', async (language) => {
    const page = await stage.stranger(language)
    await page.goto(`/verify?lang=${language}`)
    expect(await violations(page)).toEqual([])
    await picture(page, `empty-${language}`)
    await sent(page, language, 'both.p7s', 'document.json')
    expect(await page.locator('#verdict .govuk-tag').textContent()).toBe(language === 'kk' ? 'Шын' : 'Подлинно')
    expect(await page.locator('.q-reports__one').count()).toBe(2)
    expect(await violations(page)).toEqual([])
    await picture(page, `true-${language}`)
    await sent(page, language, 'strange.p7s', 'document.json')
    expect(await page.locator('#verdict .govuk-tag').textContent()).toBe(language === 'kk' ? 'Шын емес' : 'Не подлинно')
    expect(await violations(page)).toEqual([])
    await picture(page, `false-${language}`)
  })

  it('by keys alone, and on a phone nothing stands over the edge', async () => {
    const page = await stage.stranger('kk', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
    await sent(page, 'kk', 'part.xml')
    expect(await page.locator('#verdict .govuk-tag').textContent()).toBe('Айту мүмкін емес')
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    expect(await violations(page)).toEqual([])
    await picture(page, 'part-phone')
    await page.locator('input[name="file"]').focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.name')).toBe('signed')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.govuk-error-summary').waitFor()
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Файлды таңдаңыз')
    await picture(page, 'nothing-phone')
  })
})
