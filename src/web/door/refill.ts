/** Fills a form of our own pages, as HTML, with what was typed into it before. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Attributes are always in double quotes: pages are written by one renderer. */
const tag = (names: string) => new RegExp(`<(${names})\\b((?:[^>"]|"[^"]*")*?)(\\s*/?)>`, 'g')

const attribute = (text: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1]
  return found === undefined ? undefined : plain(found)
}
const without = (text: string, name: string): string => text.replace(new RegExp(`\\s${name}(?:="[^"]*")?(?=\\s|$)`), '')

export interface Refilled {
  readonly html: string
  /** Where the form begins. */
  readonly at: number
}

/**
 * Every form of the page that is sent to this address; `at` is the first in which something was typed. null: there is none, or it is about another
 * step (`_step`) than the one that was typed. Fields of the door (`_csrf`, `_key` …), passwords and files stay as they are.
 */
export function refill(html: string, action: string, values: URLSearchParams): Refilled | null {
  let [done, last, at] = ['', 0, -1]
  for (const found of html.matchAll(tag('form'))) {
    if (attribute(found[2] ?? '', 'action') !== action || attribute(found[2] ?? '', 'method') !== 'post') continue
    const from = found.index + found[0].length
    const end = html.indexOf('</form>', from)
    const inside = html.slice(from, end)
    if (end < 0 || isOtherStep(inside, values) || !asks(inside, values)) continue
    done += html.slice(last, found.index)
    if (at < 0) at = done.length
    done += `${found[0]}${filled(inside, values)}`
    last = end
  }
  return at < 0 ? null : { html: `${done}${html.slice(last)}`, at }
}

/** Something that was typed has its place in the form. */
const asks = (inside: string, values: URLSearchParams): boolean =>
  [...inside.matchAll(tag('input|select|textarea'))].some(([, , attributes]) => {
    const name = attribute(attributes ?? '', 'name')
    return name !== undefined && !name.startsWith('_') && values.has(name)
  })

function isOtherStep(inside: string, values: URLSearchParams): boolean {
  const step = values.get('_step')
  const field = [...inside.matchAll(tag('input'))].find(([, , attributes]) => attribute(attributes ?? '', 'name') === '_step')
  return step !== null && field !== undefined && attribute(field[2] ?? '', 'value') !== step
}

const filled = (inside: string, values: URLSearchParams): string =>
  inside
    .replaceAll(tag('input'), (whole, _, attributes: string, end: string) => filledInput(whole, attributes, end, values))
    .replaceAll(/(<textarea\b(?:[^>"]|"[^"]*")*>)([^<]*)(<\/textarea>)/g, (whole, open: string, _, close: string) => {
      const value = typedIn(open, values)
      // The line end right after the tag is the tag's own.
      return value === undefined ? whole : `${open}\n${escaped(value)}${close}`
    })
    .replaceAll(/(<select\b(?:[^>"]|"[^"]*")*>)([\s\S]*?)(<\/select>)/g, (whole, open: string, options: string, close: string) => {
      const value = typedIn(open, values)
      return value === undefined ? whole : `${open}${selected(options, value)}${close}`
    })

const typedIn = (attributes: string, values: URLSearchParams): string | undefined => {
  const name = attribute(attributes, 'name')
  return name === undefined || name.startsWith('_') ? undefined : (values.get(name) ?? undefined)
}

const kept = new Set(['password', 'file', 'submit', 'button', 'image', 'reset'])

function filledInput(whole: string, attributes: string, end: string, values: URLSearchParams): string {
  const [name, type] = [attribute(attributes, 'name'), attribute(attributes, 'type') ?? 'text']
  if (name === undefined || name.startsWith('_') || kept.has(type)) return whole
  if (type === 'checkbox' || type === 'radio') {
    const ticked = values.getAll(name).includes(attribute(attributes, 'value') ?? 'on')
    return `<input${without(attributes, 'checked')}${ticked ? ' checked=""' : ''}${end}>`
  }
  const value = values.get(name)
  return value === null ? whole : `<input${without(attributes, 'value')} value="${escaped(value)}"${end}>`
}

const selected = (options: string, value: string): string =>
  options.replaceAll(tag('option'), (_, __, attributes: string, end: string) => {
    const chosen = attribute(attributes, 'value') === value
    return `<option${without(attributes, 'selected')}${chosen ? ' selected=""' : ''}${end}>`
  })
