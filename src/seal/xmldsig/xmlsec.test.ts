import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readXml } from '../../xml/read.ts'
import { digests } from '../algorithms/digests.ts'
import { exportPrivate } from '../algorithms/keys.ts'
import { type AlgorithmName, algorithms } from '../algorithms/table.ts'
import { toPem } from '../certificates/pem.ts'
import { verifyBody } from './body.ts'
import { verifyEnveloped } from './enveloped.ts'
import { signBody, signEnveloped, type XmlSigner } from './sign.ts'
import { newSigner, unsigned } from './signer.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-xmlsec-'))
afterAll(() => rmSync(folder, { recursive: true }))
const isAbsent = spawnSync('xmlsec1', ['--version']).status !== 0

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const xmlsec = (...args: string[]) => spawnSync('xmlsec1', args, { encoding: 'utf8' })
const forms = [
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
]
const bodyIds = ['--id-attr:Id', 'http://schemas.xmlsoap.org/soap/envelope/:Body']
const documentText = '<?xml version="1.0"?>\n<d xmlns="urn:d" xmlns:u="urn:u" xml:lang="kk"><!-- c --><a u:b="1">ңғү &amp;\r\n</a></d>'

/** What somebody else's program is given to fill: the shapes of the gateway and of NCALayer. */
function template(algorithm: AlgorithmName, uri: string, canonical: string, transforms: readonly string[]): string {
  const { uri: method, digest } = algorithms[algorithm]
  return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonical}"/><ds:SignatureMethod Algorithm="${method}"/><ds:Reference URI="${uri}"><ds:Transforms>${transforms.map((one) => `<ds:Transform Algorithm="${one}"/>`).join('')}</ds:Transforms><ds:DigestMethod Algorithm="${digests[digest].uri}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>`
}

describe.skipIf(isAbsent).each(['rsa-sha256', 'rsa-sha512', 'ecdsa-p256-sha256', 'ecdsa-p384-sha384'] as const)(
  'xmlsec1 (skipped where it is absent): %s',
  async (algorithm) => {
    const signer: XmlSigner = await newSigner(algorithm)
    const certificate = file(`${algorithm}.crt`, toPem(signer.certificate.der, 'CERTIFICATE'))
    const key = file(`${algorithm}.key`, toPem(exportPrivate(signer.key), 'PRIVATE KEY'))
    const verifying = (path: string, ...more: string[]) =>
      xmlsec(
        '--verify',
        '--pubkey-cert-pem',
        certificate,
        '--trusted-pem',
        certificate,
        '--verification-gmt-time',
        '2019-10-14 10:00:00',
        ...more,
        path,
      )

    it('verifies our signature of a Body, and not a changed one', async () => {
      const bytes = await signBody(Buffer.from(unsigned), signer)
      const said = verifying(file(`${algorithm}-body.xml`, bytes), ...bodyIds)
      expect([said.status, said.stderr]).toEqual([0, expect.stringContaining('OK')])
      expect(verifying(file(`${algorithm}-bent.xml`, String(bytes).replace('3999', '3998')), ...bodyIds).status).not.toBe(0)
    })

    it('verifies our signature from within', async () => {
      const bytes = await signEnveloped(Buffer.from(documentText), signer)
      const said = verifying(file(`${algorithm}-inner.xml`, bytes))
      expect([said.status, said.stderr]).toEqual([0, expect.stringContaining('OK')])
    })

    it.each(algorithm === 'rsa-sha256' ? forms : forms.slice(2, 3))('signs so that we verify: %s', async (form) => {
      const signing = (path: string, ...more: string[]) => xmlsec('--sign', '--privkey-pem', `${key},${certificate}`, ...more, path).stdout
      const id = 'wsu:Id="id-1" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"'
      const open = unsigned
        .replace('<s:Body>', `<s:Body ${id}>`)
        .replace('<s:Header/>', `<s:Header>${template(algorithm, '#id-1', form, [form])}</s:Header>`)
      expect(await verifyBody(readXml(Buffer.from(signing(file('a.xml', open), ...bodyIds))))).toMatchObject({ kind: 'valid', algorithm })
      const inner = documentText.replace(
        '</d>',
        `${template(algorithm, '', form, ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', form])}</d>`,
      )
      expect(await verifyEnveloped(readXml(Buffer.from(signing(file('b.xml', inner)))))).toMatchObject({ kind: 'valid', algorithm })
    })
  },
)
