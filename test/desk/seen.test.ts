import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPaperRoom, type PaperRoom } from '../../src/desk/paperRoom.ts'
import { codeOf, digestsOf, sealPaper } from '../../src/desk/papers/seal.ts'
import { attachmentsOf as filesOf } from '../../src/desk/papers/signed.ts'
import { paperSources } from '../../src/desk/papers/words.ts'
import type { History } from '../../src/desk/reading.ts'
import { signatureShelf } from '../../src/desk/signatures.ts'
import { readStatement } from '../../src/desk/statement.ts'
import { attachmentsOf } from '../../src/desk/verifying/attachments.ts'
import { judgesOf } from '../../src/desk/verifying/judges.ts'
import { createPaperVerifier, type PaperVerifier } from '../../src/desk/verifying/papers.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import type { Json } from '../../src/ledger/ledger.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { createPaperPress, type PaperPress } from '../../src/papers/press.ts'
import type { PaperAttachment } from '../../src/papers/seal.ts'
import { type InstallationKey, installationKey } from '../../src/seal/installation.ts'
import { decodeSigned, digestOf, encodeSignature, encodeSigned, signedBytes } from '../../src/seal/signed.ts'
import { type Office, openOffice, signers, who } from './office.ts'

const publicUrl = 'http://127.0.0.1:8080'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-seen-'))
const languages = loadLanguages('src/language')
let office: Office
let close: () => Promise<void>
let press: PaperPress
let installation: InstallationKey
let room: PaperRoom
let verifier: PaperVerifier

beforeAll(async () => {
  ;({ office, close } = await openOffice())
  press = createPaperPress()
  installation = installationKey(folder, () => office.clock.time)
  const sources = paperSources({ people: signers, statutes: office.statutes, languages, publicUrl, demonstration: true })
  room = createPaperRoom({ press, sources, signatures: signatureShelf(office.ledger.files), sealing: { installation, publicUrl } })
  const judges = judgesOf({ seal: office.seal, known: () => [installation.certificates, office.seal.root] })
  verifier = createPaperVerifier({ reading: office.reading, papers: room, press, installation, publicUrl, judges, say: sources.say })
})
afterAll(async () => {
  await press?.close()
  await close?.()
  rmSync(folder, { recursive: true, force: true })
})

async function history(number: string): Promise<History> {
  const found = await office.reading.case(number, who((await regionOf(number)) as 'almaty' | 'aktobe', 'clerk'), 'paper') // as: the two regions of the office
  return found ?? expect.fail(`${number} is not readable`)
}
const regionOf = async (number: string) => (await office.file(number)).bound.law.regulation.region
const composed = async (number: string, id: string) => (await room.compose(await history(number), id)) ?? expect.fail(`no ${id}`)
const printed = async (number: string, id: string) =>
  Buffer.from((await room.print(await history(number), id))?.pdf ?? expect.fail(`no ${id}`))

/** Prints whatever is given under the installation's own seal: what somebody inside could do. */
async function forged(paper: Paper, { number, id }: { number: string; id: string }, files: readonly PaperAttachment[]): Promise<Buffer> {
  const event = { seq: 1, hash: '0'.repeat(64) }
  const whole = { format: 'qyzmet.paper/2', case: number, id, event, files: digestsOf(files), paper }
  const content = Buffer.from(canonical(JSON.parse(JSON.stringify(whole))))
  return Buffer.from((await press.print(paper, await sealPaper({ installation, publicUrl }, content, paper, files))).pdf)
}

