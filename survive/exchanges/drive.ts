import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { StepInput } from '../../src/engine/case/input.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { draw, drawOne, drawWhole } from '../draw.ts'
import { readScripts, type Script, type ScriptStep } from '../load/scripts.ts'
import { personOf } from './people.ts'
import { scanOf } from './scan.ts'
import type { Stage, StageNode } from './stage.ts'
import { regulation } from './told.ts'

/** A case as it was driven: what it should come to, and its number. */
export interface Driven {
  readonly name: string
  readonly number: string
  readonly iin: string
  readonly absent: boolean
  /** Kind of ending that the people at the desks worked towards. */
  readonly expected: 'served' | 'refused' | 'impossible'
}

export interface Drive {
  readonly stage: Stage
  readonly seed: string
  readonly cases: number
  readonly callers: number
  /** A case that does not move for so long is given up, ms. */
  readonly patienceMs: number
  readonly told: (line: string) => void
  /** Called once when every case has begun: what is left only has to come to its end. */
  readonly allBegun: () => void
}

/** A case did not come to its end in time. */
export interface Stranded {
  readonly name: string
  readonly number: string
  readonly where: string
}

const view = z.object({
  step: z
    .object({
      id: z.string(),
      role: z.string(),
      awaiting: z.object({ failures: z.number(), retryAt: z.string().nullable() }).nullable(),
    })
    .nullable(),
  ended: z.object({ kind: z.string() }).nullable(),
  version: z.number(),
})
type View = z.infer<typeof view>

/** Takes cases from the first command to the end, each on the node whose turn it is, however often a node is away meanwhile. */
export async function driveAll(drive: Drive): Promise<{ driven: Driven[]; stranded: Stranded[] }> {
  const scripts = readScripts(drive.stage).filter(
    ({ region, steps }) => region === regulation.region && steps.some(({ step }) => step === 'queryPerson'),
  )
  if (scripts.length === 0) throw new Error('no story goes through the register')
  const tokens = new Map<string, string>()
  const driven: Driven[] = []
  const stranded: Stranded[] = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < drive.cases; index = next++) {
      if (index === drive.cases - 1) drive.allBegun()
      const name = `${drive.seed}/case/${index + 1}`
      const found = await takeThrough(drive, tokens, drawOne(`${name}/script`, scripts), name)
      if ('where' in found) stranded.push(found)
      else driven.push(found)
      const done = driven.length + stranded.length
      if (done % Math.max(5, Math.round(drive.cases / 20)) === 0) drive.told(`${done} cases of ${drive.cases}, ${stranded.length} stranded`)
    }
  }
  await Promise.all(Array.from({ length: drive.callers }, work))
  return { driven, stranded }
}

async function takeThrough(drive: Drive, tokens: Map<string, string>, script: Script, name: string): Promise<Driven | Stranded> {
  const { corporation, region } = drive.stage.nodes
  const person = personOf(name)
  const ask = asking(drive, tokens)
  const opened = await ask(corporation, script.opener.login, 'POST', '/cases', `${name}/open`, {
    service: script.service,
    channel: script.channel,
    provider: script.provider,
  })
  const number = z.object({ number: z.string() }).parse(opened.body).number
  let moved = performance.now()
  let seen = ''
  for (let turn = 1; ; turn++) {
    const views = {
      corporation: await look(drive, ask, corporation, script, number),
      region: await look(drive, ask, region, script, number),
    }
    const now = JSON.stringify([views.corporation?.version, views.region?.version])
    if (now !== seen) moved = performance.now()
    seen = now
    if (views.corporation?.ended && (person.absent || views.region?.ended))
      return { name, number, iin: person.iin, absent: person.absent, expected: expectedOf(script, person.absent) }
    if (performance.now() - moved > drive.patienceMs) return { name, number, where: JSON.stringify(views) }
    const did = await doOpen(drive, ask, script, { number, name: `${name}/${turn}`, iin: person.iin }, views)
    if (!did) await sleep(drawWhole(`${name}/${turn}/pause`, 150, 400))
  }
}

const expectedOf = ({ steps }: Script, absent: boolean): Driven['expected'] =>
  absent ? 'impossible' : steps.some(({ input }) => input.refusal !== undefined) ? 'refused' : 'served'

interface One {
  readonly number: string
  readonly name: string
  readonly iin: string
}

