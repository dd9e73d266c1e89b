import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { examplePaper, examplePapers } from './examples.ts'
import { fontFiles, glyphsOf } from './font.ts'
import { type Paper, paperKinds, paperSchema } from './paper.ts'
import { glyphOutline, readPdf } from './readPdf.ts'
import { createTypesetter } from './typesetter.ts'
import { readWords } from './words.ts'

const typesetter = createTypesetter()
const words = readWords()
const said = (paper: Paper) => readPdf(typesetter.typeset(paper)).pages.map(flat)
/** Lines wrap where the page is narrow: compare without white space. */
const flat = (text: string) => text.replace(/\s+/g, '')
const receipt = examplePaper('acceptanceReceipt')

describe.each(paperKinds)('the paper %s', (kind) => {
  const paper = examplePaper(kind)
  const pdf = typesetter.typeset(paper)
  const pages = readPdf(pdf).pages.map(flat)
  const copies = kind === 'acceptanceRefusal' || kind === 'dispatchRegister' ? 2 : 1

  it('is PDF/A-3a', () => {
    const text = Buffer.from(pdf).toString('latin1')
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(text).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
  })

  it('fits a usual case on one page a copy and says its name in Kazakh, then in Russian', () => {
    expect(pages).toHaveLength(copies)
    for (const page of pages) {
      const title = page.indexOf(flat(paper.title.kk))
      expect(title).toBeGreaterThan(0)
      expect(page.indexOf(flat(paper.title.ru))).toBeGreaterThan(title)
      expect(page).toContain(paper.number)
      expect(page).toContain('1/1')
    }
  })

  it('gives the same bytes for the same paper, whatever was printed in between, and in another press', () => {
    typesetter.typeset({ ...receipt, number: '750-191014-00001-1' })
    expect(Buffer.compare(Buffer.from(typesetter.typeset(paper)), Buffer.from(pdf))).toBe(0)
    expect(Buffer.compare(Buffer.from(createTypesetter().typeset(paper)), Buffer.from(pdf))).toBe(0)
  })

  it('marks a demonstration on every page, and no other paper', () => {
    const mark = flat(words.kk['mark.demonstration'] ?? 'none')
    expect(pages.every((page) => page.includes(mark))).toBe(true)
    expect(said({ ...paper, demonstration: false }).some((page) => page.includes(mark))).toBe(false)
  })

  it('says under its letterhead that its act is invented, where it is', () => {
    const invented = { kk: 'Бұл регламент ойдан шығарылған', ru: 'Этот регламент вымышлен' }
    for (const page of said({ ...paper, invented })) {
      expect(page).toContain(flat(invented.kk))
      expect(page).toContain(flat(invented.ru))
      expect(page.indexOf(flat(invented.kk))).toBeLessThan(page.indexOf(flat(paper.title.kk)))
    }
    expect(pages.some((page) => page.includes(flat(invented.kk)))).toBe(false)
  })

  it('marks a copy with its reason and the day of the first one', () => {
    const copyOf = { reason: { kk: 'түпнұсқа жоғалған', ru: 'подлинник утерян' }, issuedAt: '2019-10-11T09:00:00+06:00' }
    const [page = ''] = said({ ...paper, copyOf })
    expect(page).toContain('КӨШІРМЕ/КОПИЯ')
    expect(page).toContain('түпнұсқажоғалған')
    expect(page).toContain('11октября2019года')
    expect(pages[0]).not.toContain('КӨШІРМЕ')
  })

  it('draws every letter with the outline that Noto Sans has for it', () => {
    const alphabet = 'ӘҒҚҢӨҰҮҺІ әғқңөұүһі'
    const named = {
      ...paper,
      issuedBy: {
        ...paper.issuedBy,
        name: alphabet,
        organisation: { kk: alphabet, ru: alphabet },
        address: { kk: alphabet, ru: alphabet },
      },
    }
    const drawn = readPdf(typesetter.typeset(named))
    expect(drawn.fonts.map(({ name }) => name).sort()).toEqual(['NotoSans-Regular', 'NotoSans-SemiBold'])
    for (const { name, glyphs, file } of drawn.fonts) {
      const source = name.endsWith('SemiBold') ? fontFiles[1] : fontFiles[0]
      const original = readFileSync(source)
      const glyphOf = glyphsOf(source)
      for (const letter of alphabet.replace(' ', '')) {
        const outline = glyphOutline(file, glyphs.get(letter) ?? 0)
        expect(outline.contours).not.toBe(0)
        expect({ letter, ...outline }).toEqual({ letter, ...glyphOutline(original, glyphOf(letter.codePointAt(0) ?? 0)) })
      }
    }
  })
})