describe('a paper that states what a person signed', () => {
  it('says it, whatever the case says afterwards or is bent to say', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const true_ = await history(number)
    const surname = true_.file.state.application?.surname ?? ''
    const bentJson = JSON.stringify(true_).replaceAll(`"${surname}"`, '"Басқаев"').replaceAll('"pages":', '"pages":9,"was":')
    const bent: History = { file: { ...JSON.parse(bentJson).file, bound: true_.file.bound }, events: JSON.parse(bentJson).events }
    const [result, receipt] = [await room.read(true_, 'result-1'), await room.read(true_, 'receipt-1')]
    expect(await room.read(bent, 'result-1')).toEqual(result)
    expect(JSON.stringify(result)).toContain(surname)
    // The receipt is signed by nobody: it shows that the case was bent.
    expect(JSON.stringify(await room.read(bent, 'receipt-1'))).toContain('Басқаев')
    expect(JSON.stringify(receipt)).not.toContain('Басқаев')
  })

  it('carries the signed bytes and the signature, and shows their digest, whose they are and that they were made by a test key', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const { paper, signed } = await composed(number, 'result-1')
    const files = await attachmentsOf(await printed(number, 'result-1'))
    const bytes = files.get('statement-1.json') ?? expect.fail('nothing that was signed')
    const { state } = await office.file(number)
    expect([...files.keys()].sort()).toEqual(['paper.json', 'paper.p7s', 'statement-1.json', 'statement-1.signature.json'])
    expect(digestOf(bytes)).toBe(state.signature?.digest)
    expect(readStatement(bytes)).toMatchObject({
      format: 'qyzmet.statement/3',
      case: number,
      answer: 'result',
      papers: [{ id: 'result-1', clause: '3' }],
    })
    expect(paper.signatures).toMatchObject([
      {
        signs: 'answer',
        clause: '8.3',
        name: 'Сынақ head',
        post: { kk: 'head' },
        digest: digestOf(bytes),
        clock: 'receipt',
        at: state.signature?.at,
        test: true,
      },
    ])
    expect(paper.signatures?.[0]?.certificate?.issuer).toBe('QYZMET SIMULATOR ROOT')
    const verdict = await verifier.ofPdf(await printed(number, 'result-1'))
    expect(verdict).toMatchObject({
      valid: true,
      reasons: [],
      signatures: [{ valid: true, reasons: [], reports: [{ answer: 'true', moment: { clock: 'receipt' } }] }],
    })
    const code = codeOf(verdict.digest ?? '')
    expect(await verifier.byCode(number, code)).toMatchObject({ valid: true, digest: verdict.digest, signatures: [{ valid: true }] })
    expect(signed).toHaveLength(1)
  })

  it('of an electronic request shows whoever certified it, then whoever signed the answer', async () => {
    const number = await office.walk('aktobe', 'corporation', 'deliverResult')
    const { paper } = await composed(number, 'result-1')
    expect(paper.signatures?.map(({ signs, name }) => [signs, name])).toEqual([
      ['request', 'Сынақ operator'],
      ['answer', 'Сынақ clerk'],
    ])
    const pdf = await printed(number, 'result-1')
    expect([...(await attachmentsOf(pdf)).keys()]).toEqual(expect.arrayContaining(['statement-1.json', 'statement-2.json']))
    expect(await verifier.ofPdf(pdf)).toMatchObject({ valid: true, signatures: [{ valid: true }, { valid: true }] })
  })

  it('of a refusal says ground, fact, remedy and complaint as they were signed, the notice and the reply alike', async () => {
    const number = await office.walk('aktobe', 'corporation', 'checkConformity')
    const { documents } = (await office.file(number)).state
    const findings = documents.map(({ id }, n) =>
      n === 0 ? { document: id, ok: false, fact: 'мерзімі өткен' } : { document: id, ok: true },
    )
    office.later(1)
    await office.go(number, { findings })
    const ground = {
      ground: office.statutes.library.regulations[0]?.standard.editions[0]?.grounds[0]?.id ?? '',
      fact: 'мерзімі өткен',
      remedy: 'жаңасын тапсырыңыз',
    }
    office.later(1)
    expect(await office.go(number, { refusal: { grounds: [{ ...ground, document: documents[0]?.id ?? '' }] } })).toMatchObject({
      kind: 'done',
    })
    for (const id of ['refusalNotice-1', 'reasonedRefusal-1']) {
      const { paper, signed } = await composed(number, id)
      const statement = signed.at(-1)?.statement
      if (!('findings' in paper) || statement === undefined) return expect.fail(id)
      expect(paper.findings.map(({ fact, remedy }) => [fact.kk, remedy.kk])).toEqual([['мерзімі өткен', 'жаңасын тапсырыңыз']])
      expect(statement.grounds.map(({ fact }) => fact.kk)).toEqual(['мерзімі өткен'])
      expect(await verifier.ofPdf(await printed(number, id))).toMatchObject({ valid: true, reasons: [] })
    }
  })

  it('printed again, by another press and as a copy, is the same paper under the same signatures', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const first = await printed(number, 'result-1')
    office.later(10)
    const asked = { do: 'reissue', paper: 'result-1', reason: 'Жоғалған' } as const
    expect(await office.desk.office(number, asked, who('almaty', 'clerk'), { key: crypto.randomUUID() })).toMatchObject({ kind: 'done' })
    const other = createPaperPress()
    const sources = paperSources({ people: signers, statutes: office.statutes, languages, publicUrl, demonstration: true })
    const again = createPaperRoom({
      ...{ press: other, sources, signatures: signatureShelf(office.ledger.files) },
      sealing: { installation: installationKey(folder, () => 0), publicUrl },
    })
    expect(Buffer.from((await again.print(await history(number), 'result-1'))?.pdf ?? []).equals(first)).toBe(true)
    await other.close()
    const copy = await printed(number, 'result-1-copy-1')
    expect((await attachmentsOf(copy)).get('statement-1.json')).toEqual((await attachmentsOf(first)).get('statement-1.json'))
    expect(await verifier.ofPdf(copy)).toMatchObject({ valid: true, reasons: [] })
  })
})

