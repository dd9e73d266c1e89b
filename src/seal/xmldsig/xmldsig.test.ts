import { afterAll, describe, expect, it } from 'vitest'
import { sample, samplesAbsent } from '../../gateway/shep/samples.testing.ts'
import { readXml } from '../../xml/read.ts'
import { pathOf } from '../../xml/tree.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { verifyBody } from './body.ts'
import { payloadDocument, verifyEnveloped } from './enveloped.ts'
import { signBody, signEnveloped } from './sign.ts'
import { newSigner, unsigned } from './signer.testing.ts'

afterAll(closeGostPool)

const names = ['rsa-sha256', 'rsa-sha512', 'ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'gost2015-512', 'gost2015-256', 'gost2004'] as const
const trusted = { legacy: true }

describe.each(names)('%s', async (algorithm) => {
  const signer = await newSigner(algorithm)
  const store = { certificates: [(await newSigner('ecdsa-p256-sha256', 'OTHER')).certificate, signer.certificate] }

  it('signs a Body and verifies it, the certificate by value', async () => {
    const bytes = await signBody(Buffer.from(unsigned), signer)
    const said = await verifyBody(readXml(bytes), trusted)
    expect(said).toMatchObject({ kind: 'valid', algorithm, certificate: { sha256: signer.certificate.sha256 } })
    expect(said.kind === 'valid' && pathOf(said.element)).toBe('/Envelope/Body')
    const bent = String(bytes).replace('850315399990', '850315399991')
    expect(await verifyBody(readXml(Buffer.from(bent)), trusted)).toMatchObject({
      kind: 'refused',
      reason: 'otherContent',
      detail: 'DigestValue',
    })
  })

  it('names its certificate by issuer and serial number, resolved from the store alone', async () => {
    const document = readXml(await signBody(Buffer.from(unsigned), { ...signer, name: 'issuerSerial' }))
    expect(await verifyBody(document, { ...trusted, store })).toMatchObject({
      kind: 'valid',
      certificate: { sha256: signer.certificate.sha256 },
    })
    expect(await verifyBody(document, trusted)).toMatchObject({ kind: 'refused', reason: 'untrusted' })
  })

  it('signs a document from within', async () => {
    const bytes = await signEnveloped(
      Buffer.from('<?xml version="1.0"?>\n<data xmlns="urn:d" xmlns:u="urn:u" xml:lang="kk"><!-- c --><a u:b="1">ң</a></data>'),
      signer,
    )
    expect(await verifyEnveloped(readXml(bytes), trusted)).toMatchObject({ kind: 'valid', algorithm })
    const bent = readXml(Buffer.from(String(bytes).replace('ң', 'н')))
    expect(await verifyEnveloped(bent, trusted)).toMatchObject({ kind: 'refused', reason: 'otherContent' })
    const other = String(bytes).replace(/<ds:SignatureValue>./, (start) => start.slice(0, -1) + (start.endsWith('A') ? 'B' : 'A'))
    expect(await verifyEnveloped(readXml(Buffer.from(other)), trusted)).toMatchObject({ kind: 'refused', reason: 'badSignature' })
  })
})

describe('a payload signed before it was put into its envelope', async () => {
  const signer = await newSigner('ecdsa-p256-sha256')

  it('is judged as the document that it was', async () => {
    const payload = String(await signEnveloped(Buffer.from('<data><iin>850315399990</iin></data>'), signer))
    const envelope = await signBody(Buffer.from(unsigned.replace(/<data.*<\/data>/s, payload)), signer)
    const document = readXml(envelope)
    const said = await verifyBody(document)
    if (said.kind !== 'valid') expect.unreachable(JSON.stringify(said))
    const data = [...document.text.matchAll(/<data>.*<\/data>/g)][0]?.[0]
    expect(data).toBe(payload)
    const [held] = (function* find(element): Generator<typeof said.element> {
      if (element.local === 'data') yield element
      for (const child of element.children) if (child.kind === 'element') yield* find(child)
    })(said.element)
    const inner = payloadDocument(document, held ?? said.element)
    expect(inner && (await verifyEnveloped(inner))).toMatchObject({ kind: 'valid' })
  })

  it('is no document where it leans on namespaces of the envelope', () => {
    const document = readXml(Buffer.from('<a xmlns:p="urn:p"><p:data/></a>'))
    const [inner] = document.root.children
    expect(inner?.kind === 'element' && payloadDocument(document, inner)).toBeNull()
  })
})

describe.skipIf(samplesAbsent)('signed samples (skipped where they are absent)', () => {
  it.each([
    ['rsa', 'rsa-sha256'],
    ['gost512', 'gost2015-512'],
  ])('%s verifies, and its changed copy does not', async (name, algorithm) => {
    const bytes = sample(`shep/sync-request-gbdfl.signed-${name}.xml`)
    expect(await verifyBody(readXml(bytes))).toMatchObject({ kind: 'valid', algorithm, certificate: { holder: { bin: '200140999992' } } })
    const bent = String(bytes).replace('<senderId>demo-iis', '<senderId>demo-iiz')
    expect(await verifyBody(readXml(Buffer.from(bent)))).toMatchObject({ kind: 'refused', reason: 'otherContent' })
  })
})

describe('signing', async () => {
  const signer = await newSigner('ecdsa-p256-sha256')
  it('adds a Header where there is none, and identifies the Body', async () => {
    for (const header of ['', '<s:Header></s:Header>', '<s:Header><other xmlns=""/></s:Header>']) {
      const bytes = await signBody(Buffer.from(unsigned.replace('<s:Header/>', header)), signer)
      expect(await verifyBody(readXml(bytes))).toMatchObject({ kind: 'valid' })
    }
    const plain = unsigned
      .replaceAll('<s:', '<')
      .replaceAll('</s:', '</')
      .replace('xmlns:s=', 'xmlns=')
      .replace('<request>', '<request xmlns="">')
    expect(await verifyBody(readXml(await signBody(Buffer.from(plain), signer)))).toMatchObject({ kind: 'valid' })
  })
  it('does not sign twice', async () => {
    await expect(signBody(await signBody(Buffer.from(unsigned), signer), signer)).rejects.toThrow(TypeError)
  })
})
