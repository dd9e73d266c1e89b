import { openTestHouse, type TestHouse } from '../../house.ts'
import type { Chance } from '../chance.ts'
import { mutateBytes, mutateJson, mutateText, shreds } from '../mutate.ts'
import type { Input, Running, Target } from '../target.ts'
import { apiSamples } from './http/api.ts'
import { pageSamples } from './http/pages.ts'
import { Visitors } from './http/visitors.ts'

/** A request as somebody honest sends it: `as` names who, so that the door lets its changed copies in. */
export interface Sample {
  readonly as: string | null
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Form | { readonly json: unknown } | { readonly bytes: Buffer }
}
export interface Form {
  readonly form: readonly (readonly [name: string, value: string])[]
}

/** Requests to the whole application, database included, without a socket. A fault is an answer of 500, or that there is none. */
const httpTarget = (
  name: string,
  weight: number,
  samplesOf: (house: TestHouse, visitors: Visitors, brief?: boolean) => Promise<Sample[]>,
): Target => ({
  name,
  weight,
  limitMs: 30_000,
  open: async ({ brief }): Promise<Running> => {
    const opened = await openTestHouse()
    const visitors = new Visitors(opened)
    const samples = await samplesOf(opened, visitors, brief)
    let told = 0
    return {
      make: (chance) => spoil(chance, chance.pick(samples), samples),
      run: async (input) => {
        // What commands leave behind wears out: time is set back, so that acts stay in force and terms can be counted.
        if (++told % 100 === 0) await opened.clock.set(Date.parse('2019-10-14T10:00:00+06:00') + told)
        await ask(opened, visitors, input)
      },
      close: () => opened.close(),
    }
  },
})

const readable = (samples: readonly Sample[]) => samples.map(({ body }) => (body && 'form' in body ? body.form : []))

/** Parts: who, method, path, headers as JSON, body. */
function spoil(chance: Chance, sample: Sample, samples: readonly Sample[]): Input {
  const path = chance.oneIn(3) ? spoilPath(chance, sample.path, chance.pick(samples).path) : sample.path
  const headers = { ...sample.headers, ...(chance.oneIn(4) ? oddHeader(chance) : {}) }
  const method = chance.oneIn(30) ? chance.pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']) : sample.method
  const as = chance.oneIn(20) ? null : sample.as
  const { type, body } = spoilBody(chance, sample, samples)
  return [as ?? '', method, path, JSON.stringify({ ...(type ? { 'content-type': type } : {}), ...headers }), body].map((one) =>
    Buffer.from(one),
  )
}

function spoilPath(chance: Chance, path: string, other: string): string {
  if (chance.oneIn(2)) {
    const [plain = '', query = ''] = path.split('?')
    const pairs = [...new URLSearchParams(query)].map(([name, value]) => [name, chance.oneIn(2) ? mutateText(chance, value) : value])
    if (chance.oneIn(3))
      pairs.push([
        chance.pick(['since', 'back', 'next', 'after', 'page', 'sort', 'from', 'until', 'as', 'q', 'lang', 'region', ...shreds]),
        chance.pick(shreds),
      ])
    return `${plain}?${new URLSearchParams(pairs as [string, string][])}` // pairs of two
  }
  const parts = path.split('/')
  const at = 1 + chance.below(parts.length - 1)
  const fresh = chance.oneIn(3)
    ? (chance.pick(other.split('/')) ?? '')
    : encodeURIComponent(mutateText(chance, decoded(parts[at] ?? '')).toWellFormed())
  return parts.with(at, chance.oneIn(10) ? mutateText(chance, parts[at] ?? '') : fresh).join('/')
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const oddHeader = (chance: Chance): Record<string, string> => {
  const latin = (text: string) => text.replaceAll(/[^\x20-\x7e\xa1-\xff]/g, '').trim()
  const values: Record<string, readonly string[]> = {
    accept: ['*/*', 'text/html', 'application/json;q=0'],
    'accept-language': ['kk', 'ru-RU,ru;q=0.9', 'en', '*', ';;;', 'q='.repeat(200)],
    'accept-encoding': ['br', 'gzip', 'identity;q=0', '*'],
    'if-match': ['"1"', '*', 'W/"1"', '"999999999999"', '""'],
    'if-none-match': ['*', '"x"'],
    'idempotency-key': ['abcdefgh', '"abcdefgh"', '', 'x'.repeat(500)],
    cookie: ['qyzmet-lang=ru', 'qyzmet-receipt=%', 'a=b; a=c', '=;=', 'qyzmet-letters=off; qyzmet-seen=%FF'],
    range: ['bytes=0-1', 'bytes=-', 'bytes=9999999999-'],
    traceparent: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '00-0-0-0'],
    'sec-fetch-site': ['cross-site', 'same-origin', 'none'],
    origin: ['null', 'http://127.0.0.1:8080', ':'],
    'content-type': ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', ''],
    'x-forwarded-for': ['1.2.3.4'],
    authorization: ['Bearer x', 'Basic eDp5', 'Bearer '],
  }
  const name = chance.pick(Object.keys(values))
  const value = chance.pick(values[name] ?? [''])
  return { [name]: latin(chance.oneIn(3) ? mutateText(chance, value) : value) }
}

