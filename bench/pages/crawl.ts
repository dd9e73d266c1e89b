/** Pages of one kind differ in what they show, not in how they are made. */
export const kindOf = (path: string): string =>
  (path.split(/[?#]/)[0] ?? '')
    .replace(/\d{3}-\d{6}-\d{5}-\d/, ':case')
    .replace(/\/papers\/[^/]+/, '/papers/:paper')
    .replace(/^\/calendar\/\d+/, '/calendar/:year')
    .replace(/^\/staff\/[^/]+/, '/staff/:person')
    .replace(/^\/hall\/[^/]+/, '/hall/:branch')
    .replace(/^\/regulations\/[^/]+/, '/regulations/:regulation')
    .replace(/^\/law\/[^/]+/, '/law/:act')
    .replace(/^\/search\/[^/]+/, '/search/:words')

/** Papers and texts of the law are files: they are made by a press and not drawn. */
const isFile = (href: string): boolean => /\/papers\/[^/]+$|\/file$|^\/assets\/|^\/api\/|\.(yaml|json|pdf)$/.test(href.split('?')[0] ?? '')

export type Get = (path: string) => Promise<{ readonly status: number; readonly text: string }>

/** Follows every link from the beginnings; gives up to `most` addresses of each kind of page. */
export async function crawl(get: Get, beginnings: readonly string[], most: number): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const seen = new Set<string>()
  const ahead = [...beginnings]
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    const kind = kindOf(path)
    const known = found.get(kind) ?? []
    if (seen.has(path) || known.length >= most) continue
    seen.add(path)
    const { status, text } = await get(path)
    if (status !== 200) continue
    found.set(kind, [...known, path])
    for (const [, href = ''] of text.matchAll(/href="([^"]+)"/g)) {
      const address = href.replaceAll('&amp;', '&').split('#')[0] ?? ''
      if (address.startsWith('/') && !address.startsWith('//') && !isFile(address) && !/[?&]lang=/.test(address)) ahead.push(address)
    }
  }
  return found
}
