import { setTimeout as sleep } from 'node:timers/promises'
import { drawOne, drawWhole } from '../draw.ts'
import type { Cut } from '../house/proxy.ts'
import type { Fault } from './fault.ts'

const cuts: readonly Cut[] = ['before', 'sent', 'answered']

/** Connections are cut around commits: in each round in all three places, in some order, and at last all connections at once. */
export const cutConnections: Fault = {
  strike: async ({ proxy }, { name }) => {
    const done: Cut[] = []
    for (let turn = 0; turn < 6; turn++) {
      const how = turn < 3 ? (cuts[(turn + drawWhole(`${name}/first`, 0, 2)) % 3] ?? 'sent') : drawOne(`${name}/${turn}`, cuts)
      const cut = await Promise.race([proxy.cut(how).then(() => true), sleep(2_000, false)])
      if (!cut) break
      done.push(how)
      await sleep(drawWhole(`${name}/${turn}/pause`, 0, 120))
    }
    proxy.disarm()
    proxy.dropAll()
    return done.length === 0 ? { text: '', missed: 'no append came by the proxy' } : { text: done.join(' ') }
  },
}
