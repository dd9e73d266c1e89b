import { readFileSync } from 'node:fs'
import type * as Libxml from 'libxml2-wasm'
import { canonicalXml } from './canonical.ts'
import type { XmlDocument, XmlElement } from './tree.ts'

/** Schemas of W3C XML Schema 1.0, checked by libxml2. */
export interface XmlSchema {
  /** What the document does not keep to, each with the element's path or line; empty: valid. */
  problems(document: XmlDocument | XmlElement | Uint8Array): string[]
  dispose(): void
}

const mostProblems = 20

/**
 * Compiles a schema file; what it includes or imports is looked for beside it. libxml2 (1 MB of WebAssembly) is loaded at the first call, so
 * that commands without XML do not pay for it.
 */
export async function openSchema(file: URL): Promise<XmlSchema> {
  const { XmlDocument: Document, XsdValidator, XmlLibError } = await libxml()
  const source = Document.fromBuffer(readFileSync(file), { url: file.href })
  let validator: InstanceType<typeof XsdValidator>
  try {
    validator = XsdValidator.fromDoc(source)
  } finally {
    source.dispose()
  }
  return {
    problems(subject) {
      // What is checked is our own reading of the document, written anew: libxml2 sees no sign that our reader did not take.
      const bytes = subject instanceof Uint8Array ? subject : canonicalXml(subject, { exclusive: false, comments: false })
      let document: Libxml.XmlDocument | null = null
      try {
        // It takes less than our reader does: a namespace has to be a URI by the letter. That too is a document of another shape.
        document = Document.fromBuffer(bytes)
        validator.validate(document)
        return []
      } catch (cause) {
        if (!(cause instanceof XmlLibError)) throw cause
        return cause.details.slice(0, mostProblems).map(({ message }) => message.trim())
      } finally {
        document?.dispose()
      }
    },
    dispose: () => validator.dispose(),
  }
}

let loading: Promise<typeof Libxml> | null = null

function libxml(): Promise<typeof Libxml> {
  loading ??= import('libxml2-wasm').then((library) => {
    // Files only, by the file: addresses of the schemas themselves: a schema of ours names no other place, and a checked document has none to name.
    const open = new Map<number, { bytes: Uint8Array; at: number }>()
    let next = 1
    library.xmlRegisterInputProvider({
      match: (name) => name.startsWith('file:') && name.endsWith('.xsd'),
      open: (name) => {
        open.set(next, { bytes: readFileSync(new URL(name)), at: 0 })
        return next++
      },
      read: (handle, buffer) => {
        const file = open.get(handle)
        if (!file) return -1
        const part = file.bytes.subarray(file.at, file.at + buffer.byteLength)
        buffer.set(part)
        file.at += part.length
        return part.length
      },
      close: (handle) => open.delete(handle),
    })
    return library
  })
  return loading
}
