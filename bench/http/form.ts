/** A form of a page as a browser without script sees it, filled as people fill it: what is asked for is answered with something lawful. */
export interface Form {
  readonly action: string
  readonly controls: readonly Control[]
}

interface Control {
  readonly kind: string
  readonly name: string
  readonly value: string
  readonly checked: boolean
  /** Of a list: what may be chosen. */
  readonly options: readonly string[]
}

const ordinary: readonly (readonly [RegExp, string | boolean])[] = [
  [/^application\.surname$/, 'Сынақова'],
  [/^application\.name$/, 'Айсұлу'],
  [/^application\.patronymic$/, 'Мысалқызы'],
  [/^application\.asks$/, 'moderator'],
  [/^application\.language$/, 'kk'],
  [/^application\.by$/, 'self'],
  [/^applicant\.phone$/, '+7 700 000 00 00'],
  [/^documents\.powerOfAttorney\.in$/, false],
  [/^documents\.\w+\.in$/, true],
  [/^documents\.\w+\.(originalSeen|copyTaken|returned)$/, true],
  [/^documents\.\w+\.held$/, false],
  [/^documents\.\w+\.number$/, '000000001'],
  [/^documents\.\w+\.validUntil$/, '01.01.2029'],
  [/^consent\.given$/, 'yes'],
  [/^differences$/, true],
  [/^consent\.form$/, 'written'],
  [/^identification\.kind$/, 'idCard'],
  [/^identification\.number$/, '000000001'],
  [/^findings\.\w+\.ok$/, 'yes'],
  [/^taken$/, true],
  [/^receiver\.who$/, 'self'],
  [/^receiver\.document\.kind$/, 'idCard'],
  [/^receiver\.document\.number$/, '000000001'],
  [/^receiver\.receiptShown$/, true],
]

const chosenAtWill: ReadonlySet<string> = new Set(['assignee', 'way', 'provider'])

const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' }
export const plain = (text: string): string => text.replaceAll(/&(amp|quot|#39|lt|gt);/g, (whole, name: string) => entities[name] ?? whole)

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>]|$)`).exec(tag)
  return found === null ? undefined : plain(found[1] ?? '')
}

/** The first form of the main part that makes something happen: forms without a key of their own are searches and switches. */
export function formIn(html: string): Form | undefined {
  const main = html.slice(html.indexOf('<main'))
  for (let from = main.indexOf('<form'); from >= 0; from = main.indexOf('<form', from + 5)) {
    const text = main.slice(from, main.indexOf('</form>', from))
    if (!text.includes('name="_key"')) continue
    const head = text.slice(0, text.indexOf('>'))
    const controls = [...text.matchAll(/<(input|select|textarea|button)\b[^>]*>/g)].flatMap((found): Control[] => {
      const [tag, kind = ''] = found
      const name = attribute(tag, 'name')
      if (name === undefined) return []
      const rest = kind === 'select' ? text.slice(found.index, text.indexOf('</select>', found.index)) : ''
      const options = [...rest.matchAll(/<option[^>]*>/g)].map(([option]) => attribute(option, 'value') ?? '')
      const type = kind === 'input' ? (attribute(tag, 'type') ?? 'text') : kind
      return [{ kind: type, name, value: attribute(tag, 'value') ?? '', checked: attribute(tag, 'checked') !== undefined, options }]
    })
    return { action: attribute(head, 'action') ?? '', controls }
  }
  return undefined
}

/** Of a finding or a ground: what a refused form asks for. */
const isAsked = (name: string): boolean => /\.(fact|remedy)$/.test(name)

/** What is sent when the form is filled; `typed` says what is not ordinary, `draw` a number from 0 to 1 where anything will do. */
export function fill({ controls }: Form, typed: Readonly<Record<string, string>>, draw: () => number): URLSearchParams {
  const sent = new URLSearchParams()
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(draw() * from.length)]
  const wanted = (name: string): string | boolean | undefined => typed[name] ?? ordinary.find(([pattern]) => pattern.test(name))?.[1]
  for (const [name, those] of Map.groupBy(controls, (control) => control.name)) {
    const [first] = those
    if (first === undefined || first.kind === 'file') continue
    const value = wanted(name)
    if (first.kind === 'hidden') for (const one of those) sent.append(name, one.value)
    else if (first.kind === 'checkbox') {
      const chosen = those.filter((one) => (value === undefined ? one.checked : value === true))
      for (const one of chosen) sent.append(name, one.value === '' ? 'on' : one.value)
    } else if (first.kind === 'radio' || first.kind === 'button') {
      const fit = those.filter((one) => (value === undefined ? one.checked : one.value === value))
      const one = fit[0] ?? (chosenAtWill.has(name) || first.kind === 'button' ? pick(those) : undefined)
      if (one !== undefined && (first.kind === 'radio' || chosenAtWill.has(name) || name === 'consent.given')) sent.append(name, one.value)
    } else if (first.kind === 'select') {
      const choices = first.options.filter((option) => option !== '')
      sent.append(name, (typeof value === 'string' ? value : chosenAtWill.has(name) ? pick(choices) : choices[0]) ?? '')
    } else sent.append(name, typeof value === 'string' ? value : first.value === '' && isAsked(name) ? 'Жоқ' : first.value)
  }
  return sent
}

/** Rows of a work list: where each leads. */
export const rowsIn = (html: string): string[] => [
  ...new Set(
    [...html.slice(html.indexOf('<main')).matchAll(/href="(\/cases\/[^"]*\/(?:steps\/[^"]*|intake[^"]*))"/g)].map(([, href = '']) =>
      plain(href),
    ),
  ),
]
