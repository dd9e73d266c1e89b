import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FaultRuleInput } from '../../src/contour/faults/rule.ts'
import type { PkiAlgorithm } from '../../src/contour/pki/pki.ts'
import { reggService } from '../../src/desk/talks/send.ts'
import { ownProcess } from '../house/server.ts'
import { corporationPlan, regionPlan, regulation } from './told.ts'

/** One call as the contour wrote it down. */
const passage = z.object({
  id: z.number(),
  channel: z.string(),
  operation: z.string(),
  service: z.string().nullable(),
  sender: z.string().nullable(),
  message: z.string().nullable(),
  outcome: z.string(),
  faults: z.array(z.string()),
})
export type Passage = z.infer<typeof passage>
const page = z.object({ messages: z.array(passage), newest: z.number() })

/** `qyzmet simulator` as a process, asked over its API. */
export interface Contour {
  readonly url: string
  readonly pki: string
  /** Gives the rule's number. */
  fault(rule: FaultRuleInput): Promise<number>
  heal(rule?: number): Promise<void>
  /** Newer than a number, oldest first. */
  passages(after: number): Promise<readonly Passage[]>
  close(): Promise<void>
}

export interface ContourWish {
  readonly folder: string
  readonly seed: string
  readonly algorithm: PkiAlgorithm
  /** RFC 3339: where its time begins. */
  readonly clock: string
  /** Addresses at which messages are pushed, by who is pushed to; whoever is not there asks for them. */
  readonly push: Readonly<Record<string, string>>
}

export async function openContourProcess({ folder, seed, algorithm, clock, push }: ContourWish): Promise<Contour> {
  const data = join(folder, 'contour')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const program = join(import.meta.dirname, '../../dist/cli.js')
  const options = ['--port', '0', '--data', data, '--algorithm', algorithm, '--seed', seed, '--clock', clock, '--json']
  const server = ownProcess('contour', folder, [process.execPath, program, 'simulator', ...options])
  await server.start()
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const answer = await fetch(`${server.url()}/api${path}`, { ...init, signal: AbortSignal.timeout(30_000) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  const service = reggService(regulation)
  const both = [
    { senderId: corporationPlan.senderId, serves: [] },
    { senderId: regionPlan.senderId, serves: [service] },
  ]
  for (const { senderId, serves } of both)
    await ask('PUT', `/participants/${senderId}`, { name: senderId, password: 'demo-secret', serves, push: push[senderId] ?? null })
  return {
    url: server.url(),
    pki: join(data, 'pki'),
    fault: async (rule) => z.object({ id: z.number() }).parse(await ask('POST', '/faults', rule)).id,
    heal: async (rule) => void (await ask('DELETE', rule === undefined ? '/faults' : `/faults/${rule}`)),
    passages: async (after) => page.parse(await ask('GET', `/messages?after=${after}&most=1000`)).messages,
    close: () => server.stop(),
  }
}
