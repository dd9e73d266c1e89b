import { describe, expect, it } from 'vitest'
import { algorithmNames } from '../seal/algorithms/table.ts'
import { examplePaper } from './examples.ts'
import type { Paper, PaperSignature } from './paper.ts'
import { readPdf } from './readPdf.ts'
import { type PaperAttachment, type PaperSeal, statementNames } from './seal.ts'
import { createTypesetter } from './typesetter.ts'
import { readWords } from './words.ts'

const typesetter = createTypesetter()
const words = readWords()
const flat = (text: string) => text.replace(/\s+/g, '')
const said = (paper: Paper) => flat(readPdf(typesetter.typeset(paper)).pages.join(' '))

const head: PaperSignature = {
  file: 1,
  signs: 'answer',
  clause: '8.3',
  name: 'Жүнісов Қуаныш Ілиясұлы',
  post: { kk: 'басқарма басшысы', ru: 'руководитель управления' },
  organisation: { kk: 'Алматы қаласы Білім басқармасы', ru: 'Управление образования города Алматы' },
  certificate: {
    serial: '0A5F33',
    issuer: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022',
    from: '2019-01-10T00:00:00+06:00',
    until: '2020-01-10T00:00:00+06:00',
  },
  algorithm: 'gost2015-512',
  at: '2019-10-16T16:40:07+06:00',
  clock: 'authority',
  authority: 'УАҚЫТ БЕЛГІСІ',
  receivedAt: '2019-10-16T16:40:09+06:00',
  digest: '0123456789abcdef'.repeat(4),
  test: false,
}
const result = { ...examplePaper('result'), demonstration: false }

const seal = (attached: readonly PaperAttachment[]): PaperSeal => ({
  ...{ content: Buffer.from('{"a":1}'), signature: Buffer.from('cms'), digest: 'ab'.repeat(32), code: 'AAAA-BBBB-CCCC-DDDD' },
  link: 'http://127.0.0.1:8080/v/1/2',
  attached,
})

describe('the mark of a signature', () => {
  it('says who, when by whose clock, with which certificate and algorithm, over which bytes, in both languages', () => {
    const text = said({ ...result, signatures: [head] })
    const all = [
      ...[head.name, 'руководитель управления', 'басқарма басшысы', 'Алматы қаласы Білім басқармасы'],
      ...['16.10.2019 16:40:07 (+06:00), УАҚЫТ БЕЛГІСІ', 'Метка времени', '№ 0A5F33', '10.01.2019–10.01.2020', 'ГОСТ 34.10-2015 (512)'],
      ...['МЕМСТ 34.10-2015', '01234567 89abcdef 01234567', 'Ответ подписан · 8.3'],
    ]
    for (const part of all) expect(text).toContain(flat(part))
    expect(text).not.toContain(flat(words.ru['signed.test'] ?? 'none'))
    expect(text).not.toContain(flat(words.ru['common.seal'] ?? 'none'))
  })

  it('of whoever received it names no authority; of a test key says that it has no force', () => {
    const { authority: _, ...own } = head
    const text = said({ ...result, signatures: [{ ...own, clock: 'receipt', test: true, algorithm: 'ecdsa-p256-sha256' }] })
    for (const key of ['signed.receipt', 'signed.test']) expect(text).toContain(flat(words.ru[key] ?? 'none'))
    expect(text).not.toContain(flat(words.ru['signed.authority'] ?? 'none'))
  })

  it('stands once for each person, in their order', () => {
    const operator = { ...head, signs: 'request' as const, name: 'Сәрсенбай Ұлпан Төреқызы', digest: 'fe'.repeat(32) }
    const text = said({ ...result, signatures: [operator, head] })
    expect(text.indexOf(flat(operator.name))).toBeGreaterThan(0)
    expect(text.lastIndexOf(flat(head.name))).toBeGreaterThan(text.indexOf(flat(operator.name)))
    for (const part of ['1 / 2', '2 / 2', 'fefefefe fefefefe']) expect(text).toContain(flat(part))
  })

  it('tells what cannot be read, and draws any words as they are', () => {
    const { certificate: _, ...bare } = head
    const text = said({ ...result, signatures: [{ ...bare, algorithm: '#panic("x")', name: '$x^2$ *bold*' }] })
    for (const part of ['не читается', '#panic("x")', '$x^2$ *bold*']) expect(text).toContain(flat(part))
  })

  it('knows a name for every algorithm that is believed', () => {
    for (const name of algorithmNames) expect(words.kk[`algorithm.${name}`], name).toBeTruthy()
  })

  it('of two who signed fits on the page of a usual result; of a usual refusal it takes a second one', () => {
    expect(readPdf(typesetter.typeset({ ...result, signatures: [head, head] }, seal([]))).pages).toHaveLength(1)
    const refusal = examplePaper('reasonedRefusal')
    expect(readPdf(typesetter.typeset({ ...refusal, signatures: [head, head] })).pages.length).toBeLessThan(3)
  })

  it('may stand on each kind of paper', () => {
    for (const kind of [
      'acceptanceReceipt',
      'acceptanceRefusal',
      'courierReceipt',
      'noDataNotice',
      'refusalNotice',
      'dispatchRegister',
    ] as const)
      expect(said({ ...examplePaper(kind), signatures: [head] })).toContain(flat('01234567 89abcdef'))
  })
})

describe('what was signed', () => {
  const files = [
    { name: statementNames(1).bytes, bytes: Buffer.from('{"signed":"by a person"}') },
    { name: statementNames(1).cms, bytes: Buffer.from('a CMS') },
    { name: statementNames(1).evidence, bytes: Buffer.from('{"evidence":1}') },
  ]

  it('lies in the PDF/A-3 with its signature and evidence, as what the paper was made from and what proves it', () => {
    const pdf = Buffer.from(typesetter.typeset({ ...result, signatures: [head] }, seal(files))).toString('latin1')
    const specs = [...pdf.matchAll(/\/Type \/Filespec[\s\S]*?\/UF \(([^)]+)\)[\s\S]*?\/AFRelationship \/(\w+)/g)].map(([, name, how]) => [
      name,
      how,
    ])
    expect(specs).toEqual([
      ['paper.json', 'Source'],
      ['paper.p7s', 'Supplement'],
      ['statement-1.json', 'Data'],
      ['statement-1.p7s', 'Supplement'],
      ['statement-1.evidence.json', 'Supplement'],
    ])
    expect(pdf).toContain('<pdfaid:part>3</pdfaid:part>')
    // ISO 19005-3, 6.8: each is associated with the document, too.
    expect(/\/AF \[([^\]]+)\]/.exec(pdf)?.[1]?.match(/\d+ 0 R/g)).toHaveLength(5)
  })

  it('gives the same bytes whatever lay in the paper before, and other bytes for another signature', () => {
    const print = (attached: readonly PaperAttachment[], from = typesetter) =>
      Buffer.from(from.typeset({ ...result, signatures: [head] }, seal(attached))).toString('base64')
    const first = print(files)
    const other = print(files.map((file) => ({ ...file, bytes: Buffer.from('x') })))
    expect(print(files)).toBe(first)
    expect(print(files, createTypesetter())).toBe(first)
    expect(other).not.toBe(first)
  })

  it('lies under no other name', () => {
    expect(() => typesetter.typeset(result, seal([{ name: '../house.typ', bytes: Buffer.from('') }]))).toThrow('no file of a paper')
  })
})
