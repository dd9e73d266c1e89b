import { askingInside } from '../../../src/contour/pki/asking.ts'
import type { Pki } from '../../../src/contour/pki/pki.ts'
import { generateKey } from '../../../src/seal/algorithms/keys.ts'
import type { AlgorithmName } from '../../../src/seal/algorithms/table.ts'
import { writeAsic } from '../../../src/seal/asic/write.ts'
import type { Certificate } from '../../../src/seal/certificates/certificate.ts'
import { certIdOf, ocspRequest } from '../../../src/seal/certificates/ocsp.ts'
import { type CmsOptions, type CmsSigner, signCms } from '../../../src/seal/cms/sign.ts'
import { type Evidence, type RevocationPiece, writeEvidence } from '../../../src/seal/evidence/evidence.ts'
import { readRecord } from '../../../src/seal/evidence/record.ts'
import { createRecords, renewTimestamps, renewTrees } from '../../../src/seal/evidence/renew.ts'
import { stampFrom } from '../../../src/seal/national/stamping.ts'
import { signBody, signEnveloped } from '../../../src/seal/xmldsig/sign.ts'
import type { Kind, Sample } from './samples.ts'

const content = Buffer.from('{"asks":"екінші санат","case":"АЛМ-0001"}')
const person = 'almaty.operator'
const faults = ['revoked', 'expired', 'notYetValid', 'wrongPerson', 'wrongOrganisation', 'untrusted', 'weakAlgorithm'] as const

type Identity = Awaited<ReturnType<Pki['identity']>>
const signerOf = ({ key, chain }: Identity): CmsSigner => {
  const [certificate, ...above] = chain.map(({ der }) => der)
  if (certificate === undefined) throw new Error('an identity has a certificate')
  return { key, certificate, chain: above }
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const sampleOf = (
  pki: Pki,
  kind: Kind,
  name: string,
  parts: Record<string, Uint8Array>,
  asked: Record<string, string> = {},
  at = pki.at,
): Sample => ({
  kind,
  name,
  authority: pki.algorithm,
  at,
  verdict: '',
  parts: Object.fromEntries(Object.entries(parts).map(([part, bytes]) => [part, Buffer.from(bytes)])),
  asked,
})

const stampOf = (pki: Pki, at = pki.at) =>
  stampFrom('http://127.0.0.1/tsp', askingInside(async () => pki, () => at)) // biome-ignore format: short

/** The answers about everybody on the paths of these certificates and of the time-stamping authority, as a receiver keeps them. */
async function evidenceFor(
  pki: Pki,
  leaves: readonly Certificate[],
  at = pki.at,
  timestamps: readonly Uint8Array[] = [],
): Promise<Evidence> {
  const [authority, root, tsa] = [await pki.identity('authority'), await pki.identity('root'), await pki.identity('tsa')]
  const answers = await Promise.all(
    [...leaves, tsa.certificate].map(async (one): Promise<RevocationPiece> => {
      const question = ocspRequest(certIdOf(one, authority.certificate), Buffer.alloc(32, 7))
      return { kind: 'ocsp', der: await pki.ocsp(question, at) }
    }),
  )
  const list: RevocationPiece = { kind: 'crl', der: await pki.crl('root', at) }
  return {
    certificates: [...leaves, tsa.certificate, authority.certificate, root.certificate],
    revocations: [...answers, list],
    timestamps,
  }
}

/** Signatures of people over one content, each with the evidence that was kept at its receipt: good ones, and such as must never become good. */
export async function signatures(pki: Pki): Promise<Sample[]> {
  const made: Sample[] = []
  const operator = await pki.identity(person)
  const { iin, bin } = operator.certificate.holder
  const asked = { content: base64(content), iin: iin ?? '', bin: bin ?? '' }
  async function add(name: string, people: readonly Identity[], options: Partial<CmsOptions> = {}, signed: Uint8Array = content, stamps = false) {
    const value = await signCms(signed, people.map(signerOf), { at: pki.at, ...options })
    const token = stamps ? await stampOf(pki)({ digest: 'sha256', hash: await sha256(await signatureOf(value)) }) : null
    const evidence = await evidenceFor(pki, people.map(({ certificate }) => certificate), pki.at, token === null ? [] : [token])
    const [first] = people
    made.push(sampleOf(pki, 'signature', name, { value, evidence: writeEvidence(evidence) }, { ...asked, certificate: base64(first?.certificate.der ?? content) }))
  }
  await add('kept', [operator], {}, content, true)
  await add('plain', [operator])
  await add('stamped', [operator], { stamp: stampOf(pki) })
  await add('attached', [operator], { detached: false, namesCertificate: true })
  if (pki.algorithm === 'rsa') return made
  await add('two', [operator, await pki.identity('almaty.head')])
  for (const fault of faults) await add(fault, [await pki.identity(`${person}.${fault}`)])
  await add('signIn', [await pki.identity(`${person}.signIn`)])
  await add('otherContent', [operator], {}, Buffer.from('{"asks":"жоғары санат","case":"АЛМ-0001"}'))
  const elsewhere = await stampOf(pki)({ digest: 'sha256', hash: Buffer.alloc(32, 1) })
  await add('stampedElsewhere', [operator], { stamp: async () => elsewhere })
  const others: AlgorithmName[] = pki.algorithm === 'ecdsa' ? ['ecdsa-p384-sha384', 'rsa-pss-sha256', 'gost2015-256', 'gost2004'] : []
  for (const algorithm of others) await add(algorithm, [await withKey(pki, operator, algorithm)])
  return made
} // biome-ignore format: a sample a line

/** The same person with a key of another algorithm. */
async function withKey(pki: Pki, { certificate }: Identity, algorithm: AlgorithmName): Promise<Identity> {
  const { surname, patronymic, iin, bin, organisation, commonName } = certificate.holder
  const subject = { surname: surname ?? '', name: commonName.slice((surname ?? '').length + 1), patronymic: patronymic ?? '', iin: iin ?? '', organisation: organisation ?? '', bin: bin ?? '', standing: 'employee' as const }
  return pki.certify(`${person}-${algorithm}`, { subject, use: 'sign' }, await generateKey(algorithm))
} // biome-ignore format: a table

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from(bytes)))
}

