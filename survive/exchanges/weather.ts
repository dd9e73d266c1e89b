import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultKind, FaultRuleInput } from '../../src/contour/faults/rule.ts'
import { draw, drawOne, drawWhole } from '../draw.ts'
import type { Contour } from './contour.ts'
import type { Stage } from './stage.ts'
import { isReady } from './stage.ts'

export interface Weather {
  readonly kills: () => number
  readonly outages: () => number
  /** Nothing strikes any more; both nodes run. */
  stop(): Promise<void>
}

/** Each kind strikes a small share of all messages, all the time. */
const drizzle: readonly (FaultRuleInput & { kind: FaultKind })[] = [
  { kind: 'delay', delayMs: 600, probability: 0.02 },
  { kind: 'timeOut', probability: 0.004 },
  { kind: 'timeOut', taken: true, probability: 0.004 },
  { kind: 'http500', probability: 0.012 },
  { kind: 'cutBefore', probability: 0.012 },
  { kind: 'cutAfter', probability: 0.012 },
  { kind: 'fault', code: 'SCE909', probability: 0.012 },
  { kind: 'fault', code: 'AC-77', probability: 0.006 },
  { kind: 'fault', code: 'SCE001', probability: 0.003, where: 'sync' },
  { kind: 'duplicate', probability: 0.05 },
  { kind: 'reorder', delayMs: 400, probability: 0.05 },
  { kind: 'lost', probability: 0.05 },
  { kind: 'badSignature', probability: 0.01 },
  { kind: 'unsigned', probability: 0.01 },
  // Not on what is fetched: a request that comes under another correlation than the gateway keeps looks like any other, and can never be replied to.
  { kind: 'wrongCorrelation', operation: 'SendMessage', probability: 0.01 },
  { kind: 'wrongCorrelation', operation: 'sendMessage', probability: 0.01 },
  { kind: 'truncate', probability: 0.01 },
  { kind: 'contentType', probability: 0.01 },
  { kind: 'drip', delayMs: 20, probability: 0.006 },
]

/** Faults of all kinds at random, outages of a whole channel now and then, and now and then one of the nodes is killed. The same for the same seed. */
export async function makeWeather(stage: Stage, seed: string, told: (line: string) => void): Promise<Weather> {
  const end = new AbortController()
  const counts = { kills: 0, outages: 0 }
  for (const rule of drizzle) await stage.contour.fault(rule)
  const rest = (ms: number) => sleep(ms, undefined, { signal: end.signal }).catch(() => {})
  const strike = async (work: () => Promise<void>) => work().catch((cause: unknown) => told(`weather: ${String(cause)}`))

  async function outages(): Promise<void> {
    for (let turn = 1; !end.signal.aborted; turn++) {
      await rest(drawWhole(`${seed}/outage/${turn}/pause`, 12_000, 30_000))
      if (end.signal.aborted) return
      await strike(async () => {
        const where = drawOne(`${seed}/outage/${turn}/where`, ['sync', 'async'] as const)
        const kind = drawOne(`${seed}/outage/${turn}/kind`, ['cutBefore', 'http500', 'timeOut', 'cutAfter'] as const)
        const rule = await stage.contour.fault({ kind, where, probability: 1 })
        counts.outages++
        await rest(drawWhole(`${seed}/outage/${turn}/for`, 2_000, 9_000))
        await stage.contour.heal(rule)
      })
    }
  }

  async function deaths(): Promise<void> {
    for (let turn = 1; !end.signal.aborted; turn++) {
      await rest(drawWhole(`${seed}/death/${turn}/pause`, 8_000, 25_000))
      if (end.signal.aborted) return
      await strike(async () => {
        const both = draw(`${seed}/death/${turn}/both`) < 0.15
        const one = drawOne(`${seed}/death/${turn}/who`, ['corporation', 'region'] as const)
        const struck = both ? (['corporation', 'region'] as const) : ([one] as const)
        await Promise.all(struck.map((name) => stage.nodes[name].server.kill()))
        counts.kills += struck.length
        await rest(drawWhole(`${seed}/death/${turn}/for`, 100, 4_000))
        await Promise.all(struck.map((name) => stage.nodes[name].server.start()))
        // On a slow machine they would be killed before they did anything.
        for (const name of struck) while (!end.signal.aborted && !(await isReady(stage.nodes[name].server))) await rest(200)
      })
    }
  }

  const working = Promise.all([outages(), deaths()])
  return {
    kills: () => counts.kills,
    outages: () => counts.outages,
    stop: async () => {
      end.abort()
      await working
      await stage.contour.heal()
      for (const { server } of Object.values(stage.nodes)) {
        if (server.url() === '') await server.start()
        while (!(await isReady(server))) await sleep(200)
      }
    },
  }
}

/** Everything that the contour wrote down, fetched while it still has it. */
export function watchContour(contour: Contour): { readonly stop: () => Promise<Awaited<ReturnType<Contour['passages']>>> } {
  const end = new AbortController()
  const seen: Awaited<ReturnType<Contour['passages']>>[number][] = []
  const fetchNew = async (): Promise<number> => {
    const found = await contour.passages(seen.at(-1)?.id ?? 0)
    seen.push(...found)
    return found.length
  }
  const working = (async () => {
    while (!end.signal.aborted) {
      const found = await fetchNew().catch(() => 0)
      if (found < 1000) await sleep(500, undefined, { signal: end.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      end.abort()
      await working
      while ((await fetchNew()) > 0);
      return seen
    },
  }
}
