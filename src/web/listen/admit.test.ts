import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Admission, admit } from './admit.ts'
import { type Limits, ordinaryLimits } from './limits.ts'

interface Answer {
  readonly status: number
  readonly body: string
}

let server: Server
let admission: Admission
/** Whoever is inside and waits for the test to answer. */
let held: { readonly path: string; readonly answer: (body?: string) => void; readonly body: string | undefined }[] = []

afterEach(async () => {
  for (const one of held) one.answer()
  held = []
  admission.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const rawBody = (incoming: IncomingMessage): string | undefined => {
  const found: { rawBody?: Buffer } = Object(incoming)
  return found.rawBody?.toString()
}

/** Requests wait inside until the test lets them go; `/health/…` is answered at once. */
async function open(limits: Partial<Limits> = {}) {
  const inside = (incoming: IncomingMessage, response: ServerResponse) => {
    const path = incoming.url ?? ''
    if (path.startsWith('/health/')) return void response.end('well')
    held.push({
      path,
      body: rawBody(incoming),
      answer: (body = 'done') => void (response.headersSent || response.writeHead(200).end(body)),
    })
  }
  const busy = (_incoming: IncomingMessage, response: ServerResponse) => void response.writeHead(503, { 'retry-after': '4' }).end('busy')
  admission = admit({ limits: { ...ordinaryLimits, atOnce: 2, waiting: 3, patienceMs: 200, ...limits }, inside, busy })
  server = createServer(admission.listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  const begin = (path: string, { method = 'GET', headers = {} as Record<string, string | number>, body = '' } = {}) => {
    const sending = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
    const answer = new Promise<Answer>((resolve) => {
      sending.on('error', () => resolve({ status: 0, body: '' }))
      sending.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
        response.on('error', () => resolve({ status: -1, body: text }))
      })
    })
    if (body === '') sending.end()
    else sending.write(body)
    return { answer, sending }
  }
  const ask = (path: string, init = {}) => begin(path, init).answer
  return { begin, ask }
}

const staff = { cookie: 'qyzmet-language=kk; qyzmet=token' }
const insideAre = (count: number) => expect.poll(() => held.length, { timeout: 5000 }).toBe(count)
const waitingAre = (count: number) => expect.poll(() => admission.counts().waiting, { timeout: 5000 }).toBe(count)

describe('a server that has too much to do', () => {
  it('sends away with 503 who has waited in vain, and goes on', async () => {
    const { ask } = await open()
    const first = [ask('/a'), ask('/b')]
    await insideAre(2)
    expect(await Promise.all([ask('/c'), ask('/d')])).toEqual([
      { status: 503, body: 'busy' },
      { status: 503, body: 'busy' },
    ])
    for (const one of held) one.answer()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200])
    const next = ask('/e')
    await insideAre(3)
    held[2]?.answer()
    expect((await next).status).toBe(200)
    expect(admission.counts()).toMatchObject({ inside: 0, waiting: 0, shed: { street: 2, write: 0 } })
  })

  it('answers for its health all the same, and finishes what staff have typed before what anybody reads', async () => {
    const { ask } = await open({ patienceMs: 3000 })
    const first = [ask('/a', { headers: staff }), ask('/b', { headers: staff })]
    await insideAre(2)
    const street = ask('/')
    await waitingAre(1)
    const read = ask('/work', { headers: staff })
    await waitingAre(2)
    const write = ask('/cases/1/steps/x', { method: 'POST', headers: staff })
    await waitingAre(3)
    expect(await ask('/health/ready')).toEqual({ status: 200, body: 'well' })
    for (const path of ['/cases/1/steps/x', '/work', '/']) {
      held.at(-1)?.answer()
      await expect.poll(() => held.at(-1)?.path, { timeout: 5000 }).toBe(path)
    }
    for (const one of held) one.answer()
    expect((await Promise.all([...first, street, read, write])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  it('gives a place in the line to a form, and takes it from a reader', async () => {
    const { ask } = await open({ waiting: 1, patienceMs: 3000 })
    const first = [ask('/a'), ask('/b')]
    await insideAre(2)
    const read = ask('/work', { headers: staff })
    await waitingAre(1)
    const write = ask('/cases/new', { method: 'POST', headers: staff })
    expect((await read).status).toBe(503)
    held[0]?.answer()
    await insideAre(3)
    for (const one of held) one.answer()
    expect([(await write).status, ...(await Promise.all(first)).map(({ status }) => status)]).toEqual([200, 200, 200])
  })

  it('gives no place inside to a form that comes slowly, and then has it whole', async () => {
    const { begin, ask } = await open()
    const slow = [1, 2, 3].map((n) => begin(`/slow/${n}`, { method: 'POST', headers: { ...staff, 'content-length': 10 }, body: 'a=12' }))
    const quick = ask('/quick')
    await insideAre(1)
    held[0]?.answer()
    expect((await quick).status).toBe(200)
    slow[0]?.sending.end('&b=345')
    await insideAre(2)
    expect(held[1]?.body).toBe('a=12&b=345')
    held[1]?.answer()
    expect((await slow[0]?.answer)?.status).toBe(200)
    for (const { sending } of slow.slice(1)) sending.destroy()
  })

  it('does no work for whoever went away while they stood in line', async () => {
    const { begin, ask } = await open({ patienceMs: 3000 })
    const first = [ask('/a'), ask('/b')]
    await insideAre(2)
    const gone = begin('/gone')
    await waitingAre(1)
    gone.sending.destroy()
    await gone.answer
    const after = ask('/after')
    await waitingAre(2)
    for (const one of held) one.answer()
    await expect.poll(() => held.map(({ path }) => path), { timeout: 5000 }).toEqual(['/a', '/b', '/after'])
    held[2]?.answer()
    expect((await Promise.all([...first, after])).every(({ status }) => status === 200)).toBe(true)
    expect(admission.counts().inside).toBe(0)
  })

  it('keeps passwords, uploads and files in lines of their own', async () => {
    const { ask, begin } = await open({ signIns: 1, uploadBytes: 4_000_000, files: 1 })
    const passwords = [ask('/sign-in', { method: 'POST' }), ask('/sign-in', { method: 'POST' })]
    await insideAre(1)
    const big = { method: 'POST', headers: { ...staff, 'content-length': 3_000_000 }, body: 'x' }
    const uploads = [begin('/cases/1/intake', big), begin('/cases/2/intake', big)]
    await expect.poll(() => held.length, { timeout: 5000 }).toBeGreaterThanOrEqual(2)
    const pages = [ask('/a'), ask('/b')]
    await expect.poll(() => held.filter(({ path }) => /^\/[ab]$/.test(path)).length, { timeout: 5000 }).toBe(2)
    for (const one of held) one.answer()
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200])
    await expect.poll(() => held.filter(({ path }) => path === '/sign-in').length, { timeout: 5000 }).toBe(2)
    for (const one of held) one.answer()
    expect((await Promise.all(passwords)).map(({ status }) => status)).toEqual([200, 200])
    for (const { sending } of uploads) sending.destroy()
  })

  it('counts the bytes that are on their way, and takes no more', async () => {
    const { begin, ask } = await open({ uploadBytes: 8_000_000 })
    const big = { method: 'POST', headers: { ...staff, 'content-length': 2_000_000 }, body: 'x' }
    const uploads = [1, 2, 3, 4].map((n) => begin(`/up/${n}`, big))
    await insideAre(4)
    expect((await ask('/up/5', big)).status).toBe(503)
    uploads[0]?.sending.destroy()
    await uploads[0]?.answer
    await expect
      .poll(
        async () => {
          const next = begin('/up/6', big)
          const status = await Promise.race([next.answer.then((one) => one.status), new Promise<number>((r) => setTimeout(r, 150, 200))])
          next.sending.destroy()
          return status
        },
        { timeout: 5000 },
      )
      .toBe(200)
    for (const { sending } of uploads) sending.destroy()
  })

  it('holds no place for a stream that is open, and opens no more of them than it may', async () => {
    const { begin, ask } = await open({ streams: 1 })
    const live = begin('/live?list=', { headers: staff })
    await insideAre(1)
    held[0]?.answer('event: hello\n\n')
    await live.answer
    await expect.poll(() => admission.counts().streams).toBe(0)
    const open1 = begin('/live', { headers: staff })
    await insideAre(2)
    expect((await ask('/live', { headers: staff })).status).toBe(503)
    open1.sending.destroy()
  })
})
