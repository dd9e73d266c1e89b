import { describe, expect, it } from 'vitest'
import { carve, parseCss, squeeze } from './carve.ts'

const carving = { blocks: new Set(['govuk-tag', 'govuk-link']), fontSizes: { '1.1875rem': '1rem' }, colours: { '#0b0c0c': 'var(--ink)' } }

describe('carve', () => {
  it('keeps the rules of the blocks used, and of the others only the shared selectors', () => {
    expect(carve('.govuk-tag{a:b}.govuk-tag__x:hover{c:d}.govuk-panel{e:f}.govuk-panel,.govuk-tag--red{g:h}', carving)).toBe(
      '.govuk-tag{a:b}.govuk-tag__x:hover{c:d}.govuk-tag--red{g:h}',
    )
    expect(carve('.govuk-link:not(:focus):not(.\\:focus),.govuk-link.\\:hover{a:b}', carving)).toBe(
      '.govuk-link:not(:focus):not(.\\:focus){a:b}',
    )
    expect(carve('.govuk-panel .govuk-link{a:b}.govuk-tag .govuk-link{c:d}', carving)).toBe('.govuk-tag .govuk-link{c:d}')
  })

  it('goes into media queries, drops empty ones and joins equal neighbours', () => {
    expect(carve('@media print{.govuk-tag{a:b}}@media print{.govuk-link{c:d}}@media print{.govuk-x{e:f}}', carving)).toBe(
      '@media print{.govuk-tag{a:b}.govuk-link{c:d}}',
    )
  })

  it('takes no foreign font or picture, and writes our sizes and colours', () => {
    expect(
      carve(
        '@font-face{font-family:X}.govuk-tag{font-family:GDS Transport,arial;font-size:1.1875rem;color:#0b0c0c;background:url(/assets/a.png)}',
        carving,
      ),
    ).toBe('.govuk-tag{font-size:1rem;color:var(--ink)}')
    expect(carve('.govuk-tag{color:var(--govuk-x, #fff)}', carving)).toBe('.govuk-tag{color:var(--govuk-x)}')
  })

  it('is not led astray by braces in strings', () => {
    expect(parseCss('.a{content:"}"}.b{c:d}').map(({ prelude }) => prelude)).toEqual(['.a', '.b'])
    expect(() => parseCss('.a{b:c')).toThrow('never closed')
  })
})

describe('squeeze', () => {
  it('keeps meaning', () => {
    expect(squeeze('/* why */\n.a > .b,\n.c {\n  color: red;\n  margin: 0 auto;\n}\n')).toBe('.a > .b,.c{color:red;margin:0 auto}')
  })
})
