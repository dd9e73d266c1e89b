import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropDatabase, newDatabase } from '../ledger/database.ts'
import { openWorkshop, type Server } from './workshop.ts'

const shop = openWorkshop()
let url: string
let one: Server
let two: Server

beforeAll(async () => {
  url = await newDatabase()
  const keys = { DATABASE_URL: url, QYZMET_KEYS: shop.folder(), QYZMET_LAME_DUCK_MS: '1500' }
  one = await shop.serve('start', { ...keys, QYZMET_DATA: shop.folder() })
  two = await shop.serve('start', { ...keys, QYZMET_DATA: shop.folder() })
})
afterAll(async () => {
  await shop.clear()
  await dropDatabase(url)
})

interface Answer {
  /** 0: no answer came. */
  readonly status: number
  readonly location: string
  readonly text: string
  readonly retryAfter: string | undefined
}

interface Ask {
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Somebody's browser: one session, whichever server it is asked of. */
class Browser {
  private readonly cookies = new Map<string, string>()
  readonly agent = new Agent({ keepAlive: true })

  ask(server: Server, path: string, { form, headers = {} }: Ask = {}): Promise<Answer> {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString()
    return this.send(server, path, body, {
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    })
  }

  /** `later`: what of the body is sent only when it resolves. */
  send(
    server: Server,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
    later?: Promise<unknown>,
  ): Promise<Answer> {
    const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    return new Promise((resolve) => {
      const sending = request(`${server.url}${path}`, {
        agent: this.agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '), ...length, ...headers },
      })
      const lost = () => resolve({ status: 0, location: '', text: '', retryAfter: undefined })
      sending.on('error', lost)
      sending.on('response', (answer) => {
        for (const cookie of answer.headers['set-cookie'] ?? []) {
          const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
          this.cookies.set(name, value)
        }
        let text = ''
        answer.setEncoding('utf8').on('data', (piece: string) => {
          text += piece
        })
        answer.on('error', lost)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? '',
            text,
            retryAfter: answer.headers['retry-after'],
          }),
        )
      })
      if (later === undefined || body === undefined) sending.end(body)
      else {
        sending.write(body.slice(0, body.length / 2))
        void later.then(() => sending.end(body.slice(body.length / 2)))
      }
    })
  }

  /** Words of an open page's stream, until it ends. */
  listen(server: Server, path: string) {
    const heard: string[] = []
    const ended = new Promise<void>((resolve) => {
      const sending = request(`${server.url}${path}`, {
        agent: this.agent,
        headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      })
      sending.on('error', () => resolve())
      sending.on('response', (answer) => {
        answer.setEncoding('utf8').on('data', (text: string) => heard.push(text))
        answer.on('error', () => resolve())
        answer.on('end', () => resolve())
      })
      sending.end()
    })
    return { said: () => heard.join(''), ended }
  }
}

