import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'

export interface Answer {
  /** 0: the connection broke before any answer. */
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: () => string
  /** From the call to the last byte; a new connection included. */
  readonly ms: number
  readonly error?: string
}

/** A browser: connections that stay open, cookies, compressed pages. Nothing else of a browser costs a server anything. */
export class Client {
  private readonly cookies = new Map<string, string>()
  private readonly agent: Agent
  private readonly base: { readonly host: string; readonly port: string }
  private readonly address: string
  private streaming: (() => void) | undefined

  /** `address`: of this machine; people come from many, and what is counted by address must not count them as one. */
  constructor(base: URL, address: string) {
    this.base = { host: base.hostname, port: base.port }
    this.address = address
    this.agent = new Agent({ keepAlive: true, maxSockets: 6 })
  }

  keep(name: string, value: string): void {
    this.cookies.set(name, value)
  }

  ask(path: string, form?: URLSearchParams, more: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const began = performance.now()
    const body = form?.toString()
    return new Promise((resolve) => {
      const failed = (cause: NodeJS.ErrnoException) =>
        resolve({ status: 0, headers: {}, text: () => '', ms: performance.now() - began, error: cause.code ?? cause.message })
      const sending = request(
        {
          ...this.base,
          path,
          method: body === undefined ? 'GET' : 'POST',
          agent: this.agent,
          localAddress: this.address,
          headers: this.headers(body, more),
        },
        (answer) => {
          const pieces: Buffer[] = []
          answer.on('data', (piece: Buffer) => pieces.push(piece))
          answer.on('error', failed)
          answer.on('end', () => {
            this.remember(answer.headers['set-cookie'])
            const whole = Buffer.concat(pieces)
            const text = () => (answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(whole) : whole).toString()
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, ms: performance.now() - began })
          })
        },
      )
      sending.on('error', failed)
      sending.setTimeout(60_000, () => sending.destroy(Object.assign(new Error('silent'), { code: 'SILENT' })))
      sending.end(body)
    })
  }

  /** Listens as an open page does, until the next page. */
  listen(path: string, hear: (event: string) => void): void {
    this.hush()
    const sending = request({
      ...this.base,
      path,
      agent: this.agent,
      localAddress: this.address,
      headers: this.headers(undefined, { accept: 'text/event-stream' }),
    })
    sending.on('response', (answer) => {
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        for (const [, event = ''] of text.matchAll(/^event: (\w+)/gm)) hear(event)
      })
      answer.on('error', () => undefined)
    })
    sending.on('error', () => undefined)
    sending.end()
    this.streaming = () => sending.destroy()
  }

  hush(): void {
    this.streaming?.()
    this.streaming = undefined
  }

  close(): void {
    this.hush()
    this.agent.destroy()
  }

  private headers(body: string | undefined, more: Readonly<Record<string, string>>) {
    return {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'accept-encoding': 'br',
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }),
      ...more,
    }
  }

  private remember(set: readonly string[] | undefined): void {
    for (const cookie of set ?? []) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}
