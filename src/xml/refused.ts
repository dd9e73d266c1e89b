/**
 * Why a document was not read. `where` is a byte offset, a line or an element's path, whichever the reader knew.
 *
 * - `oversize` more bytes, more depth or more elements than are allowed
 * - `doctype` it declares a document type: entities are never expanded, so none may be declared
 * - `encoding` not UTF-8
 * - `malformed` not well-formed XML 1.0 with namespaces
 * - `schema` well-formed, and not what its schema says
 */
export type XmlReason = 'oversize' | 'doctype' | 'encoding' | 'malformed' | 'schema'

/** A document of somebody else's that cannot be taken. Whoever asked for it answers with the fault of its protocol. */
export class XmlRefused extends Error {
  override name = 'XmlRefused'
  readonly reason: XmlReason
  readonly where: string | null

  constructor(reason: XmlReason, detail: string, where: string | null = null) {
    super(where === null ? detail : `${where}: ${detail}`)
    this.reason = reason
    this.where = where
  }
}
