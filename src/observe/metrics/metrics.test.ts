import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createMetrics, watchGauge, watchRows } from './metrics.ts'
import { listenForScrapes } from './scrape.ts'

describe('metrics', () => {
  it('make no row of a method that nobody has heard of', async () => {
    const metrics = createMetrics()
    for (const method of ['GET', 'BREW', 'X850412499913']) metrics.http.answered({ method, route: '/work', status: 200, seconds: 0.002 })
    const text = await metrics.registry.metrics()
    expect(text).toContain('qyzmet_http_requests_total{method="other",route="/work",status="200"} 2')
    expect(text).toContain('qyzmet_http_request_duration_seconds_bucket{le="0.0025",method="GET",route="/work"} 1')
    expect(text).not.toContain('X850412499913')
  })

  it('ask for the present when somebody scrapes, but not for each who does', async () => {
    const metrics = createMetrics()
    let depth = 3
    let asked = 0
    let now = 0
    watchGauge(metrics, 'depth', 'x', () => depth)
    const read = async () => {
      asked += 1
      return { waiting: [[{ task: 'notify' }, asked] as const] }
    }
    watchRows(metrics, { waiting: { help: 'x', labels: ['task'] }, other: { help: 'x', labels: [] } }, read, {
      keepMs: 100,
      machine: () => now,
    })
    expect(await metrics.registry.metrics()).toMatch(/^depth 3$[\s\S]*^waiting\{task="notify"\} 1$/m)
    depth = 4
    now = 50
    expect(await metrics.registry.metrics()).toMatch(/^depth 4$[\s\S]*^waiting\{task="notify"\} 1$/m)
    now = 200
    expect(await metrics.registry.metrics()).toMatch(/^waiting\{task="notify"\} 2$/m)
  })

  it('tell nothing old while the question fails or is not answered in time, and count that', async () => {
    const metrics = createMetrics()
    const rows = { waiting: { help: 'x', labels: ['task'] } }
    let answer: () => Promise<Record<string, [Record<string, string>, number][]>> = async () => ({ waiting: [[{ task: 'notify' }, 1]] })
    watchRows(metrics, rows, () => answer(), { keepMs: -1, boundMs: 20 })
    expect(await metrics.registry.metrics()).toContain('waiting{task="notify"} 1')
    answer = () => Promise.reject(new Error('away'))
    expect(await metrics.registry.metrics()).not.toContain('waiting{')
    answer = () => new Promise(() => {})
    expect(await metrics.registry.metrics()).not.toContain('waiting{')
    expect(await metrics.registry.metrics()).toMatch(/^qyzmet_watch_failed_total [23]$/m)
  })
})

describe('an address for scrapes', () => {
  it('answers whoever shows the token, by one path and one method', async () => {
    const server = await listenForScrapes(createMetrics().registry, { host: '127.0.0.1', port: 0, token: 'secret-of-the-scraper' })
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const status = async (path: string, init?: RequestInit) => (await fetch(`${at}${path}`, init)).status
    const shown = { headers: { authorization: 'Bearer secret-of-the-scraper' } }
    expect(await status('/metrics')).toBe(401)
    expect(await status('/metrics', { headers: { authorization: 'Bearer secret-of-the-scrape' } })).toBe(401)
    expect(await status('/metrics?x=1', shown)).toBe(200)
    expect(await status('/', shown)).toBe(404)
    expect(await status('/metrics', { method: 'POST', ...shown })).toBe(405)
    server.close()
    server.closeAllConnections()
  })
})
