import { createHash } from 'node:crypto'
import { XmlC14NMode, XmlDocument, type XmlElement } from 'libxml2-wasm'
import { bodyOf, type Node, partAt, treeOf, written } from './tree.ts'
import { type Member, readZip, streamedZip } from './zip.ts'

/**
 * What was signed in an input, told without any of the product's code: by a reader of DER, a reader of zip and libxml2. Of whatever the product takes, each of these
 * must be a fact of an unchanged sample that it takes.
 */
export type Facts = readonly string[]

export function hash(...parts: readonly Uint8Array[]): string {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(`${part.length} `).update(part)
  return digest.digest('hex').slice(0, 24)
}

/** Of each signer the attributes under the signature and its value; the content, where it travels inside. */
export function factsOfCms(cms: Buffer): Facts {
  return factsOfSignedData(treeOf(cms))
}

function factsOfSignedData(root: Node | null): Facts {
  const data = partAt(root, 1, 0)
  const inside = partAt(data, 2, 1, 0)
  const signers = data?.parts?.at(-1)?.parts ?? []
  return [
    `type ${hash(bodyOf(partAt(data, 2, 0) ?? nothing))}`,
    ...(inside === null ? [] : [`content ${hash(bodyOf(inside))}`]),
    ...signers.map((signer) => `signer ${hash(bodyOf(attributesOf(signer)), bodyOf(signatureOf(signer)))}`),
    ...(signers.length === 0 ? ['nobody'] : []),
  ]
}

const nothing: Node = { tag: 0, lead: Buffer.alloc(0), parts: null, content: Buffer.alloc(0) }
const attributesOf = (signer: Node): Node => signer.parts?.find(({ tag }) => tag === 0xa0) ?? nothing
const signatureOf = (signer: Node): Node => signer.parts?.findLast(({ tag }) => tag === 0x04) ?? nothing

/** Of a certificate, a list or a basic answer of OCSP: the part that is signed, and its signature. */
export function factOfSigned(bytes: Buffer): string {
  const root = treeOf(bytes)
  return `signed ${hash(written(partAt(root, 0) ?? nothing), bodyOf(partAt(root, 2) ?? nothing))}`
}

export function factOfAnswer(bytes: Buffer): string {
  const basic = partAt(treeOf(bytes), 1, 0, 1, 0)
  return basic === null ? 'no answer' : factOfSigned(written(basic))
}

/** Of each time-stamp its place, its token and the hashes that lead to it; the order inside a list says nothing (RFC 4998, 4.2). */
export function factsOfRecord(bytes: Buffer): Facts {
  const chains = treeOf(bytes)?.parts?.at(-1)?.parts ?? []
  return chains.flatMap((chain, c) =>
    (chain.parts ?? []).flatMap((stamp, s) => {
      const lists = (stamp.parts?.find(({ tag }) => tag === 0xa2)?.parts ?? []).map((list) => (list.parts ?? []).map((one) => hash(bodyOf(one))).toSorted().join())
      return [`${c}.${s} ${hash(Buffer.from(lists.join(';')))}`, ...factsOfSignedData(stamp.parts?.at(-1) ?? null).map((fact) => `${c}.${s} ${fact}`)]
    }),
  )
} // biome-ignore format: short

/** Every file by name and octets, as a reader finds them from the end and as another does from the front; and what is signed of them. */
export function factsOfZip(zip: Buffer): Facts {
  const members = readZip(zip)
  if (members === null) return ['no zip']
  const told = (all: readonly Member[]) => hash(...all.filter(isFile).map(({ name, bytes }) => Buffer.from(`${name.toString('latin1')} ${hash(bytes)}`)).toSorted(Buffer.compare))
  const cms = members.find(({ name }) => String(name) === 'META-INF/signature001.p7s')
  return [`files ${told(members)}`, `streamed ${told(streamedZip(zip))}`, ...(cms === undefined ? [] : factsOfCms(cms.bytes))]
} // biome-ignore format: short

/** The signature's own octets hold what nobody signed: its certificates, its time-stamps. */
const isFile = ({ name }: Member): boolean => String(name) !== 'META-INF/signature001.p7s'

/** Which part of a document is asked about: what a signature from within is over, the Body, or what the signature of this number among several is over; `alone`: with all of the others in it. */
export type Part = 'enveloped' | 'body' | { readonly number: number; readonly path: string | null; readonly alone?: boolean }

/** The canonical form of that part by libxml2, without the signature itself and those behind it. null: libxml2 asks for what nobody has to keep to, such as a namespace that is a URI by the letter. */
export function factOfXml(bytes: Buffer, part: Part): string | null {
  try {
    const document = XmlDocument.fromBuffer(bytes)
    try {
      return `document ${hash(Buffer.from(formOf(document, part)))}`
    } finally {
      document.dispose()
    }
  } catch (cause) {
    if (cause instanceof Error && /is not a valid URI|is not absolute|Failed to canonicalize/.test(cause.message)) return null
    throw new Error('libxml2 does not take it', { cause })
  }
}

const inclusive = { mode: XmlC14NMode.XML_C14N_1_0, withComments: false }
const exclusive = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false }

function formOf(document: XmlDocument, part: Part): string {
  if (part === 'body') return onlyForm(document, "//*[local-name()='Body' and namespace-uri()='http://schemas.xmlsoap.org/soap/envelope/']")
  const signatures = document.find('//d:Signature', { d: 'http://www.w3.org/2000/09/xmldsig#' })
  const { number, path, alone = false } = part === 'enveloped' ? { number: 0, path: null } : part
  for (const signature of signatures.slice(number, alone ? number + 1 : undefined).toReversed()) signature.remove()
  if (path === null) return document.canonicalizeToString(inclusive)
  return onlyForm(document, path.replaceAll(/\/([^/[]+)/g, "/*[local-name()='$1']"))
}

function onlyForm(document: XmlDocument, path: string): string {
  const [element, ...more] = document.find(path)
  if (element === undefined || more.length > 0) return `${more.length} of ${path}`
  return (element as XmlElement).canonicalizeToString(exclusive) // the paths name elements only
}
