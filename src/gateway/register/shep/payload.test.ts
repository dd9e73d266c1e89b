import { createVerify, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readXml } from '../../../xml/read.ts'
import { openSchema } from '../../../xml/schema.ts'
import { childNamed, descendants, type XmlElement } from '../../../xml/tree.ts'
import { documentBytes, verbatim } from '../../../xml/write.ts'
import { marksOf } from '../marks.ts'
import { readResponse } from '../response.ts'
import { accessPass, kdpData, kdpNamespace, readKdpAnswer } from './kdp.ts'
import { readData } from './read.ts'
import { requestData } from './request.ts'

/** Samples of the protocols beside the project; tests that need them are skipped where they are absent. */
const folder = resolve(import.meta.dirname, '../../../../../shared/egov/samples')
const absent = !existsSync(folder)
const sample = (path: string) => readXml(readFileSync(join(folder, path))).root
const read = (xml: string) => readXml(Buffer.from(xml)).root

const entry = (name: string, code = '1', more = '') =>
  `<${name}><code>${code}</code><nameRu>Ру ${code}</nameRu><nameKz>Қз ${code}</nameKz>${more}</${name}>`
const card = (status = '00', more = '') =>
  `<document>${entry('type', '002')}<number>000000002</number><beginDate>2018-01-10+06:00</beginDate><endDate>2028-01-09</endDate>${entry('issueOrganization', '002')}${entry('status', status)}${more}<birthDate>1984-04-04</birthDate></document>`
const iin = '840404499918'
const person = ({ before = '', after = '', documents = card(), born = '1984-04-04', number = iin } = {}) =>
  `<person><iin>${number}</iin><surname>СЫНАҚОВА</surname><name>АЙГҮЛ</name><birthDate>${born}</birthDate>${before}${entry('gender', '2')}${entry('nationality', '005')}${entry('citizenship', '398')}${entry('lifeStatus', '0', '<changeDate xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>')}<birthPlace/>${after}<documents>${documents}</documents></person>`
const data = (persons: string, requestId = 'q') =>
  `<data><messageId>a</messageId><messageDate>2019-10-14T10:00:01+05:00</messageDate><requestId>${requestId}</requestId>${entry('sender', 'GBDFL')}${entry('receiver')}${entry('messageResult', '00000')}${persons}</data>`

async function reading(xml: string) {
  const said = await readData(read(xml))
  if ('problems' in said) return said
  return readResponse(said.value, { requestId: 'q', iin })
}
const found = async (xml: string) => {
  const said = await reading(xml)
  if (!('kind' in said) || said.kind !== 'found') throw new Error(JSON.stringify(said))
  return said.person
}

describe('a question to the register', () => {
  const asked = { messageId: '6f1f6f0e', messageDate: '2019-08-21T10:15:30.120+06:00', senderCode: 'DEMO', iin }
  const consent = { kdpToken: 'dG9rZW4=', publicKey: 'a2V5' }

  it.each([
    ['plain', asked],
    ['with a token of consent', { ...asked, consent }],
  ])('keeps to the schema: %s', async (_, request) => {
    const schema = await openSchema(new URL('./schema/person-register.xsd', import.meta.url))
    const { root } = readXml(documentBytes(requestData(request)))
    expect([...descendants(root)].every(({ namespace }) => namespace === '')).toBe(true)
    expect(schema.problems({ ...root, local: 'request', attributes: [] })).toEqual([])
    schema.dispose()
  })

  it.skipIf(absent)('has the names and the order of the samples', () => {
    const ours = (request: Parameters<typeof requestData>[0]) => shape(readXml(documentBytes(requestData(request))).root)
    const dataOf = (path: string) => [...descendants(sample(path))].find(({ local }) => local === 'data') ?? expect.unreachable()
    expect(ours(asked)).toEqual(shape(dataOf('shep/sync-request-gbdfl.xml')))
    expect(ours({ ...asked, consent })).toEqual(shape(dataOf('gbdfl/request-token.xml')))
  })
})

/** Names, types and order of what stands in an element. */
const shape = (element: XmlElement): unknown => [
  `${element.namespace}|${element.local}`,
  element.attributes.map(({ namespace, local, value }) => `${namespace}|${local}=${value}`),
  element.children.flatMap((child) => (child.kind === 'element' ? [shape(child)] : [])),
]

