import { type Profiler, Session } from 'node:inspector/promises'

/** Which part of the path a file belongs to; the first that fits. Node's own and built-in functions count to whoever called them. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/\/ledger\/(canonical|chain)\./, 'canonical text and hashes'],
  [/\/ledger\/(keys|files)\//, 'keys, encryption, files'],
  [/\/ledger\/append\//, 'serialise and queue'],
  [/\/ledger\/|\/node_modules\/pg/, 'driver and reads'],
  [/\/seal\/|\/desk\/signing\./, 'signature'],
  [/\/desk\/views\.|\/engine\/case\/(rows|views)|\/language\//, 'view rows'],
  [/\/desk\/notices\/|\/notices\//, 'notices'],
  [/\/(engine|time|law)\//, 'decide'],
  [/\/desk\//, 'desk'],
  [/\/cli\//, 'the measuring itself'],
]
const garbage = 'collecting garbage'
const native = 'Node: sockets, event loop'

export interface NodeProfile {
  /** Share of the processor time of this process by part; together 1. */
  readonly shares: Readonly<Record<string, number>>
  /** The functions that took most themselves: name, file and line, share. */
  readonly functions: readonly { readonly name: string; readonly share: number }[]
}

/** Runs `work` under V8's sampling profiler: the path itself carries no marks, so it costs nothing when nobody looks. */
export async function profiled<T>(work: () => Promise<T>): Promise<{ value: T; profile: NodeProfile }> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 250 })
    await session.post('Profiler.start')
    const value = await work()
    const { profile } = await session.post('Profiler.stop')
    return { value, profile: summary(profile) }
  } finally {
    session.disconnect()
  }
}

function summary({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): NodeProfile {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const callerOf = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)))
  const spent = new Map<number, number>()
  samples.forEach((id, index) => {
    spent.set(id, (spent.get(id) ?? 0) + (timeDeltas[index] ?? 0))
  })
  const byPart: Record<string, number> = {}
  const byFunction: Record<string, number> = {}
  let total = 0
  for (const [id, us] of spent) {
    const frame = byId.get(id)?.callFrame
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue
    total += us
    const part = partOf(id, byId, callerOf)
    byPart[part] = (byPart[part] ?? 0) + us
    const name = `${frame.functionName || '(anonymous)'} ${placeOf(frame)}`.trim()
    byFunction[name] = (byFunction[name] ?? 0) + us
  }
  const sorted = (record: Record<string, number>) =>
    Object.entries(record)
      .sort(([, a], [, b]) => b - a)
      .map(([name, us]) => ({ name, share: us / Math.max(total, 1) }))
  return {
    shares: Object.fromEntries(sorted(byPart).map(({ name, share }) => [name, share])),
    functions: sorted(byFunction).slice(0, 25),
  }
}

function partOf(id: number, byId: Map<number, Profiler.ProfileNode>, callerOf: Map<number, number>): string {
  for (let at: number | undefined = id; at !== undefined; at = callerOf.get(at)) {
    const frame = byId.get(at)?.callFrame
    if (frame?.functionName === '(garbage collector)') return garbage
    const found = parts.find(([place]) => place.test(frame?.url ?? ''))
    if (found !== undefined) return found[1]
  }
  return native
}

function placeOf({ url, lineNumber }: Profiler.ProfileNode['callFrame']): string {
  if (url === '') return ''
  return `${url.replace(/^.*\/(dist|src|node_modules)\//, '')}:${lineNumber + 1}`
}