/** Does the step that is open where it is done; false: nobody's turn but the gateway's. */
async function doOpen(
  drive: Drive,
  ask: Ask,
  script: Script,
  one: One,
  views: Readonly<Record<'corporation' | 'region', View | null>>,
): Promise<boolean> {
  for (const name of ['corporation', 'region'] as const) {
    const step = views[name]?.step
    if (!step || !isAt(drive, name, step.role)) continue
    if (step.awaiting !== null && (step.awaiting.failures === 0 || step.awaiting.retryAt !== null)) continue
    const scripted = script.steps.find((known) => known.step === step.id)
    if (scripted === undefined) return false
    const { application } = scripted.input
    const about = application === undefined ? scripted.input : { ...scripted.input, application: { ...application, iin: one.iin } }
    const input = await withScan(drive, ask, scripted, one, about)
    await ask(drive.stage.nodes[name], scripted.by.login, 'POST', `/cases/${one.number}/steps/${step.id}`, `${one.name}/${step.id}`, input)
    return true
  }
  return false
}

/** Of every other case the last document comes as a scan that no message carries inside. */
async function withScan(drive: Drive, ask: Ask, { by }: ScriptStep, { number }: One, input: StepInput): Promise<StepInput> {
  const last = input.documents?.at(-1)
  if (last === undefined || input.application === undefined || draw(`${number}/scan`) < 0.5) return input
  const laid = await ask(drive.stage.nodes.corporation, by.login, 'POST', `/files?case=${number}`, '', scanOf(number))
  if (laid.status !== 201) return input
  const { sha256: file } = z.object({ sha256: z.string() }).parse(laid.body)
  return { ...input, documents: [...(input.documents?.slice(0, -1) ?? []), { ...last, file }] }
}

const lawOf = ({ stage }: Drive) =>
  stage.statutes.library.regulations.find(({ regulation: one }) => one.region === regulation.region && one.service === regulation.service)

function isAt(drive: Drive, node: StageNode['name'], role: string): boolean {
  const at = lawOf(drive)?.regulation.roles[role]?.at
  return node === 'corporation' ? at === 'corporation' : at === 'provider'
}

/** By somebody whose part of the case is done there. */
const look = async (drive: Drive, ask: Ask, node: StageNode, script: Script, number: string): Promise<View | null> => {
  const law = lawOf(drive)
  const roleOf = (step: string) => law?.regulation.steps.find(({ id }) => id === step)?.actor ?? ''
  const theirs = script.steps.find(({ step }) => isAt(drive, node.name, roleOf(step)))?.by
  const found = await ask(node, theirs?.login ?? script.opener.login, 'GET', `/cases/${number}`, '')
  return found.status === 200 ? view.parse(found.body) : null
}

const sentOf = (body: unknown) =>
  body === undefined ? {} : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) }

type Ask = ReturnType<typeof asking>

/** Asks a node until it answers: a node that is away, busy or just born is asked again under the same key. */
function asking({ stage, patienceMs }: Drive, tokens: Map<string, string>) {
  const once = async (node: StageNode, path: string, init: RequestInit): Promise<{ status: number; body: unknown } | null> => {
    const url = node.server.url()
    if (url === '') return null
    try {
      const answer = await fetch(`${url}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(30_000) })
      if (answer.status >= 500 || answer.status === 429) return null
      return { status: answer.status, body: await answer.json() }
    } catch {
      return null
    }
  }
  const tokenFor = async (node: StageNode, login: string): Promise<string | null> => {
    const known = tokens.get(`${node.name} ${login}`)
    if (known !== undefined) return known
    const body = JSON.stringify({ login, password: demonstrationPassword })
    const got = await once(node, '/tokens', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const token = z.object({ token: z.string() }).safeParse(got?.body)
    if (!token.success) return null
    tokens.set(`${node.name} ${login}`, token.data.token)
    return token.data.token
  }
  return async (node: StageNode, login: string, method: 'GET' | 'POST', path: string, key: string, body?: unknown) => {
    const end = performance.now() + patienceMs
    for (;;) {
      const token = await tokenFor(node, login)
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': body instanceof Uint8Array ? 'image/png' : 'application/json',
        ...(key === '' ? {} : { 'idempotency-key': key }),
      }
      const got = token === null ? null : await once(node, path, { method, headers, ...sentOf(body) })
      if (got?.status === 401) tokens.delete(`${node.name} ${login}`)
      else if (got !== null) return got
      if (performance.now() > end) throw new Error(`${stage.folder}: ${node.name} does not answer ${method} ${path}`)
      await sleep(200)
    }
  }
}