describe('a forger inside, who has the installation’s own key', () => {
  const of = async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const { paper, signed } = await composed(number, 'result-1')
    return { number, paper, signed, files: filesOf(signed), at: { number, id: 'result-1' } }
  }
  const reasonsOf = async (pdf: Buffer) => (await verifier.ofPdf(pdf)).reasons

  it('cannot make the paper say what was not signed', async () => {
    const { paper, files, at } = await of()
    if (paper.kind !== 'result') return expect.fail(paper.kind)
    const other: Paper[] = [
      { ...paper, applicant: { ...paper.applicant, name: 'Басқаев Біреу' } },
      { ...paper, asks: { ...paper.asks, value: { kk: 'педагог-шебер', ru: 'педагог-мастер' } } },
      { ...paper, documents: paper.documents.slice(1) },
      { ...paper, signedBy: { ...paper.signedBy, name: 'Басқа Басшы' } },
      { ...paper, regulation: { ...paper.regulation, clause: '99' } },
      { ...paper, signatures: paper.signatures?.map((one) => ({ ...one, name: 'Басқа Басшы' })) ?? [] },
    ]
    for (const one of other) expect(await reasonsOf(await forged(one, at, files))).toContain('otherWords')
  })

  it('cannot bring a statement of his own under another person’s signature, or under none', async () => {
    const { paper, signed, files, at } = await of()
    const [one] = signed
    const text = Buffer.from(one?.bytes ?? []).toString()
    const bytes = Buffer.from(text.replace('педагог', 'академик'))
    expect(await reasonsOf(await forged(paper, at, [{ name: 'statement-1.json', bytes }, ...files.slice(1)]))).toContain('notSigned')
    const toBeSigned = await office.seal.prepare({
      bytes,
      signer: { staffId: 'x', iin: '880318499918', name: 'Х', organisationBin: '160440007161', role: 'head' },
      at: paper.issuedAt,
    })
    const his = { name: 'statement-1.signature.json', bytes: encodeSignature(office.seal.personSigns(toBeSigned)) }
    const verdict = await verifier.ofPdf(await forged(paper, at, [{ name: 'statement-1.json', bytes }, his]))
    expect(verdict.reasons).toEqual(expect.arrayContaining(['notSigned', 'otherWords', 'differs']))
    expect(verdict.signatures[0]?.reasons).toContain('wrongPerson')
    expect(await reasonsOf(await forged(paper, at, files.slice(0, 1)))).toContain('otherFiles')
    expect(await reasonsOf(await forged(paper, at, []))).toContain('otherFiles')
  })

  it('cannot use a signature at a time at which it did not hold', async () => {
    const { paper, files, at } = await of()
    const later = { ...paper, signatures: paper.signatures?.map((one) => ({ ...one, receivedAt: '2031-01-01T00:00:00+06:00' })) ?? [] }
    const verdict = await verifier.ofPdf(await forged(later, at, files))
    expect(verdict.reasons).toContain('notSigned')
    expect(verdict.signatures[0]?.reasons).toContain('expired')
  })

  it('cannot pass for a paper of before, which carried nothing', async () => {
    const { number, paper } = await of()
    const { signatures: _, ...bare } = paper
    const content = Buffer.from(
      canonical(
        JSON.parse(JSON.stringify({ format: 'qyzmet.paper/1', case: number, id: 'result-1', event: { seq: 1, hash: '0' }, paper: bare })),
      ),
    )
    const pdf = (await press.print(bare as Paper, await sealPaper({ installation, publicUrl }, content, bare as Paper, []))).pdf // as: the same paper without its marks
    expect(await reasonsOf(Buffer.from(pdf))).toEqual(['differs'])
  })
})