describe('an answer of the register', () => {
  it.skipIf(absent)('is read from the samples: somebody, nobody, and both inside their envelopes', async () => {
    const asked = { requestId: '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11', iin: '850315399990' }
    const answer = async (root: XmlElement) => {
      const said = await readData([...descendants(root)].find(({ local }) => local === 'data') ?? root)
      if ('problems' in said) throw new Error(said.problems.join())
      return readResponse(said.value, asked)
    }
    for (const path of ['gbdfl/data-person.xml', 'shep/sync-response-ok.xml']) {
      const said = await answer(sample(path))
      if (said.kind !== 'found') throw new Error(path)
      expect(said.person.documents?.document[0]?.status).toMatchObject({ nameKz: 'ҚҰЖАТ ЖАРАМДЫ', nameRu: 'ДОКУМЕНТ ДЕЙСТВИТЕЛЕН' })
      expect(said.person).toMatchObject({ removed: false, regAddress: { flat: '2', arCode: '0000000000000000' } })
      expect(marksOf(said.person, '2019-10-14')).toEqual([])
    }
    const nobody = { kind: 'notFound', code: 'NOT_FOUND_PLACEHOLDER', text: { kk: 'Мәліметтер табылмады (код — толтырғыш)' } }
    for (const path of ['gbdfl/data-not-found.xml', 'shep/sync-response-not-found.xml'])
      expect(await answer(sample(path))).toMatchObject(nobody)
  })

  it('has nobody where the list is empty or absent', async () => {
    for (const persons of ['', '<persons/>', '<persons> </persons>'])
      expect(await reading(data(persons))).toMatchObject({ kind: 'notFound' })
  })

  it('keeps the words of its dictionaries and takes a day for that day, whatever zone stands by it', async () => {
    const somebody = await found(data(`<persons>${person({ born: '1984-04-04+06:00' })}</persons>`))
    expect(somebody.birthDate).toBe('1984-04-04')
    expect(somebody.documents?.document).toMatchObject([{ beginDate: '2018-01-10', status: { nameKz: 'Қз 00', nameRu: 'Ру 00' } }])
    expect(somebody.lifeStatus.changeDate).toBeNull()
    expect(somebody.birthPlace).toEqual({})
  })

  const status = (name: string, inside: string) => `<${name}>${inside}</${name}>`
  const court = `<capableNumber>1</capableNumber>${entry('court')}`
  it.each([
    ['deceased', { before: '<deathDate>2016-11-30</deathDate>' }],
    ['incapable', { after: status('personCapableStatus', `${entry('capableStatus')}<capableDate>2015-01-01</capableDate>${court}`) }],
    [
      'missing',
      {
        after: status(
          'missingStatus',
          `<missing>1</missing><missingDate>2015-01-01</missingDate><missingNumber>1</missingNumber>${entry('gpTerritorial')}`,
        ),
      },
    ],
    [
      'missing',
      {
        after: status(
          'disappearStatus',
          `<disappear>true</disappear><disappearDate>2015-01-01</disappearDate><disappearNumber>1</disappearNumber>${entry('gpTerritorial')}`,
        ),
      },
    ],
    ['excluded', { after: status('excludeStatus', entry('excludeReason')) }],
    ['noValidDocument', { documents: card('07') }],
    ['noValidDocument', { documents: '' }],
  ])('carries what stands against going on: %s', async (mark, change) => {
    expect(marksOf(await found(data(`<persons>${person(change)}</persons>`)), '2019-10-14')).toEqual([mark])
  })

  it.each([['of a removed record', `<persons>${person().replace('</person>', '<removed> true </removed></person>')}</persons>`]])(
    'reads a truth among spaces: %s',
    async (_, persons) => {
      expect((await found(data(persons))).removed).toBe(true)
    },
  )

  it('is read whatever types a stack wrote into it, and whatever was signed under it', async () => {
    const typed = data(
      `<persons>${person()}</persons><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>`,
    )
      .replace('<data>', '<data xmlns:cs="urn:c" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="cs:Response">')
      .replace('<gender>', '<gender xsi:type="cs:Gender">')
    expect(await found(typed)).toMatchObject({ iin, gender: { code: '2' } })
  })

  it.each([
    ['with qualified children', data('').replaceAll('<messageId>', '<messageId xmlns="urn:q">')],
    ['in another order', data('').replace('<messageId>a</messageId>', '').replace('</data>', '<messageId>a</messageId></data>')],
    ['of a person without birth date', data(`<persons>${person().replace(/<birthDate>1984-04-04<\/birthDate>/, '')}</persons>`)],
    ['with a day that is none', data(`<persons>${person({ born: '1984-02-30' })}</persons>`)],
    ['with an unknown element', data('<surprise/>')],
    ['of another service', '<data><BIN>160440007161</BIN></data>'],
  ])('is refused by its schema: %s', async (_, xml) => {
    expect(await reading(xml)).toMatchObject({ problems: [expect.any(String)] })
  })

  it.each([
    ['to another question', data(`<persons>${person()}</persons>`, 'other')],
    ['about another person', data(`<persons>${person({ number: '820707399915' })}</persons>`)],
    ['about two people', data(`<persons>${person()}${person()}</persons>`)],
  ])('is a failure: %s', async (_, xml) => {
    expect(await reading(xml)).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error' })
  })
})

