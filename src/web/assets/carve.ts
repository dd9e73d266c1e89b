/** One rule of a style sheet: a style rule has `declarations`, a grouping at-rule (`@media`, `@supports`) has `rules`. */
export interface CssRule {
  prelude: string
  declarations?: string
  rules?: CssRule[]
}

export interface Carving {
  /** Blocks kept, as "govuk-button": the part of a class before `__` or `--`. A selector with any other block falls. */
  blocks: ReadonlySet<string>
  /** Whole declaration values to replace, as the type scale `1.1875rem` → `1rem`. */
  fontSizes: Readonly<Record<string, string>>
  /** Colours written out by the libraries → our own variables, which know light and dark. */
  colours: Readonly<Record<string, string>>
}

/** Position just after the brace that closes the one at `open`; strings and `url(data:…)` may hold braces. */
const closing = (css: string, open: number): number => {
  let depth = 0
  for (let at = open; at < css.length; at++) {
    const sign = css[at]
    if (sign === '"' || sign === "'") at = css.indexOf(sign, at + 1)
    else if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return at + 1
  }
  throw new Error(`style sheet: a brace opened at ${open} is never closed`)
}

export const parseCss = (text: string): CssRule[] => {
  const css = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/@(charset|import)[^;]*;/g, '')
  const rules: CssRule[] = []
  let at = 0
  for (let open = css.indexOf('{', at); open >= 0; open = css.indexOf('{', at)) {
    const end = closing(css, open)
    const prelude = css.slice(at, open).trim()
    const body = css.slice(open + 1, end - 1)
    rules.push(/^@(media|supports|layer)/.test(prelude) ? { prelude, rules: parseCss(body) } : { prelude, declarations: body })
    at = end
  }
  return rules
}

/** Commas inside `:not(a, b)` do not part selectors. */
const selectorsOf = (prelude: string): string[] => prelude.split(/,(?![^(]*\))/).map((selector) => selector.trim())

const blockOf = (name: string): string => name.split(/__|--/)[0] ?? name

const isUsed = (selector: string, blocks: Carving['blocks']): boolean => {
  // What a rule excludes is no use of it; `.\:hover` and its like are GOV.UK's demonstration of states.
  const names = [...selector.replaceAll(/:not\([^)]*\)/g, '').matchAll(/\.((?:\\.|[\w-])+)/g)].map((found) =>
    (found[1] ?? '').replaceAll('\\', ''),
  )
  return names.length > 0 && names.every((name) => blocks.has(blockOf(name)))
}

/** Their fonts and pictures are not ours to serve; type comes from `body`, colours from our variables. */
const unwanted = /^(font-family|-webkit-font-smoothing|-moz-osx-font-smoothing|\*?zoom)$/

const declarationsOf = (text: string, carving: Carving): string => {
  const kept = text.split(/;(?![^(]*\))/).flatMap((declaration) => {
    const colon = declaration.indexOf(':')
    const property = declaration.slice(0, colon).trim()
    const value = declaration.slice(colon + 1).trim()
    if (colon < 0 || unwanted.test(property) || value.includes('url(/')) return []
    if (property === 'font-size') return [`${property}:${carving.fontSizes[value] ?? value}`]
    const coloured = value
      .replaceAll(/var\((--[\w-]+),\s*#[\da-f]{3,8}\)/gi, 'var($1)')
      .replaceAll(/#[\da-f]{3,8}\b/gi, (colour) => carving.colours[colour.toLowerCase()] ?? colour)
    return [`${property}:${coloured}`]
  })
  return kept.join(';')
}

/** Queries for browsers that no longer exist. */
const obsolete = /-ms-high-contrast:none|\\0|not \(caret-color/

const carveRule = (rule: CssRule, carving: Carving): CssRule[] => {
  if (rule.rules) {
    const rules = obsolete.test(rule.prelude) ? [] : carveRules(rule.rules, carving)
    return rules.length > 0 ? [{ prelude: rule.prelude, rules }] : []
  }
  if (rule.prelude.startsWith('@')) return []
  const selectors = selectorsOf(rule.prelude).filter((selector) => isUsed(selector, carving.blocks))
  const declarations = declarationsOf(rule.declarations ?? '', carving)
  return selectors.length > 0 && declarations ? [{ prelude: selectors.join(','), declarations }] : []
}

/** Neighbours under the same query are joined: the libraries repeat `@media print` for each line of type. */
const join = (rules: CssRule[]): CssRule[] =>
  rules.reduce<CssRule[]>((done, rule) => {
    const last = done.at(-1)
    if (last?.rules && rule.rules && last.prelude === rule.prelude) last.rules.push(...rule.rules)
    else if (last?.declarations && rule.declarations && last.prelude === rule.prelude) last.declarations += `;${rule.declarations}`
    else done.push({ ...rule, ...(rule.rules ? { rules: [...rule.rules] } : {}) })
    return done
  }, [])

const carveRules = (rules: readonly CssRule[], carving: Carving): CssRule[] => join(rules.flatMap((rule) => carveRule(rule, carving)))

const print = (rules: readonly CssRule[]): string =>
  rules.map(({ prelude, declarations, rules: inner }) => `${prelude}{${inner ? print(inner) : declarations}}`).join('')

/** Pure: only the rules of the blocks used, in the order given (the cascade stays), under our colours and type scale. */
export const carve = (css: string, carving: Carving): string => print(carveRules(parseCss(css), carving))

/** White space and comments out of our own style sheets; they hold no string with a double space. */
export const squeeze = (css: string): string =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: /g, ':')
    .replaceAll(';}', '}')
    .trim()
