import { setTimeout as sleep } from 'node:timers/promises'
import { draw, drawOne, drawWhole } from '../draw.ts'
import type { Aim, Cut } from '../house/proxy.ts'
import type { Fault } from './fault.ts'

const cuts: readonly Cut[] = ['before', 'sent', 'answered']

/**
 * Connections are cut around commits: of appends in each round in all three places, in some order; of effects in every third round; at last all
 * connections at once.
 */
export const cutConnections: Fault = {
  strike: async ({ proxy }, { name }) => {
    const done: string[] = []
    const cut = async (aim: Aim, how: Cut) => {
      if (await Promise.race([proxy.cut(aim, how).then(() => true), sleep(2_000, false)]))
        done.push(aim === 'append' ? how : `${aim} ${how}`)
      proxy.disarm()
    }
    const first = drawWhole(`${name}/first`, 0, 2)
    for (let turn = 0; turn < 6; turn++) {
      await cut('append', turn < 3 ? (cuts[(turn + first) % 3] ?? 'sent') : drawOne(`${name}/${turn}`, cuts))
      await sleep(drawWhole(`${name}/${turn}/pause`, 0, 120))
    }
    if (draw(`${name}/effects`) < 1 / 3) for (const how of cuts) await cut('effect', how)
    proxy.dropAll()
    return done.length === 0 ? { text: '', missed: 'no append came by the proxy' } : { text: done.join(' ') }
  },
}
