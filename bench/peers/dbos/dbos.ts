import { randomUUID } from 'node:crypto'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { type Contender, type Step, serve } from '../../ledger/contender.ts'
import type { Payload } from '../../ledger/recorded.ts'

/**
 * `case`: a case is a workflow, and each command a step in it whose outcome DBOS keeps: what DBOS does best, since nothing waits for a command
 * from outside. `command`: each command comes from outside, as ours do: a workflow of one step under the command's own key.
 */
const mode = process.argv[2] === 'command' ? 'command' : 'case'
const mostConnections = 32

interface Played {
  readonly payloads: readonly Payload[]
  readonly step: Step
}

/** What plays now, by case: a workflow's input must be data. */
const playing = new Map<string, Played>()

/** What a step keeps: events and rows of lists, as in the other contenders' tables. */
const kept = ({ events, views, effects }: Payload) => ({ events, views, effects })

const wholeCase = DBOS.registerWorkflow(
  async (number: string) => {
    const { payloads = [], step = async () => false } = playing.get(number) ?? {}
    for (const [index, payload] of payloads.entries()) {
      const goes = await step(() => DBOS.runStep(async () => kept(payload), { name: `step ${index}` }))
      if (!goes) return
    }
  },
  { name: 'case' },
)

const oneCommand = DBOS.registerWorkflow(
  async (number: string, index: number, _command: string) => {
    const payload = playing.get(number)?.payloads[index]
    if (payload !== undefined) await DBOS.runStep(async () => kept(payload), { name: 'advance' })
  },
  { name: 'command' },
)

await serve(async (url): Promise<Contender> => {
  // A unix socket stands in the query, which wins; but DBOS wants the address to name a host too.
  const systemDatabaseUrl = url.replace('@/', '@localhost/')
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl, systemDatabasePoolSize: mostConnections, logLevel: 'error' })
  await DBOS.launch()
  return {
    about: {
      version: '@dbos-inc/dbos-sdk 5.3.0',
      step: mode === 'case' ? 'a step of one workflow a case' : 'a workflow of one step a command',
      connections: String(mostConnections),
    },
    ready: async () => {},
    // It looks for work while it lives, and cannot be launched twice.
    rest: async () => {},
    play: async (number, { steps }, timed) => {
      const payloads = steps.map(({ payload }) => payload)
      playing.set(number, { payloads, step: timed })
      try {
        if (mode === 'case') {
          const handle = await DBOS.startWorkflow(wholeCase, { workflowID: number })(number)
          await handle.getResult()
          return
        }
        for (const [index, payload] of payloads.entries()) {
          const goes = await timed(async () => {
            const handle = await DBOS.startWorkflow(oneCommand, { workflowID: randomUUID() })(number, index, payload.command)
            await handle.getResult()
          })
          if (!goes) return
        }
      } finally {
        playing.delete(number)
      }
    },
    close: () => DBOS.shutdown(),
  }
})
