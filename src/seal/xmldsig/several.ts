import { descendants, pathOf, type XmlDocument, type XmlElement } from '../../xml/tree.ts'
import { payloadDocument } from './enveloped.ts'
import { judgeSignature, type XmlTrust } from './judge.ts'
import { dsigNamespace } from './names.ts'
import { partsOf } from './parts.ts'
import { NotValid, refuse, type XmlVerdict } from './verdict.ts'

/** One signature of a document, and over what it is. */
export interface OneOfSeveral {
  readonly verdict: Exclude<XmlVerdict, { kind: 'missing' }>
  /** null: the whole document, but the signature itself and those that came later. Else the path of the element that is signed: the rest is nobody's. */
  readonly part: string | null
}

/** Every signature costs a canonical form of what it is over, twice where others came after it. */
const most = { signatures: 32, written: 64 << 20 }

/**
 * Judges every signature of a document: one after the other under the root, as NCALayer and eGov put them (each over the document as it was then, so over the
 * signatures before it, and not over those after it: the published verifiers of the country take the last one away and go on with the one before), and those inside of a part
 * of it, or beside one, which they name by an identifier that nothing else has, or which was a document of its own before it was put into this one. Never throws for what stands in the document.
 * @returns null: more signatures than are judged at once, or too much to be written for them
 */
export async function verifySeveral(document: XmlDocument, trust: XmlTrust = {}): Promise<OneOfSeveral[] | null> {
  const { root, text } = document
  const all = [...descendants(root)].filter(isSignature)
  if (all.length > most.signatures || 2 * all.length * text.length > most.written) return null
  const judged: OneOfSeveral[] = []
  for (const [place, signature] of all.entries()) {
    const one = await judgeOne(signature, root, all.slice(place + 1), trust)
    judged.push((isOther(one) ? await asPayload(document, signature, trust) : null) ?? one)
  }
  return judged
}

const isOther = ({ verdict }: OneOfSeveral): boolean => verdict.kind === 'refused' && verdict.reason === 'otherContent'

/** By what the signature stands in, as a document; null: it is not signed as one either. */
async function asPayload(document: XmlDocument, signature: XmlElement, trust: XmlTrust): Promise<OneOfSeveral | null> {
  const { parent } = signature
  const payload = parent === null || parent === document.root ? null : payloadDocument(document, parent)
  if (parent === null || payload === null) return null
  const all = [...descendants(payload.root)].filter(isSignature)
  const place = [...descendants(parent)].filter(isSignature).indexOf(signature)
  const same = all[place]
  if (same === undefined) return null
  const { verdict, part } = await judgeOne(same, payload.root, all.slice(place + 1), trust)
  return verdict.kind === 'valid' && part === null ? { verdict, part: pathOf(parent) } : null
}

const isSignature = ({ local, namespace }: XmlElement): boolean => local === 'Signature' && namespace === dsigNamespace

async function judgeOne(signature: XmlElement, root: XmlElement, later: readonly XmlElement[], trust: XmlTrust): Promise<OneOfSeveral> {
  try {
    const { uri } = partsOf(signature).reference
    const element = uri === '' ? root : named(uri, root)
    const part = element === root ? null : pathOf(element)
    const expected = { element, uris: [uri], enveloped: isInside(signature, element), later }
    const verdict = await judgeSignature(signature, expected, trust)
    // It was asked for one signature, so there is one.
    return { verdict: verdict.kind === 'missing' ? damaged('no signature') : verdict, part }
  } catch (cause) {
    if (!(cause instanceof NotValid)) throw cause
    return { verdict: { kind: 'refused', reason: cause.reason, detail: cause.message, certificate: null }, part: null }
  }
}

const damaged = (detail: string) => ({ kind: 'refused', reason: 'damaged', detail, certificate: null }) as const // the words

/** The one element with this identifier, whatever its attribute is called; two would let one be signed and the other be read. */
function named(uri: string, root: XmlElement): XmlElement {
  const id = uri.startsWith('#') ? uri.slice(1) : ''
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(id)) return refuse('otherContent', 'a Reference to something outside, or by an expression')
  const found = [...descendants(root)].filter(({ attributes }) =>
    attributes.some(({ local, value }) => value === id && local.toLowerCase().endsWith('id')),
  )
  const [only] = found
  if (only === undefined || found.length > 1) return refuse('otherContent', 'no element of this identifier, or several')
  const isIdentifier = only.attributes.some(({ local, value }) => value === id && /^(?:id|Id|ID)$/.test(local))
  return isIdentifier ? only : refuse('otherContent', 'what looks like an identifier is none')
}

function isInside(signature: XmlElement, element: XmlElement): boolean {
  for (let at: XmlElement | null = signature; at !== null; at = at.parent) if (at === element) return true
  return false
}