function spoilBody(chance: Chance, { body }: Sample, samples: readonly Sample[]): { type?: string; body: Buffer | string } {
  if (body === undefined) return { body: '' }
  if ('bytes' in body) return { type: 'application/octet-stream', body: mutateBytes(chance, body.bytes) }
  if ('json' in body) {
    const spoilt = chance.oneIn(5)
      ? mutateText(chance, JSON.stringify(body.json))
      : JSON.stringify(chance.oneIn(8) ? body.json : mutateJson(chance, body.json))
    return { type: 'application/json', body: spoilt ?? 'null' }
  }
  const fields = body.form.map(([name, value]): [string, string] => [
    name,
    name !== '_csrf' && chance.oneIn(6) ? mutateText(chance, value) : value,
  ])
  for (let turns = chance.below(3); turns > 0; turns--) spoilFields(chance, fields, readable(samples))
  if (!chance.oneIn(5)) return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }
  const mark = 'x-x-x'
  const parts = fields.map(
    ([name, value]) =>
      `--${mark}\r\ncontent-disposition: form-data; name="${name}"${chance.oneIn(8) ? '; filename="a.pdf"' : ''}\r\n\r\n${value}\r\n`,
  )
  return { type: `multipart/form-data; boundary=${mark}`, body: `${parts.join('')}--${mark}--\r\n` }
}

function spoilFields(chance: Chance, fields: [string, string][], forms: readonly Form['form'][]): void {
  const at = chance.below(fields.length + 1)
  const field = fields[at]
  const other = chance.pick(chance.pick(forms.filter((form) => form.length > 0)) ?? [['x', '']])
  if (field === undefined || chance.oneIn(4)) fields.push([other[0], chance.pick([other[1], ...shreds])])
  else if (field[0] === '_csrf') return
  else if (chance.oneIn(3)) fields.splice(at, 1)
  else if (chance.oneIn(2)) fields.push([field[0], chance.pick(shreds)])
  else fields[at] = [mutateText(chance, field[0]), field[1]]
}

async function ask({ app }: TestHouse, visitors: Visitors, [as, method, path, headers, body]: Input): Promise<void> {
  const verb = String(method)
  const given = JSON.parse(String(headers) || '{}') as Record<string, string> // made by spoil, or shrunk from it
  const address = `/${String(path).replace(/^\/+/, '')}`
  if (!URL.canParse(address, 'http://127.0.0.1:8080')) return
  const init = {
    method: verb,
    headers: { ...(await visitors.headersOf(String(as), address)), ...given },
    ...(/^(GET|HEAD)$/.test(verb) ? {} : { body: new Uint8Array(body ?? []) }),
  }
  let request: Request
  try {
    request = new Request(new URL(address, 'http://127.0.0.1:8080'), init)
  } catch {
    return // no client could send it
  }
  const heard = listen()
  try {
    const answer = await app.fetch(request)
    // A stream of news has no end: what it says first is enough.
    if (/event-stream/.test(answer.headers.get('content-type') ?? '')) await answer.body?.cancel()
    else await answer.arrayBuffer()
    if (answer.status >= 500)
      throw Object.assign(new Error(`${verb} was answered by ${answer.status}`), {
        signature: heard.breakage() ?? `${verb} ${answer.status}`,
      })
    await visitors.noticed(String(as), answer)
  } finally {
    heard.stop()
  }
}

/** What the log says of a breakage while one request is answered. */
function listen() {
  const lines: string[] = []
  const write = process.stdout.write
  process.stdout.write = (piece: string | Uint8Array) => {
    lines.push(String(piece))
    return true
  }
  return {
    breakage: () => {
      const line = lines.find((one) => one.includes('"breakage"'))
      const {
        error,
        code,
        where = [],
      } = line === undefined ? {} : (JSON.parse(line) as { error?: string; code?: string; where?: string[] }) // of our own log
      return line === undefined ? undefined : [error, code, ...where.slice(0, 4)].filter(Boolean).join(' | ')
    },
    stop: () => {
      process.stdout.write = write
    },
  }
}

export const httpTargets: readonly Target[] = [httpTarget('api', 6, apiSamples), httpTarget('pages', 8, pageSamples)]
