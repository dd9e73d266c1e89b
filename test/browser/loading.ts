import type { Page } from 'playwright-core'

export interface Loaded {
  /** Bytes that came over the line for this page, headers with them; nothing for what the browser had kept. */
  readonly bytes: number
  readonly requests: number
  /** Cumulative layout shift: 0 when nothing moves under the reader's eyes. */
  readonly shift: number
  /** What moved. */
  readonly moved: readonly string[]
  /** Milliseconds until the largest thing on the screen was painted, and what it was. */
  readonly paint: number
  readonly largest: string
}

/** Lighthouse's phone: slow 4G and a processor a quarter as fast. Latency is of each request; connections and TLS are not slowed. */
export const phoneLine = { latency: 150, bitsPerSecond: 1_600_000, slowdown: 4 } as const

const watch = `
  window.seenLoading = { shift: 0, moved: [], paint: 0, largest: '' }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      seenLoading.shift += entry.value
      for (const { node } of entry.sources) seenLoading.moved.push(node?.parentElement?.className + ' > ' + (node?.className ?? node?.textContent))
    }
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seenLoading.paint = entry.startTime
      seenLoading.largest = entry.element ? entry.element.localName + '.' + entry.element.className : ''
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })`

/** Opens an address in a page that is used for this alone, and waits until everything has come and been painted. */
export async function load(page: Page, path: string, line?: typeof phoneLine): Promise<Loaded> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const kept = new Set<string>()
  let bytes = 0
  let requests = 0
  cdp.on('Network.requestServedFromCache', ({ requestId }) => kept.add(requestId))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (kept.has(requestId)) return
    bytes += encodedDataLength
    requests++
  })
  if (line) {
    const speed = line.bitsPerSecond / 8
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latency,
      downloadThroughput: speed,
      uploadThroughput: speed,
    })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: line.slowdown })
  }
  await page.addInitScript(watch)
  const answer = await page.goto(path, { waitUntil: 'networkidle' })
  if (answer?.status() !== 200) throw new Error(`${path} answers ${answer?.status()}`)
  await page.waitForTimeout(200)
  const seen = await page.evaluate<Omit<Loaded, 'bytes' | 'requests'>>('seenLoading')
  await cdp.detach()
  return { bytes, requests, shift: seen.shift, moved: seen.moved, paint: seen.paint, largest: seen.largest }
}
