/** A reader of small HTML for comparing two renderings: attribute order, white space and spelling of entities do not matter. */
export type Node = { tag: string; attributes: Record<string, string>; children: (Node | string)[] }

const voids = new Set(['input', 'br', 'hr', 'img', 'link', 'meta', 'path'])
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", ctdot: '⋯', nbsp: '\u00a0' }

const decode = (text: string): string =>
  text.replaceAll(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (/^#x/i.test(name)) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
    return named[name] ?? whole
  })

const readAttributes = (text: string): Record<string, string> => {
  const found: [string, string][] = [...text.matchAll(/([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)].map((m) => [
    m[1] ?? '',
    decode(m[2] ?? m[3] ?? m[4] ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  ])
  // A browser keeps the first of two equal attributes.
  return Object.fromEntries(found.reverse().sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

export const parseHtml = (html: string): (Node | string)[] => {
  const root: Node = { tag: '', attributes: {}, children: [] }
  const open = [root]
  for (const [piece] of html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<\/?[a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>|[^<]+|</g)) {
    const top = open.at(-1) ?? root
    const tag = /^<\/?([a-zA-Z][\w-]*)/.exec(piece)?.[1]?.toLowerCase()
    if (!tag) {
      const text = decode(piece).replaceAll(/\s+/g, ' ').trim()
      if (text) top.children.push(text)
    } else if (piece.startsWith('</')) {
      if (top.tag === tag) open.pop()
    } else {
      const node: Node = { tag, attributes: readAttributes(piece.slice(tag.length + 1, -1)), children: [] }
      top.children.push(node)
      if (!voids.has(tag) && !piece.endsWith('/>')) open.push(node)
    }
  }
  return root.children
}
