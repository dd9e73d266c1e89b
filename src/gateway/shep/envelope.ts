import { randomUUID } from 'node:crypto'
import { readXml, type XmlLimits } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { childrenNamed, elementsOf, pathOf, type XmlDocument, type XmlElement } from '../../xml/tree.ts'
import { documentBytes, element, type Markup } from '../../xml/write.ts'
import { soapNamespace } from './names.ts'

/** A SOAP 1.1 envelope as it was read: one Body with one element in it. */
export interface Envelope {
  readonly document: XmlDocument
  readonly header: XmlElement | null
  readonly body: XmlElement
  /** The operation, its response or a fault. */
  readonly content: XmlElement
}

/** @throws XmlRefused */
export function readEnvelope(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): Envelope {
  const document = readXml(bytes, limits)
  const { root } = document
  if (root.local !== 'Envelope' || root.namespace !== soapNamespace)
    throw new XmlRefused('schema', 'not an envelope of SOAP 1.1', pathOf(root))
  const [headers, bodies] = [childrenNamed(root, soapNamespace, 'Header'), childrenNamed(root, soapNamespace, 'Body')]
  const [header = null, body] = [headers[0], bodies[0]]
  if (bodies.length !== 1 || headers.length > 1 || body === undefined || elementsOf(root).length !== headers.length + 1)
    throw new XmlRefused('schema', 'an envelope has at most one Header and exactly one Body, and nothing beside them', pathOf(root))
  if (header !== null && elementsOf(root)[0] !== header) throw new XmlRefused('schema', 'the Header stands before the Body', pathOf(root))
  const [content, ...more] = elementsOf(body)
  if (content === undefined || more.length > 0) throw new XmlRefused('schema', 'the Body holds exactly one element', pathOf(body))
  return { document, header, body, content }
}

const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'

/** An envelope around an operation, its Body named so that a signature can refer to it. Times of the law do not matter here: the name is chance. */
export function envelopeBytes(content: Markup, id = `id-${randomUUID()}`): Buffer {
  const body = element('soap:Body', { 'xmlns:wsu': utility, 'wsu:Id': id }, content)
  return documentBytes(element('soap:Envelope', { 'xmlns:soap': soapNamespace }, element('soap:Header', {}), body))
}
