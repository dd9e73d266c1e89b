/**
 * Takes out of a message what opens doors: passwords of senders, tokens, keys of services. Personal data stays, sealed under the key of the case. Works
 * on the text and not on a tree: what is kept must be what came, byte for byte elsewhere, also where it is no well-formed XML or was cut off. The journal
 * and the test contour's watch both show what this leaves.
 */

/** Local names, lower case, of elements and members whose content is never kept. `publicKey` goes with the consent token that it opens. */
const secrets = [
  'password',
  'passwd',
  'pwd',
  'kdptoken',
  'kdp_token',
  'publickey',
  'public-key',
  'code-token',
  'ovt',
  'code-verifier',
  'token',
  'auth_token',
  'accesstoken',
  'secret',
  'privatekey',
]

export interface Redacted {
  readonly text: string
  /** What was taken out, by the names of elements; the same name once. */
  readonly removed: readonly string[]
}

const names = secrets.join('|')
/** `<a:password x="…">…</a:password>`; the content may hold other elements, so the shortest run to the same closing tag. The bounds keep a hostile text from taking square time. */
const elements = new RegExp(`(<((?:[\\w.-]+:)?(?:${names}))(?:\\s[^>]{0,500}?)?(?<!/)>)([\\s\\S]*?)(</\\2\\s*>|$)`, 'gi')
/** The same escaped as text inside another element; `>` need not be escaped there. */
const escaped = new RegExp(
  `(&lt;((?:[\\w.-]+:)?(?:${names}))(?:\\s(?:(?!&gt;|>)[\\s\\S]){0,500}?)?(?:&gt;|>))([\\s\\S]*?)(&lt;/\\2\\s*(?:&gt;|>)|$)`,
  'gi',
)
const attributes = new RegExp(`(\\s((?:[\\w.-]+:)?(?:${names}))\\s*=\\s*)("[^"]*(?:"|$)|'[^']*(?:'|$))`, 'gi')
const members = new RegExp(`("(${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)`, 'gi')
const headers = /^((authorization|cookie|x-api-key)\s*:\s*).*$/gim

/** The consent service gives its token in an element that elsewhere holds harmless codes: known by the namespace of its answers. */
const consentAnswers = 'http://service.2fa-chain.kz/ns/kdp'
const consentCodes = /(<((?:[\w.-]+:)?code)(?:\s[^>]{0,500}?)?(?<!\/)>)([^<]*)(<\/\2\s*>|$)/gi

/** In place of what was taken out. */
export const mask = '[removed]'

export function redact(text: string): Redacted {
  const removed = new Set<string>()
  const note = (name: string) => removed.add(name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)
  const empty = (content: string) => content.trim() === ''
  const masked = (whole: string, open: string, name: string, content: string, close: string) => {
    if (empty(content)) return whole
    note(name)
    return `${open}${mask}${close}`
  }
  const clean = (text.includes(consentAnswers) ? text.replace(consentCodes, masked) : text)
    .replace(elements, masked)
    .replace(escaped, masked)
    .replace(attributes, (_, head: string, name: string) => {
      note(name)
      return `${head}"${mask}"`
    })
    .replace(members, (_, head: string, name: string) => {
      note(name)
      return `${head}"${mask}"`
    })
    .replace(headers, (_, head: string, name: string) => {
      note(name.toLowerCase())
      return `${head}${mask}`
    })
  return { text: clean, removed: [...removed] }
}
