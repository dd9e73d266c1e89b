import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { examplePaper, examplePapers } from './examples.ts'
import { createPaperPress, PaperNotPrinted, type PaperPress, type PressOptions } from './press.ts'
import { readPdf } from './readPdf.ts'

const open: PaperPress[] = []
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-press-'))
function press(options?: PressOptions): PaperPress {
  const opened = createPaperPress(options)
  open.push(opened)
  return opened
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const receipt = examplePaper('acceptanceReceipt')
const numbered = (i: number) => ({ ...receipt, number: `750-191014-${10000 + i}-1` })
const child = new URL('./child.ts', import.meta.url).href

/** A child that does `trouble` before its first paper, once for all children that share the folder, and prints from then on. */
function troubled(trouble: string): URL {
  const program = join(mkdtempSync(join(folder, 'child-')), 'child.ts')
  const mark = `${program}.done`
  writeFileSync(
    program,
    `import { existsSync, writeFileSync } from 'node:fs'
     if (existsSync(${JSON.stringify(mark)})) await import(${JSON.stringify(child)})
     else process.on('message', () => { writeFileSync(${JSON.stringify(mark)}, ''); ${trouble} })`,
  )
  return pathToFileURL(program)
}

describe('the press', () => {
  it('prints every kind of paper and names it by its SHA-256', async () => {
    const { print } = press()
    for (const paper of examplePapers) {
      const { pdf, sha256 } = await print(paper)
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
      expect(sha256).toBe(createHash('sha256').update(pdf).digest('hex'))
    }
    expect((await print(receipt)).sha256).toBe((await press().print(receipt)).sha256)
  })

  it('serves twenty at once, each its own paper, over several children', async () => {
    const { print } = press({ papersPerChild: 6 })
    const printed = await Promise.all(Array.from({ length: 20 }, (_, i) => print(numbered(i))))
    printed.forEach(({ pdf }, i) => {
      expect(readPdf(pdf).pages[0]).toContain(numbered(i).number)
    })
  })

  it.each([
    ['crashes', 'process.kill(process.pid, "SIGSEGV")'],
    ['ends', 'process.exit(3)'],
    ['hangs', 'for (;;);'],
  ])('prints on a new child when one %s', async (_, trouble) => {
    const { print } = press({ program: troubled(trouble), timeout: 3_000 })
    const printed = await Promise.all([print(numbered(1)), print(numbered(2))])
    expect(printed.map(({ pdf }) => readPdf(pdf).pages[0]?.includes(receipt.title.kk.slice(0, 20)))).toEqual([true, true])
  })

  it('gives up after the second loss and says why, and the next paper is served', async () => {
    const program = join(mkdtempSync(join(folder, 'child-')), 'child.ts')
    writeFileSync(
      program,
      `await import(${JSON.stringify(child)})
       process.prependListener('message', ({ paper }) => { if (paper.number === 'poison') { console.error('last words'); process.exit(7) } })`,
    )
    const { print } = press({ program: pathToFileURL(program) })
    const [lost, served] = await Promise.allSettled([print({ ...receipt, number: 'poison' }), print(numbered(1))])
    expect(lost.status === 'rejected' && lost.reason).toBeInstanceOf(PaperNotPrinted)
    expect(lost.status === 'rejected' && lost.reason.cause.message).toMatch(/ended \(7\).*last words/s)
    expect(served.status).toBe('fulfilled')
  })

  it('refuses a paper that is not well formed without starting anything', async () => {
    const { print } = press({ program: new URL('./nowhere.ts', import.meta.url) })
    await expect(print({ ...receipt, documents: [] })).rejects.toMatchObject({ name: 'PaperNotPrinted', cause: { name: 'ZodError' } })
  })

  it('ends an idle child and starts another when paper is asked for again', async () => {
    const note = join(mkdtempSync(join(folder, 'child-')), 'child.ts')
    writeFileSync(
      note,
      `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(`${note}.pids`)}, process.pid + '\\n'); await import(${JSON.stringify(child)})`,
    )
    const { print } = press({ program: pathToFileURL(note), idle: 200 })
    await print(receipt)
    await print(receipt)
    const pids = () => readFileSync(`${note}.pids`, 'utf8').trim().split('\n')
    const [first] = pids()
    await expect.poll(() => isAlive(Number(first)), { timeout: 5_000 }).toBe(false)
    await print(receipt)
    expect(pids()).toHaveLength(2)
  })

  it('rejects what still waits when it is closed', async () => {
    const { print, close } = press()
    const waiting = Promise.allSettled([print(numbered(1)), print(numbered(2)), print(numbered(3))])
    await close()
    expect((await waiting).every(({ status }) => status === 'rejected')).toBe(true)
    await expect(print(receipt)).rejects.toThrow(/closed/)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
