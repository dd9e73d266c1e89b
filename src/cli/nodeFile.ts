import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { gatewaySettings } from '../desk/talks/connect.ts'
import type { NodePlan } from '../desk/talks/node.ts'
import { accessSettings, readSecret, secretFrom } from '../gateway/access/settings.ts'
import { registerSettings } from '../gateway/register/shep/settings.ts'
import type { Translator } from '../language/translator.ts'
import { schemaProblems } from '../law/issues.ts'
import { type Problem, problemAt } from '../law/problem.ts'
import { tellLine } from '../law/render.ts'
import { readSource } from '../law/source.ts'

const nodeName = z.string().regex(/^(corporation|region:[a-z]+)$/, 'corporation or region:<region>')

/** The file of one of two nodes, `qyzmet.node/1`. Paths are from the file's own folder; secrets stand in files or variables, never here. */
export const nodeFile = z.strictObject({
  format: z.literal('qyzmet.node/1'),
  node: nodeName,
  data: z.string().min(1).describe('folder of what this node writes'),
  keys: z.string().min(1).optional().describe("folder of the installation's keys; absent: `keys` under `data`"),
  database: secretFrom.optional().describe('where the address of its PostgreSQL is read; absent: the embedded one under `data`'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(0).max(65535),
  publicUrl: z.url().optional(),
  regulations: z.string().min(1).optional(),
  demonstration: z
    .strictObject({ begins: z.iso.datetime({ offset: true }), at: z.iso.datetime({ offset: true }) })
    .optional()
    .describe("invented people and a shifted clock: the law's time was `begins` when the machine's was `at`, the same on both nodes"),
  access: accessSettings,
  gateway: gatewaySettings,
  partners: z
    .array(z.strictObject({ senderId: z.string().min(1).max(100), region: z.string().optional() }))
    .min(1)
    .describe('who speaks for the other side: of a region its region, of the corporation none'),
  register: registerSettings.optional().describe('absent: in a demonstration, the simulated one'),
})
export type NodeFile = z.infer<typeof nodeFile>

/** What is wrong with the file, all at once, a line each, in the reader's language. */
export class NodeFileWrong extends Error {
  readonly problems: readonly Problem[]

  constructor(file: string, problems: readonly Problem[]) {
    super(`${file}: ${problems.length} problem(s)`)
    this.name = 'NodeFileWrong'
    this.problems = problems
  }
}

export const tellProblems = ({ problems }: NodeFileWrong, t: Translator): string => problems.map((one) => `${tellLine(one, t)}\n`).join('')

/** @throws NodeFileWrong with every problem */
export function readNodeFile(path: string, asked: string): NodeFile {
  const { source, problems } = readSource(path, readFileSync(path, 'utf8'))
  if (problems.some(({ severity }) => severity === 'error')) throw new NodeFileWrong(path, problems)
  const read = nodeFile.safeParse(source.raw)
  if (!read.success) throw new NodeFileWrong(path, schemaProblems(nodeFile, source, read.error))
  const wrong: Problem[] = []
  if (read.data.node !== asked) wrong.push(problemAt(source, ['node'], 'notOneOf', { params: { value: read.data.node, known: asked } }))
  read.data.partners.forEach(({ region }, index) => {
    if ((region === undefined) === (read.data.node === 'corporation'))
      wrong.push(
        problemAt(source, ['partners', index], region === undefined ? 'missing' : 'unknownKey', {
          params: { key: 'region', known: 'senderId' },
        }),
      )
  })
  if (read.data.register === undefined && read.data.demonstration === undefined && read.data.node === 'corporation')
    wrong.push(problemAt(source, [], 'missing', { params: { key: 'register' } }))
  if (wrong.length > 0) throw new NodeFileWrong(path, wrong)
  return absolute(read.data, dirname(resolve(path)))
}

function absolute(file: NodeFile, folder: string): NodeFile {
  const from = (path: string) => resolve(folder, path)
  const secret = <T extends { file: string } | { variable: string }>(one: T): T => ('file' in one ? { ...one, file: from(one.file) } : one)
  return {
    ...file,
    data: from(file.data),
    ...(file.keys ? { keys: from(file.keys) } : {}),
    ...(file.regulations ? { regulations: from(file.regulations) } : {}),
    ...(file.database ? { database: secret(file.database) } : {}),
    access: { ...file.access, keys: from(file.access.keys), password: secret(file.access.password), ...listsFrom(from, file) },
    ...(file.register?.consent?.key
      ? { register: { ...file.register, consent: { ...file.register.consent, key: from(file.register.consent.key) } } }
      : {}),
  }
}

/** Of lists of revoked certificates those that are files. */
function listsFrom(from: (path: string) => string, { access: { revocation } }: NodeFile): Partial<NodeFile['access']> {
  if (revocation === undefined) return {}
  return { revocation: { ...revocation, lists: revocation.lists.map((one) => (/^https?:\/\//.test(one) ? one : from(one))) } }
}

/** The environment's settings under those of the file; what the environment alone can say (limits, metrics, traces) stays. */
export function configOf(file: NodeFile, config: Config, env: NodeJS.ProcessEnv): Config {
  const { node, data, keys, host, port, publicUrl, regulations, demonstration, database } = file
  const own = env.PORT === undefined ? port : config.port
  const url = env.DATABASE_URL ?? (database === undefined ? undefined : readSecret(database, env))
  return {
    ...config,
    demonstration: demonstration !== undefined,
    host: demonstration === undefined ? (env.HOST ?? host) : '127.0.0.1',
    port: own,
    data: env.QYZMET_DATA === undefined ? data : config.data,
    keys: env.QYZMET_KEYS === undefined ? (keys ?? resolve(env.QYZMET_DATA ?? data, 'keys')) : config.keys,
    databaseUrl: url,
    publicUrl: env.QYZMET_PUBLIC_URL ?? publicUrl ?? `http://${host}:${own}`,
    regulations: env.QYZMET_REGULATIONS === undefined ? (regulations ?? config.regulations) : config.regulations,
    node: planOf(node, file),
    ...(demonstration ? { clockShift: Date.parse(demonstration.begins) - Date.parse(demonstration.at) } : {}),
  }
}

export function planOf(node: string, { access, partners }: NodeFile): NodePlan {
  const { senderId } = access
  const others = partners.map(({ senderId: other, region }) => ({ senderId: other, ...(region === undefined ? {} : { region }) }))
  if (node === 'corporation') return { kind: 'corporation', senderId, partners: others }
  return { kind: 'region', region: node.slice('region:'.length), senderId, partners: others }
}