async function signatureOf(cms: Uint8Array): Promise<Uint8Array> {
  const { readCms } = await import('../../../src/seal/cms/read.ts')
  return readCms(cms)?.signers[0]?.signature ?? new Uint8Array(0)
}

/** What authorities say by themselves: answers, lists, time-stamps. */
export async function words(pki: Pki): Promise<Sample[]> {
  const [operator, revoked, authority, root] = await Promise.all([person, `${person}.revoked`, 'authority', 'root'].map((name) => pki.identity(name)))
  if (!operator || !revoked || !authority || !root) throw new Error('the authority knows its own')
  const about = (one: Identity, issuer: Identity) => ({ certificate: base64(one.certificate.der), issuer: base64(issuer.certificate.der) })
  const answer = (one: Identity) => pki.ocsp(ocspRequest(certIdOf(one.certificate, authority.certificate), Buffer.alloc(32, 7)), pki.at)
  const token = await stampOf(pki)({ digest: 'sha256', hash: await sha256(content) })
  if (token === null) throw new Error('the authority stamps')
  return [
    sampleOf(pki, 'ocsp', 'good', { answer: await answer(operator) }, about(operator, authority)),
    sampleOf(pki, 'ocsp', 'revoked', { answer: await answer(revoked) }, about(revoked, authority)),
    sampleOf(pki, 'crl', 'good', { list: await pki.crl('authority', pki.at) }, about(operator, authority)),
    sampleOf(pki, 'crl', 'revoked', { list: await pki.crl('authority', pki.at) }, about(revoked, authority)),
    sampleOf(pki, 'crl', 'root', { list: await pki.crl('root', pki.at) }, about(authority, root)),
    sampleOf(pki, 'token', 'token', { token, evidence: writeEvidence(await evidenceFor(pki, [])) }, { over: base64(content) }),
  ]
} // biome-ignore format: a sample a line

/** Evidence records: alone, of a group in a tree, with a second time-stamp, with a second tree. */
export async function records(pki: Pki): Promise<Sample[]> {
  const groups = [[content], [content, Buffer.from('its evidence')], [Buffer.from('another')]]
  const later = '2020-10-14T10:00:00+06:00'
  const evidence = writeEvidence(await evidenceFor(pki, [], later))
  const made = await createRecords(groups, 'sha256', stampOf(pki))
  const [alone] = (await createRecords([[content]], 'sha256', stampOf(pki))) ?? []
  const [, record] = made ?? []
  const read = record && readRecord(record)
  if (!record || !read || !alone) throw new Error('the authority stamps')
  const [renewed] = (await renewTimestamps([read], stampOf(pki, later))) ?? []
  const [replanted] = (await renewTrees([{ record: read, group: groups[1] ?? [] }], 'streebog512', stampOf(pki, later))) ?? []
  if (!renewed || !replanted) throw new Error('the authority stamps')
  const asked = (n: number) => ({ group: JSON.stringify((groups[n] ?? []).map(base64)) })
  return [
    sampleOf(pki, 'record', 'alone', { record: alone, evidence }, asked(0), later),
    sampleOf(pki, 'record', 'tree', { record, evidence }, asked(1), later),
    sampleOf(pki, 'record', 'renewed', { record: renewed, evidence }, asked(1), later),
    sampleOf(pki, 'record', 'replanted', { record: replanted, evidence }, asked(1), later),
    sampleOf(pki, 'record', 'ofAnother', { record, evidence }, asked(2), later),
  ]
} // biome-ignore format: a sample a line

