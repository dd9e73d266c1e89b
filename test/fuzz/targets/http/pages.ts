import type { TestHouse } from '../../../house.ts'
import type { Form, Sample } from '../http.ts'
import type { Visitors } from './visitors.ts'

const beginnings = [
  '/', '/sign-in', '/track', '/regulations', '/why', '/demo', '/demo/messages', '/keys', '/components', '/work', '/work/round', '/work/several', '/cases/new', '/search',
  '/overview', '/overview/cases', '/overview/norms', '/overview/now.csv', '/overview/norms.csv', '/overview/cases.csv', '/staff', '/staff/new', '/staff/organisations', '/staff/organisations/new',
  '/staff/work', '/journal', '/me', '/performers', '/window', '/password', '/grant', '/saved-form/others', '/session', '/calendar/2019', '/live',
] // biome-ignore format: addresses read better in lines
const visitors = [
  '',
  'almaty.clerk',
  'almaty.head',
  'almaty.specialist',
  'almaty.supervisor',
  'almaty.operator',
  'aktobe.operator',
  'aktobe.courier',
  'almaty.administrator',
]
/** What would end the visit of everybody else. */
const left = /^\/(sign-out|assets)/
const mostOfKind = 3

/** Pages as each visitor finds them, from link to link, and every form on them as it would be sent. */
export async function pageSamples({ app }: TestHouse, who: Visitors, brief = false): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const as of brief ? ['', 'almaty.clerk'] : visitors) {
    const seen = new Map<string, number>()
    const ahead = [...beginnings]
    for (let path = ahead.shift(); path !== undefined && samples.length < 4000; path = ahead.shift()) {
      const kind = path.replaceAll(/\d{3}-\d{6}-\d{5}-\d|[0-9a-f-]{30,}/g, ':').replaceAll(/=[^&]*/g, '=')
      const times = seen.get(kind) ?? 0
      seen.set(kind, times + 1)
      if (times >= (brief ? 1 : mostOfKind) || left.test(path)) continue
      samples.push({ as, method: 'GET', path })
      const answer = await app.request(path, { headers: await who.headersOf(as, path) })
      if (!/html/.test(answer.headers.get('content-type') ?? '')) {
        await answer.body?.cancel()
        continue
      }
      const html = await answer.text()
      for (const [, href = ''] of html.matchAll(/href="(\/[^"/][^"#]*)/g)) ahead.push(plain(href))
      for (const form of formsOf(html)) {
        const known = seen.get(`form ${form.path.replaceAll(/\d+/g, '')}`) ?? 0
        seen.set(`form ${form.path.replaceAll(/\d+/g, '')}`, known + 1)
        if (known >= mostOfKind || left.test(form.path)) continue
        const { method, fields } = form
        if (method === 'GET')
          samples.push({ as, method, path: `${form.path}?${new URLSearchParams(fields.map(([name, value]) => [name, value]))}` })
        // A form tells more than a page: it is chosen more often.
        else for (let turn = 0; turn < 4; turn++) samples.push({ as, method, path: form.path, body: { form: fields } })
      }
    }
  }
  return samples
}

const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')

function formsOf(html: string): { path: string; method: string; fields: Form['form'] }[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
    const inputs = [...inside.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>([^<]*)/g)].flatMap(
      ([, of = '', text = '']): [string, string][] => {
        const name = attribute(of, 'name')
        return name === undefined ? [] : [[name, attribute(of, 'value') ?? text]]
      },
    )
    const typed = inputs.map(([name, value]): [string, string] => [name, value === '' ? (usual(name) ?? '') : value])
    return { path: attribute(head, 'action') ?? '/', method: (attribute(head, 'method') ?? 'get').toUpperCase(), fields: typed }
  })
}

const attribute = (of: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(of)?.[1]
  return found === undefined ? undefined : plain(found)
}

const usual = (name: string): string | undefined =>
  ({
    iin: '850412499913',
    surname: 'Үлгібаева',
    name: 'Айгүл',
    q: 'Үлгібаева',
    reason: 'Себебі бар',
    date: '14.10.2019',
    phone: '+7 700 000 00 00',
    password: 'x',
    login: 'almaty.clerk',
  })[name.split('.').at(-1) ?? '']
