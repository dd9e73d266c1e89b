import { setTimeout as sleep } from 'node:timers/promises'
import { draw, drawOne, drawWhole } from '../draw.ts'
import type { Installation } from '../house/installation.ts'
import { signal } from '../house/processes.ts'
import type { Round } from '../plan.ts'
import type { Fault } from './fault.ts'

/** kill -9 of the only server that anybody speaks to; it stays down for a moment and is started again. */
export const killServer: Fault = {
  oneServer: true,
  strike: async ({ servers: [first], raise }, { name }) => {
    await first.kill()
    await sleep(drawWhole(`${name}/down`, 0, 300))
    await raise()
    return { text: 'the server' }
  },
}

/** kill -9 of one of two: callers go to the other one meanwhile. */
export const killOneServer: Fault = {
  strike: async ({ servers, raise }, { name }) => {
    const victim = drawOne(`${name}/victim`, servers)
    await victim.kill()
    await sleep(drawWhole(`${name}/down`, 200, 600))
    await raise()
    return { text: `the ${victim.name} server` }
  },
}

/** The signal that no handler sees: PostgreSQL then ends all its sessions and recovers. */
export const killBackend: Fault = {
  strike: async (house, { name }) => {
    const pid = await backend(house, name)
    if (pid === undefined) return { text: '', missed: 'no backend of a server was found' }
    return signal(pid, 'SIGKILL') ? { text: `backend ${pid}` } : { text: '', missed: 'the backend had ended by itself' }
  },
}

/** pg_terminate_backend of some sessions, one after another. */
export const terminateBackends: Fault = {
  strike: async (house, { name }) => {
    let ended = 0
    for (let turn = 0; turn < drawWhole(`${name}/turns`, 2, 8); turn++) {
      const pid = await backend(house, `${name}/${turn}`)
      if (pid === undefined) continue
      const [row] = await house.database.query<{ done: boolean }>({
        name: 'survive_terminate',
        text: 'select pg_terminate_backend($1) as done',
        values: [pid],
      })
      if (row?.done) ended++
      await sleep(drawWhole(`${name}/${turn}/pause`, 0, 80))
    }
    return ended === 0 ? { text: '', missed: 'no backend of a server was found' } : { text: `${ended} sessions` }
  },
}

/** A session of a server; of those that are at work, where there are some. */
async function backend({ database }: Installation, name: string): Promise<number | undefined> {
  const rows = await database.query<{ pid: number; working: boolean }>({
    name: 'survive_backends',
    text: `select pid, state = 'active' and query like '%qyzmet_append%' as working
      from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and application_name = 'qyzmet'
      order by pid`,
  })
  const working = rows.filter((row) => row.working)
  const from = working.length > 0 ? working : rows
  return from[Math.floor(draw(`${name}/backend`) * from.length)]?.pid
}

/** SIGKILL of the postmaster, in every other round of all its processes; it is started again and recovers from its log. */
export const killDatabase: Fault = {
  strike: async ({ postgres }: Installation, { name }: Round) => {
    const all = draw(`${name}/all`) < 0.5
    await postgres.kill(all)
    await sleep(drawWhole(`${name}/down`, 0, 500))
    await postgres.start()
    return { text: all ? 'postmaster and its processes' : 'postmaster' }
  },
}
