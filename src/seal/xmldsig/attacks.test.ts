import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { canonicalXml } from '../../xml/canonical.ts'
import { readXml } from '../../xml/read.ts'
import { descendants, type XmlElement } from '../../xml/tree.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { signBytes } from '../algorithms/verify.ts'
import { integer, sequence } from '../der/write.ts'
import type { SealReason } from '../seal.ts'
import { verifyBody } from './body.ts'
import { verifyEnveloped } from './enveloped.ts'
import { signBody, signEnveloped } from './sign.ts'
import { newSigner, unsigned } from './signer.testing.ts'

afterAll(closeGostPool)

const signer = await newSigner('rsa-sha256')
const other = await newSigner('rsa-sha256', 'OTHER')
const ecdsa = await newSigner('ecdsa-p256-sha256')
const gost256 = await newSigner('gost2015-256')
const signed = String(await signBody(Buffer.from(unsigned), signer))
const id = /wsu:Id="([^"]+)"/.exec(signed)?.[1] ?? ''
const body = /<s:Body.*<\/s:Body>/s.exec(signed)?.[0] ?? ''
const evil = body.replace('850315399990', '900712499986')
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(signed)?.[0] ?? ''
const certificateOf = ({ certificate }: typeof signer) => Buffer.from(certificate.der).toString('base64')
const utility = /xmlns:wsu="[^"]+"/.exec(body)?.[0] ?? ''

const judge = (text: string) => verifyBody(readXml(Buffer.from(text)))
const replaced = (from: string | RegExp, to: string) => {
  const text = signed.replace(from, () => to)
  if (text === signed) throw new Error('the attack changed nothing')
  return text
}

it('what is attacked is valid', async () => expect(await judge(signed)).toMatchObject({ kind: 'valid' }))

