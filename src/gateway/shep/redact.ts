import { createHash } from 'node:crypto'
import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { descendants, type XmlElement } from '../../xml/tree.ts'

/** What opens other systems to whoever reads it: passwords of senders, tokens of consent and of organisations. By local name: some qualify them. */
const secret: ReadonlySet<string> = new Set(['password', 'kdpToken', 'publicKey', 'public-key', 'ovt', 'auth_token'])
const mark = '***'

export interface Redaction {
  /** Also everything in `data` gives way to its SHA-256: nothing about a person is left. */
  readonly payload: boolean
}

/**
 * A message as it may be kept or shown. What cannot be read as XML is not shown at all, since nobody knows where its secrets stand: only its
 * length and SHA-256. A text value of a payload may hold XML of its own (`data` of some services is escaped XML): it is redacted whole if it does.
 */
export function redacted(bytes: Uint8Array, { payload }: Redaction = { payload: true }): string {
  try {
    const { root, text } = readXml(bytes, { instructions: true })
    return cut(text, hidden(root, payload, text))
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause
    return `[${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}]`
  }
}

interface Cut {
  readonly from: number
  readonly until: number
  readonly instead: string
}

function hidden(root: XmlElement, payload: boolean, text: string): Cut[] {
  const cuts: Cut[] = []
  let behind = 0
  for (const element of descendants(root)) {
    const { open, close, start } = element.span
    if (start < behind || close <= open) continue
    const inside = text.slice(open, close)
    const isPayload = payload && element.local === 'data'
    const isEscaped = element.children.every(({ kind }) => kind !== 'element') && /&lt;|<!\[CDATA\[/.test(inside)
    if (!isPayload && !isEscaped && !secret.has(element.local)) continue
    // Without a digest where the value is short enough to be guessed from it.
    const instead = isPayload ? `<!-- SHA-256 ${createHash('sha256').update(inside).digest('hex')} -->` : mark
    cuts.push({ from: open, until: close, instead })
    behind = close
  }
  return cuts
}

function cut(text: string, cuts: readonly Cut[]): string {
  let [shown, at] = ['', 0]
  for (const { from, until, instead } of cuts) {
    shown += text.slice(at, from) + instead
    at = until
  }
  return shown + text.slice(at)
}