describe('control of access to personal data', () => {
  const asker = {
    company: 'DEMO',
    companyBin: '200140999992',
    responsible: 'DEMO',
    dataName: 'address',
    expiresIn: 600_000,
    omitSms: false,
  }
  const question = { iin, employee: 'ҮЛГІ АЙЖАН', access: 'GBDFLUniversal_token', pass: 'a.b.c' }

  it.skipIf(absent)('is asked as the sample asks', () => {
    const theirs = [...descendants(sample('kdp/kdp-request.xml'))].find(({ local }) => local === 'data') ?? expect.unreachable()
    expect(shape(readXml(documentBytes(kdpData(question, asker))).root)).toEqual(shape(theirs))
  })

  it.skipIf(absent)('is answered as the sample answers', () => {
    const content =
      [...descendants(sample('kdp/kdp-response.xml'))].find(({ local }) => local === 'sendMessageResponse') ?? expect.unreachable()
    const token = { kdpToken: 'ZGVtby1jb25zZW50LWNvZGU=', publicKey: 'ZGVtby1wdWJsaWMta2V5' }
    expect(readKdpAnswer(content, '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11')).toEqual({ kind: 'token', token })
    expect(readKdpAnswer(content, 'another')).toEqual({ kind: 'unreadable' })
  })

  const answer = (inside: string, ns = kdpNamespace) =>
    read(
      `<k:sendMessageResponse xmlns:k="${ns}"><k:response><k:responseInfo><k:messageId>own</k:messageId><k:correlationId>m</k:correlationId></k:responseInfo><k:responseData><k:data>${inside}</k:data></k:responseData></k:response></k:sendMessageResponse>`,
    )
  it.each([
    ['token', '<k:status>VALID</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['declined', '<k:status>REFUSED</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['declined', '<k:status>DEMO-DECLINED</k:status>'],
    ['waiting', '<k:status>DEMO-WAITING</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['waiting', '<k:status>Pending</k:status>'],
    ['expired', '<k:status>EXPIRED</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['none', '<k:status>INVALID</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['none', '<k:status>valid</k:status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['none', '<k:status>VALID</k:status><k:code/><k:public-key>p</k:public-key>'],
    ['none', '<k:status>VALID</k:status><k:code>c</k:code>'],
    ['none', '<status xmlns="">VALID</status><k:code>c</k:code><k:public-key>p</k:public-key>'],
    ['none', ''],
  ])('gives %s for %s', (kind, inside) => {
    expect(readKdpAnswer(answer(inside), 'm').kind).toBe(kind)
  })

  it('is no answer in another namespace, or without data', () => {
    expect(readKdpAnswer(answer('', 'urn:other'), 'm').kind).toBe('unreadable')
    const bare = readXml(documentBytes(verbatim(`<k:sendMessageResponse xmlns:k="${kdpNamespace}"/>`))).root
    expect(readKdpAnswer(bare, 'm').kind).toBe('unreadable')
    expect(childNamed(bare, '', 'response')).toBeNull()
  })

  it('knows the asker by a pass that the key signs, for as long as the token is asked for', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const at = '2019-10-14T10:00:00.500+05:00'
    const pass = await accessPass({ companyBin: '200140999992', at, validFor: 600_000 }, async (bytes) => sign('sha256', bytes, privateKey))
    const [head = '', claims = '', signature = ''] = pass.split('.')
    const told = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(told(head)).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(told(claims)).toEqual({ cbin: '200140999992', mcheck: true, iat: 1571029200, exp: 1571029800 })
    expect(createVerify('sha256').update(`${head}.${claims}`).verify(publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})