describe('what people wrote', () => {
  const attacks = [
    '#panic("x") *bold* _it_ $x^2$ = Heading',
    '#image("/etc/passwd") @ref <label> [x] {y}',
    '"); #sys.inputs // \\ \\u{41} `raw` ~ --',
    '$' + '{x} {name} {date} {{n}}',
  ]

  it.each(attacks)('is set as it is, never read as markup: %s', (attack) => {
    const text = { kk: attack, ru: attack }
    const [page = ''] = said({
      ...receipt,
      applicant: { ...receipt.applicant, name: attack, contacts: attack },
      channel: text,
      copyOf: { reason: text, issuedAt: receipt.issuedAt },
    })
    expect(page.split(flat(attack)).length - 1).toBeGreaterThanOrEqual(4)
  })

  it('never keeps a paper from being printed: letters the font lacks, overlong words, line breaks', () => {
    const name = `李小龙 😀 ${'Ұзын'.repeat(80)}\nекінші жол`
    const [page = ''] = said({ ...receipt, applicant: { ...receipt.applicant, name } })
    expect(page).toContain('\ufffd\ufffd\ufffd')
    expect(page).toContain('екіншіжол')
  })

  it('is printed once where both languages hold the same', () => {
    const fact = { kk: 'Бір ғана тілде жазылған дерек', ru: 'Бір ғана тілде жазылған дерек' }
    const refusal = examplePaper('reasonedRefusal')
    const [page = ''] = said({ ...refusal, findings: refusal.findings.map((finding) => ({ ...finding, fact })) })
    expect(page.split(flat(fact.kk))).toHaveLength(2)
  })
})

describe('long papers', () => {
  it('flow over pages with their numbers, and the head of the table comes again', () => {
    const documents = Array.from({ length: 120 }, (_, i) => ({
      title: { kk: `Құжат ${i + 1}`, ru: `Документ ${i + 1}` },
      form: 'copy' as const,
      pages: 1,
      count: 1,
    }))
    const pages = said({ ...receipt, documents })
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, i) => {
      expect(page).toContain(`${i + 1}/${pages.length}`)
    })
    expect(pages[1]).toContain(flat(words.kk['documents.title'] ?? 'none'))
    expect(pages.join('')).toContain('Құжат120')
  })

  it('break even what usually stays together, so that no line is lost below the edge', () => {
    const order = { kk: 'Өте ұзақ тәртіп. '.repeat(230), ru: 'Очень долгий порядок. '.repeat(180) }
    for (const kind of ['acceptanceReceipt', 'acceptanceRefusal', 'reasonedRefusal'] as const) {
      const paper = examplePaper(kind)
      const pages = said({ ...paper, complaint: { ...paper.complaint, order, term: order } })
      expect(pages.length).toBeGreaterThan(said(paper).length)
      expect(pages.filter((page) => page.includes('Өтеұзақтәртіп')).length).toBeGreaterThan(1)
    }
  })

  it('number the pages of each of two copies from one', () => {
    const register = examplePaper('dispatchRegister')
    const packages = Array.from({ length: 130 }, (_, i) => ({ number: `750-191014-${10000 + i}-1`, sheets: 3 }))
    const pages = said({ ...register, packages })
    const half = pages.length / 2
    expect(half).toBeGreaterThan(1)
    pages.forEach((page, i) => {
      expect(page).toContain(`${(i % half) + 1}/${half}`)
    })
    expect(pages[0]).toContain(flat(words.kk['dispatchRegister.first'] ?? 'none'))
    expect(pages[half]).toContain(flat(words.kk['dispatchRegister.second'] ?? 'none'))
    expect(pages[half - 1]).toContain('390')
  })
})

describe('each paper says what it must', () => {
  it('the receipt: latest moment with its proof, secret, complaint', () => {
    const [page = ''] = said(receipt)
    expect(page).toContain('2019жылғы18қазан,сағат18:30')
    expect(page).toContain('18октября2019года,18:30')
    for (const line of receipt.latest.proof) expect(page).toContain(flat(line.kk))
    expect(page).toContain(receipt.tracker.secret)
    expect(page).toContain(flat(receipt.complaint.body.ru))
  })

  it('the refusal to accept: one copy for each side, each missing document with its cause', () => {
    const [first = '', second = ''] = said(examplePaper('acceptanceRefusal'))
    expect(first).toContain(flat(words.kk['acceptanceRefusal.forApplicant'] ?? 'none'))
    expect(second).toContain(flat(words.kk['acceptanceRefusal.forOffice'] ?? 'none'))
    expect(first).toContain('2данада')
    for (const page of [first, second]) expect(page).toContain('ұсынылмаған')
  })

  it('the reasoned refusal: ground, clause, fact, remedy, where to complain', () => {
    const refusal = examplePaper('reasonedRefusal')
    const [page = ''] = said(refusal)
    for (const { ground, clause, fact, remedy } of refusal.findings)
      for (const text of [ground, clause, fact, remedy]) expect(page).toContain(flat(text.ru).slice(0, 40))
    expect(page).toContain('2019жылғы11қазандаберілген')
  })
})

describe('a paper', () => {
  it('is refused with a whole IIN, without a finding, or with a date that does not exist', () => {
    const refusal = examplePaper('reasonedRefusal')
    expect(paperSchema.safeParse({ ...receipt, applicant: { ...receipt.applicant, iinMasked: '900101300007' } }).success).toBe(false)
    expect(paperSchema.safeParse({ ...refusal, findings: [] }).success).toBe(false)
    expect(paperSchema.safeParse({ ...refusal, issuedAt: '2019-02-30T10:00:00+06:00' }).success).toBe(false)
    expect(examplePapers).toHaveLength(paperKinds.length)
  })
})
