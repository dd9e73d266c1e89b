import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface Known {
  /** For tables and the chart. */
  readonly title: string
  readonly kind: 'ours' | 'ceiling' | 'peer'
  /** The file that speaks as contender.ts does, and its arguments; null: `qyzmet bench` itself. */
  readonly program: readonly string[] | null
  /** Which database: the ceiling writes into the ledger's own tables, peers make theirs, some need none. */
  readonly database: 'ledger' | 'own' | 'none'
  /** Its own package, installed on first use. */
  readonly folder?: string
  readonly connectionEach?: boolean
}

const peers = join(import.meta.dirname, '..', 'peers')
const here = import.meta.dirname
const peer = (title: string, name: string, file: string, ...args: string[]): Known => ({
  title,
  kind: 'peer',
  program: [join(peers, name, file), ...args],
  database: name === 'restate' ? 'none' : 'own',
  folder: join(peers, name),
})
const ceiling = (title: string, file: string, ...args: string[]): Known => ({
  title,
  kind: 'ceiling',
  program: [join(here, file), ...args],
  database: 'ledger',
  connectionEach: file === 'pgbench.ts',
})

export const known = {
  qyzmet: { title: 'Qyzmet, the whole path', kind: 'ours', program: null, database: 'none' },
  pgbench: ceiling('ceiling: the same rows, pgbench', 'pgbench.ts', 'one'),
  'pgbench-each': ceiling('the same, a statement each', 'pgbench.ts', 'each'),
  ceiling: ceiling('ceiling: the same rows, driver', 'ceiling.ts', 'one'),
  pipelined: ceiling('the same, driver, a statement each, pipelined', 'ceiling.ts', 'pipelined'),
  plain: peer('plain service, a round trip each', 'plain', 'plain.ts'),
  'graphile-worker': peer('graphile-worker, a job a step', 'graphile-worker', 'graphileWorker.ts'),
  dbos: peer('DBOS, a step of a workflow a case', 'dbos', 'dbos.ts', 'case'),
  'dbos-command': peer('DBOS, a workflow a command', 'dbos', 'dbos.ts', 'command'),
  restate: peer('Restate, an object a case', 'restate', 'restate.ts'),
} as const satisfies Record<string, Known>

export type Name = keyof typeof known

export const usual: readonly Name[] = [
  'qyzmet',
  'pgbench',
  'pgbench-each',
  'ceiling',
  'plain',
  'graphile-worker',
  'dbos',
  'dbos-command',
  'restate',
]

export const isKnown = (name: string): name is Name => Object.hasOwn(known, name)

/** Why it cannot run here; null: it can. Installs what its own lock file names, when it is not there. */
export function missing(name: Name): string | null {
  const { folder }: Known = known[name]
  if (name.startsWith('pgbench') && spawnSync('pgbench', ['--version']).status !== 0)
    return 'pgbench is not installed (Debian: postgresql-contrib)'
  if (folder === undefined || existsSync(join(folder, 'node_modules'))) return null
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' })
  return done.status === 0 ? null : `npm ci in ${folder}: ${(done.stderr ?? '').trim().split('\n').at(-1)}`
}