const hidden = (html: string, name: string): string => new RegExp(`<main[\\s\\S]*name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

async function signedIn(server: Server, login: string): Promise<Browser> {
  const browser = new Browser()
  const { text } = await browser.ask(server, '/sign-in')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const entered = await browser.ask(server, '/sign-in/one-click', { form: { _csrf: csrf, login } })
  expect(entered.status).toBe(303)
  return browser
}

/** The form of a new case, filled, as somebody is about to send it. */
async function opening(browser: Browser, server: Server): Promise<Record<string, string>> {
  const { text } = await browser.ask(server, '/cases/new')
  return { _csrf: hidden(text, '_csrf'), _key: hidden(text, '_key'), provider: 'almaty.directorate' }
}

/** Lines of the log about answered work lists. */
const worksIn = (log: string): number => log.split('\n').filter((line) => line.includes('"/work"') && line.includes('"GET"')).length

const numberIn = ({ location }: Answer): string => /\/cases\/([\d-]+)/.exec(location)?.[1] ?? location
const heard = (listening: { said: () => string }, what: string) =>
  expect.poll(listening.said, { timeout: 5000, interval: 20 }).toContain(what)

describe('several servers on one database', () => {
  it('know one session, and show each other’s work on the very next page', async () => {
    const operator = await signedIn(one, 'almaty.operator')
    const opened = await operator.ask(one, '/cases/new', { form: await opening(operator, two) })
    expect(opened.status).toBe(303)
    const number = numberIn(opened)
    const there = await operator.ask(two, `/cases/${number}/intake`)
    expect([there.status, there.text.includes(number)]).toEqual([200, true])
    expect((await operator.ask(two, '/work')).text).toContain(number)
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await operator.ask(two, '/work')).text)?.[1] ?? ''
    expect((await operator.ask(two, '/sign-out', { form: { _csrf: csrf } })).status).toBe(303)
    expect((await operator.ask(one, '/work')).location).toMatch(/^\/sign-in/)
  })

  it('tell pages that are open on one what was done on the other', async () => {
    const [here, there] = [await signedIn(one, 'almaty.operator'), await signedIn(two, 'almaty.operator')]
    const list = there.listen(two, '/live?list=')
    await heard(list, 'event: hello')
    const number = numberIn(await here.ask(one, '/cases/new', { form: await opening(here, one) }))
    await heard(list, 'event: list')
    const page = there.listen(two, `/live?case=${number}:0`)
    await heard(page, `data: ${number}:`)
    there.agent.destroy()
    here.agent.destroy()
  })

  it('do a form once that was sent to both at one moment', async () => {
    const operator = await signedIn(one, 'almaty.operator')
    for (let turn = 0; turn < 5; turn++) {
      const form = await opening(operator, one)
      const answers = await Promise.all([one, two, one, two].map((server) => operator.ask(server, '/cases/new', { form })))
      expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
      expect(new Set(answers.map(numberIn)).size).toBe(1)
    }
    operator.agent.destroy()
  })
})

describe('a server that is told to end', () => {
  it('answers what it accepted, says where it is going, and leaves nothing half done', async () => {
    const operator = await signedIn(one, 'almaty.operator')
    const forms = await Promise.all(Array.from({ length: 12 }, () => opening(operator, one)))
    const [scanned, typed] = [await opening(operator, one), await opening(operator, one)]
    const stream = operator.listen(one, '/live?list=')
    await heard(stream, 'event: hello')

    // Readers who never stop asking, each over connections of their own.
    let over = false
    const before = worksIn(one.out())
    const readers = await Promise.all(Array.from({ length: 6 }, () => signedIn(one, 'almaty.clerk')))
    const read: Answer[] = []
    const reading = readers.map(async (reader) => {
      while (!over) {
        const answer = await reader.ask(one, '/work')
        if (answer.status === 0) return
        read.push(answer)
      }
    })

    // Two forms whose bodies are on their way when the signal comes: a small one, and one with a scan.
    let goOn: () => void = () => undefined
    const second = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const boundary = '----between'
    const part = (name: string, value: string, file = '') =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
    const scan = part('scan', 'x'.repeat(2_000_000), '; filename="scan.pdf"')
    const large = `${Object.entries(scanned)
      .map(([name, value]) => part(name, value))
      .join('')}${scan}--${boundary}--\r\n`
    const uploading = operator.send(one, '/cases/new', large, { 'content-type': `multipart/form-data; boundary=${boundary}` }, second)
    const small = operator.send(
      one,
      '/cases/new',
      new URLSearchParams(typed).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
      second,
    )
    await expect.poll(() => read.length, { timeout: 10_000 }).toBeGreaterThan(12)

    const ended = one.end('SIGTERM')
    const sent = forms.map((form) => operator.ask(one, '/cases/new', { form }))
    await expect.poll(async () => (await operator.ask(one, '/health/ready')).status, { timeout: 1400, interval: 10 }).toBe(503)
    // The rest of their bodies comes when no connection is taken any more.
    setTimeout(goOn, 1600)
    const answers = await Promise.all([...sent, small, uploading])
    await stream.ended
    over = true
    await Promise.all(reading)
    const { code, signal, out, err } = await ended

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303))
    expect(read.filter(({ status, retryAfter }) => status !== 200 && !(status === 503 && retryAfter !== undefined))).toEqual([])
    expect(stream.said()).toMatch(/event: goodbye\ndata: \nretry: \d{4}/)
    expect([code, signal, err]).toEqual([0, null, ''])
    // Whatever was begun was answered: the log has a line for each request that came to its end, and each came back.
    expect(worksIn(out) - before).toBe(read.filter(({ status }) => status === 200).length)

    const other = await signedIn(two, 'almaty.operator')
    for (const number of answers.map(numberIn)) expect((await other.ask(two, `/cases/${number}/intake`)).status, number).toBe(200)
    other.agent.destroy()
    operator.agent.destroy()
  })

  it('is cut short by a second signal, and still closes what it opened', async () => {
    const operator = await signedIn(two, 'almaty.operator')
    const form = new URLSearchParams(await opening(operator, two)).toString()
    const never = operator.send(
      two,
      '/cases/new',
      form,
      { 'content-type': 'application/x-www-form-urlencoded' },
      new Promise(() => undefined),
    )
    await sleep(100)
    const began = performance.now()
    const ended = two.end('SIGTERM')
    await sleep(2_500)
    void two.end('SIGTERM')
    const { code, err } = await ended
    expect([code, (await never).status]).toEqual([0, 0])
    expect(err).not.toBe('')
    expect(performance.now() - began).toBeLessThan(15_000)
  })
})
