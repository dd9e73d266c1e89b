import { describe, expect, it } from 'vitest'
import { mask, redact } from './redact.ts'

describe('a message for the journal', () => {
  it('loses what opens doors and nothing else', () => {
    const message = `<sender><senderId>demo-iis</senderId><password>demo&lt;secret</password></sender>
      <q:kdpToken xsi:type="x">eyJ</q:kdpToken><publicKey>MIIB</publicKey><password/><password></password><iin>840404499918</iin>`
    const { text, removed } = redact(message)
    expect(text).toBe(message.replace('demo&lt;secret', mask).replace('>eyJ<', `>${mask}<`).replace('MIIB', mask))
    expect([...removed].sort()).toEqual(['kdpToken', 'password', 'publicKey'])
  })

  it('loses them also where they are escaped, in JSON, in attributes, in headers and in what is cut off', () => {
    expect(redact('<data>&lt;password x=&quot;1&quot;&gt;demo&lt;/password&gt;</data>').text).not.toContain('demo')
    expect(redact('{"password":"de\\"mo","iin":"1"}').text).toBe(`{"password":"${mask}","iin":"1"}`)
    expect(redact('<sender password = "demo" id="7"/>').text).toBe(`<sender password = "${mask}" id="7"/>`)
    expect(redact('Authorization: Bearer demo\nHost: x').text).toBe(`Authorization: ${mask}\nHost: x`)
    expect(redact('<sender><password>demo-sec').text).not.toContain('demo')
    expect(redact('<Password>demo</Password>').text).not.toContain('demo')
    for (const cut of ['{"token":"demo', '{"token":"demo\\', '<sender password="demo', "<sender password='demo", '<code-verifier>demo'])
      expect(redact(cut).text, cut).not.toContain('demo')
  })

  it("loses the consent service's token, and no other code", () => {
    const answer = '<k:data xmlns:k="http://service.2fa-chain.kz/ns/kdp"><k:status>VALID</k:status><k:code>c2VjcmV0</k:code></k:data>'
    expect(redact(answer)).toEqual({ text: answer.replace('c2VjcmV0', mask), removed: ['code'] })
    expect(redact('<status><code>SCSS001</code></status>').removed).toEqual([])
  })

  it('takes no square time for a hostile text', () => {
    for (const part of ['<password ', '<password>', '&lt;password ', ' password="', '"password":"', '<a:', 'password: ']) {
      const began = performance.now()
      redact(part.repeat(Math.ceil(400_000 / part.length)))
      expect(performance.now() - began, part).toBeLessThan(2_000)
    }
  })
})
