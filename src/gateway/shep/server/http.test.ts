import { createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listeningHttp, now } from '../contour.testing.ts'
import { mountShep } from './http.ts'
import { shepServer } from './server.ts'

const server = shepServer({ channel: 'sync', handlers: {}, trust: null, signer: null, now, mostBytes: 100_000 })
let open: Listening
afterEach(() => open.close())

const start = async (receiveMs = 5_000) => {
  open = await listeningHttp(createServer(mountShep({ paths: { '/shep': server }, mostBytes: 100_000, receiveMs })))
  return new URL(open.address)
}

function send(url: URL, body: string | Buffer, method = 'POST', path = url.pathname): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: url.hostname, port: url.port, path, method }, async (response) => {
      let text = ''
      for await (const piece of response) text += piece
      resolve({ status: response.statusCode ?? 0, text })
    })
    outgoing.on('error', reject).end(body)
  })
}

describe('channels under node:http', () => {
  it('answer a message that is none with a fault, and one that is too long too', async () => {
    const url = await start()
    expect(await send(url, 'x')).toMatchObject({ status: 500, text: expect.stringContaining('SCE001') })
    expect(await send(url, '')).toMatchObject({ status: 500, text: expect.stringContaining('SCE001') })
    expect(await send(url, Buffer.alloc(3_000_000, 'x'))).toMatchObject({
      status: 500,
      text: expect.stringContaining('more than 100000 bytes'),
    })
  })

  it('take POST at their own addresses only', async () => {
    const url = await start()
    expect((await send(url, '', 'GET')).status).toBe(405)
    for (const path of ['/', '/shep/', '/constructor', '//', '/shep%00']) expect((await send(url, 'x', 'POST', path)).status).toBe(404)
  })

  it('send away who comes above the room there is, and nobody else', async () => {
    open = await listeningHttp(createServer(mountShep({ paths: { '/shep': server }, mostBytesAtOnce: 50_000 })))
    const url = new URL(open.address)
    await expect(send(url, Buffer.alloc(90_000, 'x'))).rejects.toThrow()
    expect((await send(url, Buffer.alloc(40_000, 'x'))).status).toBe(500)
  })

  it('give up a message that does not come whole, and one that never ends', async () => {
    const url = await start(60)
    const ended = (text: string, then?: (socket: ReturnType<typeof connect>) => void) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(url.port), url.hostname, () => socket.write(text))
        socket.on('close', () => resolve()).on('error', () => {})
        then?.(socket)
      })
    await ended('POST /shep HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\n\r\n<a>')
    await ended('POST /shep HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n', (socket) => {
      const timer = setInterval(() => socket.write('1\r\nx\r\n'), 5)
      socket.on('close', () => clearInterval(timer))
    })
    expect((await send(url, 'x')).status).toBe(500)
  })
})
