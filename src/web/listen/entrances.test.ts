import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { platform } from 'node:os'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { openEntrances } from './entrances.ts'

const here = { host: '127.0.0.1', port: 0, connections: 1000 }

/** Connects so many times from another thread, and says when all have sent what they had to say. */
const crowd = (port: number, count: number) =>
  new Worker(
    `const net = require('node:net'); const all = []
     for (let i = 0; i < ${count}; i++) all.push(net.connect(${port}, '127.0.0.1').on('error', () => {}))
     require('node:worker_threads').parentPort.on('message', () => { for (const one of all) one.destroy(); process.exit() })`,
    { eval: true },
  )

describe('entrances', () => {
  it.runIf(platform() === 'linux')('let in many in one turn of a busy event loop', async () => {
    const server = createServer()
    const entrances = await openEntrances(server, here)
    const sockets = new Set<Socket>()
    server.on('connection', (socket) => sockets.add(socket))
    const many = crowd(entrances.port, 200)
    await expect.poll(() => sockets.size, { timeout: 10_000 }).toBeGreaterThan(0)
    let turns = 0
    await new Promise<void>((resolve) => {
      const turn = () => {
        const until = performance.now() + 10
        while (performance.now() < until);
        turns++
        if (sockets.size < 200 && turns < 400) setImmediate(turn)
        else resolve()
      }
      turn()
    })
    expect([sockets.size, turns < 100]).toEqual([200, true])
    many.postMessage('go')
    for (const socket of sockets) socket.destroy()
    await entrances.close()
  })

  it('share one port, and say that it is in use to whoever comes second', async () => {
    const server = createServer((_request, response) => void response.end('here'))
    const entrances = await openEntrances(server, here)
    const second = openEntrances(createServer(), { ...here, port: entrances.port })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port: entrances.port })
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const answer = await fetch(`http://127.0.0.1:${entrances.port}/`, { headers: { connection: 'close' } })
        return answer.text()
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['here']))
    await entrances.close()
    const refused = connect(entrances.port, '127.0.0.1')
    const [cause] = await once(refused, 'error')
    expect(cause).toMatchObject({ code: 'ECONNREFUSED' })
  })
})