/** Packs: signed by one key and by two, and one whose file was changed after. */
export async function containers(pki: Pki): Promise<Sample[]> {
  const [operator, head] = [await pki.identity(person), await pki.identity('almaty.head')]
  const files = [
    { path: 'case.json', mediaType: 'application/json', bytes: content },
    { path: 'papers/reply.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 no more than its beginning\n'.repeat(9)) },
    { path: 'empty', mediaType: 'application/octet-stream', bytes: Buffer.alloc(0) },
  ]
  const evidence = writeEvidence(await evidenceFor(pki, [operator.certificate, head.certificate]))
  const pack = (people: readonly Identity[]) =>
    writeAsic(files, { at: new Date('2019-10-14T04:00:00Z'), sign: (manifest) => signCms(manifest, people.map(signerOf), { at: pki.at, namesCertificate: true }) })
  return [
    sampleOf(pki, 'container', 'one', { pack: await pack([operator]), evidence }, { certificate: base64(operator.certificate.der) }),
    sampleOf(pki, 'container', 'two', { pack: await pack([operator, head]), evidence }, { certificate: base64(operator.certificate.der) }),
  ]
} // biome-ignore format: a sample a line

const payload =
  '<data xmlns="urn:d" xmlns:u="urn:u" xml:lang="kk"><!-- c --><iin a="1" u:b="2">850315399990</iin><name>Ү &amp; Ғ</name></data>'
const envelope = `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:unused="urn:unused"><s:Header/>
  <s:Body><n:SendMessage xmlns:n="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo><messageId>6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11</messageId></requestInfo>
    <requestData><data><iin>850315399990</iin>ңғү &amp; &lt;</data></requestData></request></n:SendMessage></s:Body>
</s:Envelope>`

/** XML that people and systems signed. */
export async function documents(pki: Pki): Promise<Sample[]> {
  const [operator, head, system] = [await pki.identity(person), await pki.identity('almaty.head'), await pki.identity('corporation-system')]
  const untrusted = await pki.identity(`${person}.untrusted`)
  const { key, certificate } = system
  const keyOf = (one: Identity) => ({ key: one.key, certificate: one.certificate })
  return [
    sampleOf(pki, 'enveloped', 'payload', { document: await signEnveloped(Buffer.from(payload), keyOf(operator)) }),
    sampleOf(pki, 'enveloped', 'untrusted', { document: await signEnveloped(Buffer.from(payload), keyOf(untrusted)) }),
    sampleOf(pki, 'several', 'two', { document: await signEnveloped(await signEnveloped(Buffer.from(payload), keyOf(operator)), keyOf(head)) }),
    sampleOf(pki, 'several', 'nested', { document: await signEnveloped(Buffer.from(`<case><head/>${await signEnveloped(Buffer.from(payload), keyOf(operator))}</case>`), keyOf(head)) }),
    sampleOf(pki, 'several', 'part', { document: Buffer.from(`<case><head/>${await signEnveloped(Buffer.from(payload), keyOf(operator))}</case>`) }),
    sampleOf(pki, 'body', 'value', { document: await signBody(Buffer.from(envelope), { key, certificate }) }),
    sampleOf(pki, 'body', 'issuerSerial', { document: await signBody(Buffer.from(envelope), { key, certificate, name: 'issuerSerial' }) }, { known: base64(certificate.der) }),
  ]
} // biome-ignore format: a sample a line

/** A certificate of every profile and every fault, with the one above it. */
export async function paths(pki: Pki): Promise<Sample[]> {
  const names = [
    person,
    `${person}.signIn`,
    'applicant',
    'corporation-system',
    'ocsp',
    'tsa',
    ...faults.map((fault) => `${person}.${fault}`),
  ]
  return Promise.all(
    names.map(async (name) => {
      const { chain } = await pki.identity(name)
      const [leaf, above] = chain
      if (leaf === undefined || above === undefined) throw new Error(`${name} has no path`)
      return sampleOf(pki, 'path', name, { leaf: leaf.der, above: above.der })
    }),
  )
}
