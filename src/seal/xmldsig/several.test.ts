import { afterAll, describe, expect, it } from 'vitest'
import { readXml } from '../../xml/read.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { verifySeveral } from './several.ts'
import { signEnveloped } from './sign.ts'
import { newSigner } from './signer.testing.ts'

/** Documents that several people signed, as NCALayer and eGov make them: what each is over, and what may not be hidden between them. */
afterAll(closeGostPool)

const [first, second, third] = [
  await newSigner('gost2015-512', 'A'),
  await newSigner('rsa-sha256', 'B'),
  await newSigner('ecdsa-p256-sha256', 'C'),
]
const plain = '<?xml version="1.0"?>\n<request xmlns:u="urn:u"><part id="p1"><u:iin>850315399990</u:iin></part><other/></request>'

async function signed(text: string, ...signers: readonly (typeof first)[]): Promise<string> {
  let bytes: Buffer = Buffer.from(text)
  for (const signer of signers) bytes = await signEnveloped(bytes, signer)
  return String(bytes)
}

async function told(text: string) {
  const all = await verifySeveral(readXml(Buffer.from(text)))
  return all?.map(({ verdict, part }) => [verdict.kind === 'valid' ? 'valid' : verdict.reason, part])
}

describe('several signatures', () => {
  it('one after the other: each over the document as it was', async () => {
    const text = await signed(plain, first, second, third)
    const whole = ['valid', null]
    expect(await told(text)).toEqual([whole, whole, whole])
    expect(await told(text.replace('850315399990', '850315399991'))).toEqual(Array(3).fill(['otherContent', null]))
  })

  it('of which one was bent: those after it were over it, those before it were not', async () => {
    const text = await signed(plain, first, second, third)
    let seen = 0
    const bent = text.replaceAll(/<ds:SignatureValue>(.)/g, (whole, sign: string) =>
      ++seen === 2 ? `<ds:SignatureValue>${sign === 'A' ? 'B' : 'A'}` : whole,
    )
    expect(await told(bent)).toEqual([
      ['valid', null],
      ['badSignature', null],
      ['otherContent', null],
    ])
  })

  it('of which one was taken away: the rest says so only if it came after', async () => {
    const text = await signed(plain, first, second)
    const [one, two] = text.match(/<ds:Signature .*?<\/ds:Signature>/gs) ?? []
    expect(await told(text.replace(two ?? '', ''))).toEqual([['valid', null]])
    expect(await told(text.replace(one ?? '', ''))).toEqual([['otherContent', null]])
    expect(await told(text.replace(one ?? '', '').replace('</request>', `${one}</request>`))).not.toEqual([
      ['valid', null],
      ['valid', null],
    ])
  })

  it('inside one another: a payload that was signed before it was put into the document, and the document around it', async () => {
    const payload = await signed('<data><iin>850315399990</iin></data>', first)
    const text = await signed(`<envelope><head/>${payload}</envelope>`, second)
    expect(await told(text)).toEqual([
      ['valid', '/envelope/data'],
      ['valid', null],
    ])
    expect(await told(text.replace('<head/>', '<head>more</head>'))).toEqual([
      ['valid', '/envelope/data'],
      ['otherContent', null],
    ])
  })

  it('over a part that is named: the part is told, and a second of the name is refused', async () => {
    const inner = await signed('<part id="p1"><iin>850315399990</iin></part>', first)
    // Signed as a document of its own by the empty reference; by its name it is met from other programs (xmlsec.test.ts).
    const text = `<request>${inner}<other>not signed</other></request>`
    expect(await told(text)).toEqual([['valid', '/request/part']])
    const named = text.replace('URI=""', 'URI="#p1"')
    expect(await told(named)).toEqual([['badSignature', '/request/part']])
    expect(await told(named.replace('<other>', '<other id="p1">'))).toEqual([['otherContent', null]])
    expect(await told(named.replace('URI="#p1"', `URI="#xpointer(id('p1'))"`))).toEqual([['otherContent', null]])
  })

  it('hides nothing in what is taken for a later signature', async () => {
    const text = await signed(plain, first)
    const smuggled = text.replace(
      '</request>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><iin>1</iin></ds:Signature></request>',
    )
    expect(await told(smuggled)).toEqual([
      ['valid', null],
      ['damaged', null],
    ])
  })

  it('of two hundred is not judged at all, and at once', async () => {
    const text = await signed(plain, first)
    const [one] = text.match(/<ds:Signature .*?<\/ds:Signature>/s) ?? []
    const before = process.cpuUsage()
    expect(await told(text.replace('</request>', `${one?.repeat(200)}</request>`))).toBeUndefined()
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
  })

  it('that are none: nothing', async () => expect(await told(plain)).toEqual([]))
})
