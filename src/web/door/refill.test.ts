import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refill } from './refill.ts'

const form = (inside: string, action = '/cases/1/steps/a') =>
  `<p>a</p><form method="post" action="${action}">${inside}</form><input name="q" value="b"/>`
const fill = (inside: string, typed: Record<string, string>) =>
  refill(form(inside), '/cases/1/steps/a', new URLSearchParams(typed))
    ?.html.slice('<p>a</p><form method="post" action="/cases/1/steps/a">'.length)
    .replace(/<\/form>.*$/s, '')

describe('a form filled again', () => {
  it('holds what was typed, in every kind of field', () => {
    expect(fill('<input name="n" type="text" value="old" id="n"/>', { n: 'Іңкәр "Қ" <b>' })).toBe(
      '<input name="n" type="text" id="n" value="Іңкәр &quot;Қ&quot; &lt;b&gt;"/>',
    )
    expect(fill('<input name="n"/>', { n: 'x' })).toBe('<input name="n" value="x"/>')
    expect(
      fill('<input type="checkbox" name="c" value="yes" checked=""/><input type="checkbox" name="d" value="yes"/>', { d: 'yes' }),
    ).toBe('<input type="checkbox" name="c" value="yes"/><input type="checkbox" name="d" value="yes" checked=""/>')
    expect(fill('<textarea name="t" rows="5">old</textarea>', { t: '\nа < б' })).toBe('<textarea name="t" rows="5">\n\nа &lt; б</textarea>')
    expect(fill('<select name="s"><option value="a" selected="">A</option><option value="b">B</option></select>', { s: 'b' })).toBe(
      '<select name="s"><option value="a">A</option><option value="b" selected="">B</option></select>',
    )
    expect(fill('<input type="hidden" name="documents.a.file" value=""/>', { 'documents.a.file': 'd1' })).toContain('value="d1"')
  })

  it("keeps the door's own fields, passwords and files as the page has them", () => {
    for (const field of [
      '<input type="hidden" name="_csrf" value="new"/>',
      '<input type="password" name="p" value=""/>',
      '<input type="file" name="f"/>',
    ])
      expect(fill(`${field}<input name="n"/>`, { _csrf: 'old', p: 'secret', f: 'C:\\fakepath', n: 'x' })).toBe(
        `${field}<input name="n" value="x"/>`,
      )
  })

  it('is that of its address and step alone', () => {
    const typed = new URLSearchParams({ n: 'x', _step: 'a' })
    expect(refill(form('<input name="n"/>', '/other'), '/cases/1/steps/a', typed)).toBeNull()
    expect(refill(form('<input name="n"/>').replace('post', 'get'), '/cases/1/steps/a', typed)).toBeNull()
    expect(refill(form('<input type="hidden" name="_step" value="b"/><input name="n"/>'), '/cases/1/steps/a', typed)).toBeNull()
    expect(refill(form('<input type="hidden" name="_step" value="a"/><input name="n"/>'), '/cases/1/steps/a', typed)?.html).toContain(
      'value="x"',
    )
    expect(refill(form('<input name="n"/>'), '/cases/1/steps/a', new URLSearchParams({ n: 'x', q: 'z' }))?.html).toContain(
      'name="q" value="b"',
    )
    expect(refill(form('<input name="n"/>'), '/cases/1/steps/a', new URLSearchParams({ q: 'z' }))).toBeNull()
  })

  it('never lets a typed value become a tag, and is the same when filled twice', () => {
    const inside = '<input name="n" value=""/><textarea name="t"></textarea><select name="s"><option value="a">A</option></select>'
    const tags = (html: string) => html.replaceAll(/"[^"]*"/g, '""').match(/<\/?[a-z]+/g)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (n, t) => {
        const once = fill(inside, { n, t, s: n }) ?? ''
        expect(tags(once)).toEqual(tags(inside))
        const whole = refill(form(once), '/cases/1/steps/a', new URLSearchParams({ n, t, s: n }))?.html
        expect(whole).toContain('</form>')
        expect(tags(whole ?? '')).toEqual(tags(form(inside)))
      }),
      { numRuns: 2000 },
    )
  })
})