describe('a case of before', () => {
  /** The step as it was signed then: the file of its signature, or none, is given with it. */
  async function signedThen(file: ((bytes: Uint8Array) => Uint8Array) | null): Promise<string> {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const head = who('almaty', 'head')
    const outcome = await office.desk.prepare(number, 'signAnswer', { taken: true }, head)
    if (outcome.kind !== 'prepared') return expect.fail(outcome.kind)
    const kept = file?.(outcome.toBeSigned.bytes)
    const { home } = await office.file(number)
    const sha256 = kept === undefined ? {} : { file: await office.ledger.files.put(home, number, kept) }
    const signature = { signer: 'head', digest: outcome.toBeSigned.digest, algorithm: 'ecdsa-p256-sha256/1', ...sha256 }
    expect(await office.desk.step(number, 'signAnswer', { taken: true, signature }, head, { key: crypto.randomUUID() })).toMatchObject({
      kind: 'done',
    })
    return number
  }

  /** `qyzmet.statement/2` held of the third what was decided. */
  const second = (bytes: Uint8Array): Json => {
    const {
      provider: _p,
      submitted: _s,
      asked: _a,
      contacts: _c,
      complaint: _o,
      papers: _l,
      ...rest
    } = JSON.parse(Buffer.from(bytes).toString())
    const { act: _t, ...regulation } = rest.regulation
    const { post: _n, ...signer } = rest.signer
    const documents = rest.documents.map(({ form: _f, ...one }: Record<string, unknown>) => one)
    return { ...rest, format: 'qyzmet.statement/2', regulation, signer, documents }
  }

  it.each<[string, ((bytes: Uint8Array) => Uint8Array) | null]>([
    [
      'a statement that says less',
      (bytes) => {
        const old = signedBytes(second(bytes))
        expect(readStatement(old)).toMatchObject({ format: 'qyzmet.statement/2' })
        return encodeSigned(old, {
          algorithm: 'ecdsa-p256-sha256/1',
          certificate: '',
          value: Buffer.from('x'),
          signedAt: '',
          digest: digestOf(old),
        })
      },
    ],
    ['a signature of which no file was kept', null],
    ['a file of another form', () => Buffer.from('{"format":"older"}')],
  ])('is printed as it was then: %s', async (_, file) => {
    const number = await signedThen(file)
    const pdf = await printed(number, 'result-1')
    const files = await attachmentsOf(pdf)
    expect([...files.keys()].sort()).toEqual(['paper.json', 'paper.p7s'])
    const content = JSON.parse(files.get('paper.json')?.toString() ?? '')
    expect(Object.keys(content)).toEqual(['case', 'event', 'format', 'id', 'paper'])
    expect(content.format).toBe('qyzmet.paper/1')
    expect(content.paper.signatures).toBeUndefined()
    const verdict = await verifier.ofPdf(pdf)
    expect(verdict).toMatchObject({ valid: true, reasons: [], signatures: [] })
    expect(await verifier.byCode(number, codeOf(verdict.digest ?? ''))).toMatchObject({ valid: true, signatures: [] })
  })
})

it('what is kept of a signed step can be taken apart again, and nothing else can', async () => {
  const number = await office.walk('almaty', 'office', 'giveAnswer')
  const { state, home } = await office.file(number)
  const container = (await office.ledger.files.get(home, number, state.signature?.file ?? '')) ?? new Uint8Array()
  const { content, signature } = decodeSigned(container) ?? expect.fail('no file of a signature')
  expect(Buffer.from(encodeSigned(content, signature)).equals(Buffer.from(container))).toBe(true)
  for (const other of ['', '{}', '{"content":"","signature":{}}', '\xff', '[]'])
    expect(decodeSigned(Buffer.from(other, 'latin1'))).toBeNull()
  for (const other of ['', '[]', 'null', '{"format":"qyzmet.statement/3"}', '{"format":"qyzmet.statement/9"}'])
    expect(readStatement(Buffer.from(other))).toBeNull()
})