const attacks: readonly (readonly [name: string, text: string, reason: SealReason])[] = [
  ['the signed Body moved into the Header, another in its place', replaced(body, evil.replace(id, 'id-evil')).replace('</s:Header>', `<x xmlns="">${body}</x></s:Header>`), 'otherContent'],
  ['the same, the new Body under the old name', replaced(body, evil).replace('</s:Header>', `<x xmlns="">${body}</x></s:Header>`), 'otherContent'],
  ['the signed Body as a second Body', replaced(body, evil.replace(id, 'id-evil') + body), 'otherContent'],
  ['the signed Body before the new one', replaced(body, body + evil.replace(id, 'id-evil')), 'otherContent'],
  ['the signed Body inside the new one', replaced(body, evil.replace(id, 'id-evil').replace('<request>', `<request>${body}`)), 'otherContent'],
  ['another element under the name of the Body', replaced('</s:Header>', `<x xmlns="" Id="${id}"/></s:Header>`), 'otherContent'],
  ['another element under its name as xml:id', replaced('</s:Header>', `<x xmlns="" xml:id="${id}"/></s:Header>`), 'otherContent'],
  ['the name on the operation too', replaced('<request>', `<request ID="${id}">`), 'otherContent'],
  ['two names of the Body', replaced('wsu:Id=', `Id="id-2" wsu:Id=`), 'otherContent'],
  ['a Body without a name', replaced(` wsu:Id="${id}"`, ''), 'otherContent'],
  ['a Reference to the whole document', replaced(`URI="#${id}"`, 'URI=""'), 'otherContent'],
  ['a Reference to nothing', replaced(`URI="#${id}"`, ''), 'damaged'],
  ['a Reference by XPointer', replaced(`URI="#${id}"`, `URI="#xpointer(id('${id}'))"`), 'otherContent'],
  ['a Reference to another host', replaced(`URI="#${id}"`, 'URI="http://example.org/a"'), 'otherContent'],
  ['two References', replaced(/<ds:Reference .*<\/ds:Reference>/s, (/<ds:Reference .*<\/ds:Reference>/s.exec(signed)?.[0] ?? '').repeat(2)), 'damaged'],
  ['no Reference', replaced(/<ds:Reference .*<\/ds:Reference>/s, ''), 'damaged'],
  ['two signatures', replaced(signature, signature.repeat(2)), 'damaged'],
  ['a signature in a Security inside something else', replaced(/<wsse:Security .*<\/wsse:Security>/s, `<x xmlns="">${/<wsse:Security .*<\/wsse:Security>/s.exec(signed)?.[0] ?? ''}</x>`), 'damaged'],
  ['something beside Header and Body', replaced('</s:Envelope>', '<x xmlns=""/></s:Envelope>'), 'otherContent'],
  ['two Headers', replaced('<s:Body', '<s:Header/><s:Body'), 'damaged'],
  ['an Object in the signature', replaced('</ds:Signature>', '<ds:Object/></ds:Signature>'), 'damaged'],
  ['a comment in DigestValue', replaced(/(?<=<ds:DigestValue>.)/, '<!-- -->'), 'damaged'],
  ['another digest behind a comment', replaced(/(?<=<ds:DigestValue>)/, `${createHash('sha256').update('x').digest('base64')}<!-- -->`), 'damaged'],
  ['a comment in SignatureValue', replaced(/(?<=<ds:SignatureValue>.)/, '<!-- -->'), 'damaged'],
  ['an element in DigestValue', replaced(/(?<=<ds:DigestValue>)/, '<x xmlns=""/>'), 'damaged'],
  ['a digest that is no base64', replaced(/(?<=<ds:DigestValue>)/, '*'), 'damaged'],
  ['an empty SignatureValue', replaced(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, '<ds:SignatureValue/>'), 'damaged'],
  ['XSLT', replaced(/<ds:Transform Algorithm="[^"]+"\/>/, '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'), 'unknownAlgorithm'],
  ['XPath', replaced(/<ds:Transform Algorithm="[^"]+"\/>/, '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>//x</ds:XPath></ds:Transform>'), 'unknownAlgorithm'],
  ['base64 as a transform', replaced(/<ds:Transform Algorithm="[^"]+"\/>/, '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>'), 'unknownAlgorithm'],
  ['a thousand transforms', replaced(/(<ds:Transform Algorithm="[^"]+"\/>)/, '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'.repeat(1000)), 'unknownAlgorithm'],
  ['enveloped-signature over the Body', replaced('<ds:Transforms>', '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'), 'otherContent'],
  ['a thousand inclusive prefixes', replaced(/<ds:Transform (Algorithm="[^"]+")\/>/, `<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><e:InclusiveNamespaces xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'a '.repeat(1000)}"/></ds:Transform>`), 'unknownAlgorithm'],
  ['HMAC with the public key', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'), 'unknownAlgorithm'],
  ['an algorithm named like a member of every object', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', '__proto__'), 'unknownAlgorithm'],
  ['a canonical form named like a member of every object', replaced(/(?<=CanonicalizationMethod Algorithm=")[^"]+/, 'constructor'), 'unknownAlgorithm'],
  ['a SignatureMethod with parameters', replaced(/<ds:SignatureMethod Algorithm="([^"]+)"\/>/, '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>'), 'unknownAlgorithm'],
  ['RSA under the name of ECDSA', replaced('xmldsig-more#rsa-sha256', 'xmldsig-more#ecdsa-sha256'), 'wrongAlgorithm'],
  ['SHA-1', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'), 'weakAlgorithm'],
  ['SHA-1 as digest', replaced('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1'), 'weakAlgorithm'],
  ['GOST 34.310-2004', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311'), 'weakAlgorithm'],
  ['a stronger RSA than was signed', replaced('xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-sha512'), 'badSignature'],
  ['GOST-512 under a key of RSA', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512'), 'wrongAlgorithm'],
  ['GOST-512 under a key of 256 bits', replaced(certificateOf(signer), certificateOf(gost256)).replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512'), 'wrongAlgorithm'],
  ["somebody else's certificate", replaced(certificateOf(signer), certificateOf(other)), 'badSignature'],
  ['a certificate of another kind', replaced(certificateOf(signer), certificateOf(ecdsa)), 'wrongAlgorithm'],
  ['a certificate that is none', replaced(certificateOf(signer), 'AAAA'), 'damaged'],
  ['a certificate of another type', replaced('#X509v3', '#X509PKIPathv1'), 'damaged'],
  ['no KeyInfo', replaced(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, ''), 'damaged'],
  ['only a KeyValue', replaced(/(?<=<ds:KeyInfo>).*(?=<\/ds:KeyInfo>)/s, '<ds:KeyValue/>'), 'damaged'],
  ['two certificates', replaced(/(?=<\/ds:KeyInfo>)/, `<ds:X509Data><ds:X509Certificate>${certificateOf(other)}</ds:X509Certificate></ds:X509Data>`), 'damaged'],
  ['a certificate beside the name of another', replaced(/(?<=<ds:KeyInfo>).*(?=<\/ds:KeyInfo>)/s, `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=A</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509Certificate>${certificateOf(signer)}</ds:X509Certificate></ds:X509Data>`), 'damaged'],
  ['a serial number that is none', replaced(/(?<=<ds:KeyInfo>).*(?=<\/ds:KeyInfo>)/s, '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=A</ds:X509IssuerName><ds:X509SerialNumber>0x1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>'), 'damaged'],
  ['an issuer that cannot be read', replaced(/(?<=<ds:KeyInfo>).*(?=<\/ds:KeyInfo>)/s, `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>${'CN="\\'.repeat(300)}</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`), 'damaged'],
  ['GOST by its digest of another size', replaced('http://www.w3.org/2001/04/xmlenc#sha256', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-256'), 'otherContent'],
  ['HMAC with SHA-256', replaced('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256'), 'unknownAlgorithm'],
  ['RSA with MD5', replaced('xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-md5'), 'unknownAlgorithm'],
  ['DSA', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'), 'unknownAlgorithm'],
  ['PSS over what PKCS#1 v1.5 signed', replaced('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1'), 'badSignature'],
  ['MD5 as digest', replaced('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmldsig-more#md5'), 'unknownAlgorithm'],
  ['a digest with parameters', replaced(/<ds:DigestMethod (Algorithm="[^"]+")\/>/, '<ds:DigestMethod $1><x xmlns=""/></ds:DigestMethod>'.replace('$1', 'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"')), 'unknownAlgorithm'],
  ['no Algorithm', replaced(/ Algorithm="http:\/\/www.w3.org\/2001\/04\/xmldsig-more#rsa-sha256"/, ''), 'damaged'],
  ['an Algorithm in a namespace', replaced(/Algorithm="(?=http:\/\/www.w3.org\/2001\/04\/xmldsig-more#rsa-sha256)/, 'ds:Algorithm="'), 'damaged'],
  ['Canonical XML 1.1', replaced(/(?<=CanonicalizationMethod Algorithm=")[^"]+/, 'http://www.w3.org/2006/12/xml-c14n11'), 'unknownAlgorithm'],
  ['an XPath filter', replaced(/<ds:Transform Algorithm="[^"]+"\/>/, '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><x:XPath xmlns:x="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/</x:XPath></ds:Transform>'), 'unknownAlgorithm'],
  ['a transform that deciphers', replaced(/<ds:Transform Algorithm="[^"]+"\/>/, '<ds:Transform Algorithm="http://www.w3.org/2002/07/decrypt#XML"/>'), 'unknownAlgorithm'],
  ['a transform in another namespace', replaced(/<ds:Transform /, '<Transform xmlns="urn:x" '), 'damaged'],
  ['no Transforms', replaced(/<ds:Transforms>.*<\/ds:Transforms>/s, ''), 'damaged'],
  ['empty Transforms: then the form is the inclusive one', replaced(/<ds:Transforms>.*<\/ds:Transforms>/s, '<ds:Transforms/>'), 'otherContent'],
  ['a Manifest instead of the Body', replaced('<ds:Reference ', '<ds:Reference Type="http://www.w3.org/2000/09/xmldsig#Manifest" ').replace(`URI="#${id}"`, 'URI="#m"'), 'otherContent'],
  ['a Reference to a file', replaced(`URI="#${id}"`, 'URI="file:///etc/passwd"'), 'otherContent'],
  ['a Reference to a part of the message', replaced(`URI="#${id}"`, `URI="cid:${id}"`), 'otherContent'],
  ['a Reference to a name that is empty', replaced(`URI="#${id}"`, 'URI="#"'), 'otherContent'],
  ['a Reference with a space before its name', replaced(`URI="#${id}"`, `URI=" #${id}"`), 'otherContent'],
  ['the Body under a name that is empty', replaced(`wsu:Id="${id}"`, 'wsu:Id=""').replace(`URI="#${id}"`, 'URI="#"'), 'otherContent'],
  ['the name of the Body in other letters on something else', replaced('<request>', `<request iD="${id}">`), 'otherContent'],
  ['SignedInfo twice, the right one first', replaced(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, (/<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(signed)?.[0] ?? '').repeat(2)), 'damaged'],
  ['SignatureValue twice', replaced(/(<ds:SignatureValue>.*<\/ds:SignatureValue>)/s, (/<ds:SignatureValue>.*<\/ds:SignatureValue>/s.exec(signed)?.[0] ?? '').repeat(2)), 'damaged'],
  ['the parts of the signature in another order', replaced(/(<ds:SignatureValue>.*<\/ds:SignatureValue>)(<ds:KeyInfo>.*<\/ds:KeyInfo>)/s, ((found) => `${found?.[2]}${found?.[1]}`)(/(<ds:SignatureValue>.*<\/ds:SignatureValue>)(<ds:KeyInfo>.*<\/ds:KeyInfo>)/s.exec(signed))), 'damaged'],
  ['a signature turned round', replaced(/(?<=<ds:SignatureValue>)[^<]+/, Buffer.from(/(?<=<ds:SignatureValue>)[^<]+/.exec(signed)?.[0] ?? '', 'base64').reverse().toString('base64')), 'badSignature'],
  ['a signature with a zero before it', replaced(/(?<=<ds:SignatureValue>)/, 'AAAA'), 'badSignature'],
  ['a signature in the letters of addresses', replaced(/(?<=<ds:SignatureValue>)[^<]+/, '_-_-'), 'damaged'],
  ['a signature of four megabytes', replaced(/(?<=<ds:SignatureValue>)[^<]+/, 'A'.repeat(4 << 20)), 'badSignature'],
  ['a digest of four megabytes', replaced(/(?<=<ds:DigestValue>)[^<]+/, 'A'.repeat(4 << 20)), 'otherContent'],
  ['a signature of four megabytes that is no base64', replaced(/(?<=<ds:SignatureValue>)[^<]+/, `${'A'.repeat(4 << 20)}*AAA`), 'damaged'],
  ['a signature cut in its base64', replaced(/(?<=<ds:SignatureValue>)[^<]+/, 'AAA'), 'damaged'],
  ['the Body of another namespace beside the right one', replaced('</s:Envelope>', '<t:Body xmlns:t="http://www.w3.org/2003/05/soap-envelope"/></s:Envelope>'), 'otherContent'],
  ['an Envelope inside the Header, with a Body', replaced('</s:Header>', '<s:Envelope><s:Body/></s:Envelope></s:Header>'), 'otherContent'],
  ['the Body renamed by its prefix', replaced('xmlns:unused="urn:unused"', 'xmlns:s2="http://schemas.xmlsoap.org/soap/envelope/"').replace('<s:Body', '<s2:Body').replace('</s:Body>', '</s2:Body>'), 'otherContent'],
  ['one letter of what was signed', replaced('850315399990', '850315399991'), 'otherContent'],
  ['one letter of SignedInfo', replaced('<ds:Transforms>', '<ds:Transforms> '), 'badSignature'],
] // biome-ignore format: one attack a line

describe('a forged Body is refused', () => {
  it.each(attacks)('%s', async (_, text, reason) => {
    expect(await judge(text)).toMatchObject({ kind: 'refused', reason })
  })

  it('and no signature is told apart from a wrong one', async () => {
    expect(await judge(replaced(signature, ''))).toEqual({ kind: 'missing' })
    expect(await judge(unsigned)).toEqual({ kind: 'missing' })
    const inside = signed.replace(/^<\?xml.*?\?>\s*/, '')
    expect(await judge(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`)).toEqual({
      kind: 'missing',
    })
  })
})

describe('variants that are met are taken', () => {
  it('a plain Id instead of wsu:Id', async () => {
    // Signed anew: the name is part of what is signed.
    const plain = await resigned((text) => text.replace(`${utility} wsu:Id=`, 'Id='))
    expect(await judge(plain)).toMatchObject({ kind: 'valid' })
  })

  it('prefixes that WSS4J has canonicalised inclusively, and its lines that end in &#13;', async () => {
    const list = '<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="s unused"/>'
    const as = (name: string, text: string) =>
      text.replace(new RegExp(`<ds:${name} (Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")/>`), `<ds:${name} $1>${list}</ds:${name}>`)
    const theirs = await resigned((text) => as('Transform', as('CanonicalizationMethod', text)), ['s', 'unused'])
    expect(await judge(theirs.replace(/(<ds:SignatureValue>.{76})/, '$1&#13;\n'))).toMatchObject({ kind: 'valid' })
    // A namespace that is signed by its prefix being listed cannot be changed.
    expect(await judge(theirs.replace('urn:unused', 'urn:evil'))).toMatchObject({ kind: 'refused', reason: 'otherContent' })
  })

  it('a signature with an Id of its own directly under the Header', async () => {
    const direct = signed.replace(/<wsse:Security .*<\/wsse:Security>/s, signature.replace('<ds:Signature ', '<ds:Signature Id="ptpsign" '))
    expect(await judge(direct)).toMatchObject({ kind: 'valid' })
  })

  it('comments in the Body are no part of it, and nobody reads them', async () => {
    const commented = signed.replace('850315399990', '850315<!-- 1 -->399990')
    expect(await judge(commented)).toMatchObject({ kind: 'valid' })
  })

  it('what a prefix inside of a value means is not signed by the exclusive form: nothing may be read from xsi:type', async () => {
    expect(await judge(replaced('xmlns:cs="urn:cs"', 'xmlns:cs="urn:evil"'))).toMatchObject({ kind: 'valid' })
  })

  it('a list of algorithms narrows what is taken', async () => {
    const said = await verifyBody(readXml(Buffer.from(signed)), { algorithms: new Set(['gost2015-512']) })
    expect(said).toMatchObject({ kind: 'refused', reason: 'weakAlgorithm' })
  })
})

/** By somebody else's program: what it writes is changed first, then signed. */
async function resigned(change: (text: string) => string, inclusive?: readonly string[]): Promise<string> {
  const text = change(signed)
  const form = { exclusive: true, comments: false, ...(inclusive ? { inclusive } : {}) }
  const part = (from: string, name: string): XmlElement => {
    const found = [...descendants(readXml(Buffer.from(from)).root)].find(({ local }) => local === name)
    return found ?? expect.unreachable(name)
  }
  const digest = createHash('sha256')
    .update(canonicalXml(part(text, 'Body'), form))
    .digest('base64')
  const withDigest = text.replace(/(?<=<ds:DigestValue>)[^<]+/, digest)
  const value = await signBytes(signer.key, canonicalXml(part(withDigest, 'SignedInfo'), form))
  return withDigest.replace(/(?<=<ds:SignatureValue>)[^<]+/, Buffer.from(value).toString('base64'))
}

describe('ECDSA and GOST in XML', async () => {
  const [theirs, gost] = [String(await signBody(Buffer.from(unsigned), ecdsa)), String(await signBody(Buffer.from(unsigned), gost256))]
  const value = (text: string) => Buffer.from(/(?<=<ds:SignatureValue>)[^<]+/.exec(text)?.[0] ?? '', 'base64')
  const withValue = (text: string, bytes: Uint8Array) =>
    text.replace(/(?<=<ds:SignatureValue>)[^<]+/, Buffer.from(bytes).toString('base64'))
  const halves = (bytes: Buffer) => [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)] as const // a pair

  it.each([
    ['s, then r', (bytes: Buffer) => Buffer.concat(halves(bytes).toReversed())],
    ['each half turned round', (bytes: Buffer) => Buffer.concat(halves(bytes).map((half) => Buffer.from(half).reverse()))],
    ['r of zero', (bytes: Buffer) => Buffer.concat([Buffer.alloc(bytes.length / 2), halves(bytes)[1]])],
    ['s of zero', (bytes: Buffer) => Buffer.concat([halves(bytes)[0], Buffer.alloc(bytes.length / 2)])],
    ['the form of certificates', (bytes: Buffer) => der(bytes)],
    ['an octet more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['an octet less', (bytes: Buffer) => bytes.subarray(1)],
  ])('%s is a wrong signature', async (_, change) => {
    for (const text of [theirs, gost]) {
      expect(await judge(text)).toMatchObject({ kind: 'valid' })
      expect(await judge(withValue(text, change(value(text))))).toMatchObject({ kind: 'refused', reason: 'badSignature' })
    }
  })

  function der(pair: Buffer): Buffer {
    const numbers = halves(pair).map((half) => integer(half))
    return sequence(...numbers)
  }
})

describe('a document signed from within', async () => {
  const own = String(await signEnveloped(Buffer.from('<d a="1"><b>x</b></d>'), ecdsa))
  const inner = /<ds:Signature .*<\/ds:Signature>/s.exec(own)?.[0] ?? ''
  const judged = (text: string) => verifyEnveloped(readXml(Buffer.from(text)))

  it.each([
    ['wrapped into another document', `<e><c/>${own.replace(/^<\?xml.*\?>\s*/, '')}</e>`, 'damaged'],
    ['the signature one level deeper', own.replace(inner, `<x>${inner}</x>`), 'damaged'],
    ['two signatures', own.replace(inner, inner + inner), 'damaged'],
    ['something added', own.replace('<b>', '<c/><b>'), 'otherContent'],
    ['something added behind the signature', own.replace('</ds:Signature>', '</ds:Signature><c/>'), 'otherContent'],
    ['text added', own.replace('<b>', 'x<b>'), 'otherContent'],
    [
      'an Object in the signature, which its own transform would leave out',
      own.replace('</ds:Signature>', '<ds:Object><b>y</b></ds:Object></ds:Signature>'),
      'damaged',
    ],
    [
      'named by an Id that two have',
      own.replace('a="1"', 'a="1" Id="x"').replace('<b>', '<b Id="x">').replace('URI=""', 'URI="#x"'),
      'otherContent',
    ],
    ['a Reference to a part of it', own.replace('<b>', '<b Id="x">').replace('URI=""', 'URI="#x"'), 'otherContent'],
    ['a language that it stands in', own.replace('<d ', '<d xml:lang="ru" '), 'otherContent'],
    ['an attribute changed', own.replace('a="1"', 'a="2"'), 'otherContent'],
    ['without its transform', own.replace(/<ds:Transform Algorithm="[^"]+enveloped-signature"\/>/, ''), 'otherContent'],
    ['its transform twice', own.replace(/(<ds:Transform Algorithm="[^"]+enveloped-signature"\/>)/, '$1$1'), 'unknownAlgorithm'],
  ])('is refused: %s', async (_, text, reason) => {
    expect(await judged(text)).toMatchObject({ kind: 'refused', reason })
  })

  it('is told apart from one that is not signed', async () => expect(await judged('<d/>')).toEqual({ kind: 'missing' }))
})
