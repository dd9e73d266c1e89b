import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openPool, type Pool, PoolBroken, type PoolOptions } from './pool.ts'
import { digestNow } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-pool-'))
const pools: Pool[] = []
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
})

function pool(options: PoolOptions = {}): Pool {
  const opened = openPool(options)
  pools.push(opened)
  return opened
}

/** A thread of another make. */
function program(body: string): URL {
  const file = join(folder, `${Math.random()}.mjs`)
  writeFileSync(file, `import { parentPort, threadId } from 'node:worker_threads'\nparentPort.on('message', (work) => { ${body} })`)
  return pathToFileURL(file)
}

const digest = (text: string) => ({ kind: 'digest', digest: 'streebog512', data: Buffer.from(text) }) as const

describe('the pool of threads for GOST', () => {
  it('computes what is computed here, in whatever order it is asked', async () => {
    const texts = Array.from({ length: 60 }, (_, at) => 'ө'.repeat(at * 7))
    const some = pool({ threads: 2 })
    const found = await Promise.all(texts.map((text) => some.run(digest(text))))
    expect(found.map((one) => Buffer.from(one))).toEqual(texts.map((text) => Buffer.from(digestNow('streebog512', Buffer.from(text)))))
  })

  it('leaves the thread that asks free: its timers come on time under work', async () => {
    const some = pool({ threads: 1 })
    await some.warm()
    const key = await some.run({ kind: 'generate', curve: 'a512' })
    expect(key).toHaveLength(64)
    const work = Array.from({ length: 40 }, () => some.run({ kind: 'generate', curve: 'a512' }))
    const turns: number[] = []
    const timer = setInterval(() => turns.push(performance.now()), 1)
    await Promise.all([...work, some.run({ kind: 'digest', digest: 'streebog512', data: new Uint8Array(10_000_000) })])
    clearInterval(timer)
    expect(turns.length).toBeGreaterThan(10)
  })

  it('sends no octet that was not asked about: a view is made as small as it is', async () => {
    const some = pool({
      program: program('parentPort.postMessage({ result: Uint8Array.of(work.data.buffer.byteLength >> 8, work.data.buffer.byteLength) })'),
    })
    const large = new Uint8Array(10_000)
    expect(await some.run({ kind: 'digest', digest: 'sha256', data: large.subarray(5, 12) })).toEqual(Uint8Array.of(0, 7))
  })

  it('gives work of a thread that died to another, once', async () => {
    const file = join(folder, 'died')
    const once = `import('node:fs').then((fs) => { if (fs.existsSync(${JSON.stringify(file)})) parentPort.postMessage({ result: Uint8Array.of(1) }); else { fs.writeFileSync(${JSON.stringify(file)}, ''); process.exit(3) } })`
    expect(await pool({ threads: 1, program: program(once) }).run(digest('a'))).toEqual(Uint8Array.of(1))
    const always = pool({ threads: 2, program: program('throw new Error("no such instruction")') })
    const outcomes = await Promise.allSettled([always.run(digest('a')), always.run(digest('b')), always.run(digest('c'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(outcomes[0]).toMatchObject({ reason: expect.any(PoolBroken) })
  })

  it('lives on after work that is impossible', async () => {
    const some = pool({ threads: 1 })
    await expect(some.run({ kind: 'digest', digest: 'none' as 'sha256', data: Buffer.alloc(1) })).rejects.toThrow(PoolBroken)
    const callback = { kind: 'digest', digest: 'sha256', data: (() => {}) as unknown as Uint8Array } as const
    await expect(some.run(callback)).rejects.toThrow(PoolBroken)
    expect(await some.run(digest('a'))).toHaveLength(64)
  })

  it('takes no more than it can do in time', async () => {
    const some = pool({ threads: 1, longest: 3 })
    const asked = Array.from({ length: 8 }, () => some.run(digest('a')))
    const outcomes = await Promise.allSettled(asked)
    // One at work, three that wait.
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  })

  it('is closed: what waits is rejected, what comes is too, and closing twice is nothing', async () => {
    const some = pool({ threads: 1, program: program('setTimeout(() => {}, 1e6)') })
    const asked = [some.run(digest('a')), some.run(digest('b'))]
    const outcomes = Promise.allSettled(asked)
    await some.close()
    await some.close()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(some.run(digest('c'))).rejects.toThrow(PoolBroken)
  })
})

afterEach(() => rmSync(join(folder, 'died'), { force: true }))
