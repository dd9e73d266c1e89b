import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { type CanonicalForm, canonicalXml } from './canonical.ts'
import { readXml } from './read.ts'
import { descendants } from './tree.ts'

const { XmlC14NMode, XmlDocument: Libxml, XmlStringOutputBufferHandler } = await import('libxml2-wasm')

/** From the recommendations' own examples, and what implementations have differed in. */
const documents: Readonly<Record<string, string>> = {
  'comments and instructions outside the root': '<?xml version="1.0"?>\n\n<?sheet href="doc.xsl"\n   type="text/xsl"   ?>\n\n<doc>Hello<!-- c --></doc>\n\n<?without?>\n\n<!-- 1 -->\n\n<!-- 2 -->\n',
  'whitespace as it is': '<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n   <mixed>\n      A\n      <clean>   </clean>\n   </mixed>\r\n</doc>',
  'tags, attributes and namespaces in order':
    '<doc><e1   /><e2   ></e2><e3   name = "elem3"   id="elem3"   /><e5 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/><e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org"/></e8></e7></e6></doc>',
  'references to characters': '<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute><norm attr=" &apos;   &#x20;&#13;&#xa;&#9;   &apos; "/><q a="&quot;&lt;>&gt;&amp;"/></doc>',
  'xml:lang of an element above': '<a:doc xmlns:a="urn:a" xmlns:unused="urn:u" xml:lang="kk" xml:space="preserve"><a:mid xml:lang="ru"><part xmlns="urn:p" b="1"><a:in/></part></a:mid></a:doc>',
  'a default namespace that comes and goes': '<doc xmlns="urn:1"><x xmlns=""><y/></x><z xmlns="urn:1"><p:q xmlns:p="urn:p" xmlns="urn:2"><r xmlns=""/></p:q></z></doc>',
  'a prefix that changes its meaning': '<p:doc xmlns:p="urn:1"><p:a xmlns:p="urn:2"><p:b xmlns:p="urn:1" p:c="1"/></p:a></p:doc>',
  'attributes by the code points of their names': '<d xmlns:z="urn:a" xmlns:\u{10000}="urn:b" xmlns:\ufb01="urn:c" \u{10000}="1" \ufb01="2" z:x="3" x="4" \u{10000}:x="5" \ufb01:x="6"/>',
  'Kazakh and signs beyond the plane': '<құжат аты="Ғылым &#x1F600;">😀 ңғүұқөһі ]] &gt;</құжат>',
} // biome-ignore format: a list of documents reads better in lines

const forms: Readonly<Record<string, CanonicalForm>> = {
  'Canonical XML': { exclusive: false, comments: false },
  'Canonical XML with comments': { exclusive: false, comments: true },
  'exclusive form': { exclusive: true, comments: false },
  'exclusive form with comments': { exclusive: true, comments: true },
  'exclusive form with inclusive prefixes': { exclusive: true, comments: false, inclusive: ['a', 'unused', ''] },
}

/** What libxml2 makes of the whole document, or of its nth element. */
function libxmlForm(text: string, form: CanonicalForm, nth: number | null): string {
  const document = Libxml.fromString(text)
  const out = new XmlStringOutputBufferHandler()
  const options = {
    mode: form.exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
    withComments: form.comments,
    ...(form.inclusive ? { inclusiveNamespacePrefixes: form.inclusive.map((prefix) => prefix || '#default') } : {}),
  }
  const element = nth === null ? null : document.find('//*')[nth]
  if (element && 'canonicalizeToString' in element) {
    const said = element.canonicalizeToString(options)
    document.dispose()
    return said
  }
  document.canonicalize(out, options)
  document.dispose()
  return out.result
}

describe.each(Object.entries(forms))('%s', (_, form) => {
  it.each(Object.entries(documents))('agrees with libxml2: %s', (_, text) => {
    const document = readXml(Buffer.from(text), { instructions: true })
    expect(String(canonicalXml(document, form))).toBe(libxmlForm(text, form, null))
  })

  it.each(Object.entries(documents))('agrees with libxml2 on each element: %s', (_, text) => {
    const { root } = readXml(Buffer.from(text), { instructions: true })
    const ours = [...descendants(root)].map((element) => String(canonicalXml(element, form)))
    expect(ours).toEqual(ours.map((_, nth) => libxmlForm(text, form, nth)))
  })
})

describe('canonical form', () => {
  it('leaves out the signature that stands inside', () => {
    const { root } = readXml(Buffer.from('<a>1<sig><b/></sig>2</a>'))
    const signature = [...descendants(root)][1] ?? null
    expect(String(canonicalXml(root, { exclusive: false, comments: true }, signature))).toBe('<a>12</a>')
  })

  it('is given to no relative namespace', () => {
    const { root } = readXml(Buffer.from('<a xmlns="relative"/>'))
    expect(() => canonicalXml(root, { exclusive: true, comments: false })).toThrow('relative')
  })

  it('does not grow with declarations above', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? '<x xmlns:q="urn:q"/>'.repeat(20_000)
        : `<a ${Array.from({ length: 60 }, (_, i) => `xmlns:p${depth}_${i}="urn:${i}"`).join(' ')}>${nest(depth - 1)}</a>`
    const document = readXml(Buffer.from(nest(60)))
    const began = process.cpuUsage()
    canonicalXml(document, { exclusive: false, comments: false })
    // Of the processor: on a busy machine waiting says nothing.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2500)
  })
})

describe.skipIf(spawnSync('xmllint', ['--version']).status !== 0)('xmllint (absent: skipped)', () => {
  it.each([
    ['--c14n', forms['Canonical XML with comments']],
    ['--exc-c14n', forms['exclusive form with comments']],
  ] as const)('%s says the same', (option, form) => {
    for (const text of Object.values(documents)) {
      const theirs = spawnSync('xmllint', [option, '-'], { input: text }).stdout.toString()
      expect(String(canonicalXml(readXml(Buffer.from(text), { instructions: true }), form ?? { exclusive: true, comments: true }))).toBe(
        theirs,
      )
    }
  })
})
