import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Contour, openContour } from '../contour/contour.ts'
import { identityText } from '../contour/pki/keep.ts'
import type { PkiAlgorithm } from '../contour/pki/pki.ts'
import { toPem } from '../seal/certificates/pem.ts'

/** Two institutions and the test contour between them, on free ports of this machine, with a test PKI and invented people. */
export interface TwoNodes {
  readonly contour: Contour
  /** The file of each node, `qyzmet.node/1`. */
  readonly files: Readonly<Record<NodeName, string>>
  readonly urls: Readonly<Record<NodeName, string>>
}
export type NodeName = 'corporation' | 'region:aktobe'

export interface TwoNodesWish {
  /** Folder of everything that is written. */
  readonly folder: string
  /** By the law's clock, RFC 3339. */
  readonly begins: string
  readonly algorithm?: PkiAlgorithm
  /** How the gateway brings messages; default: it calls the nodes. */
  readonly receive?: 'push' | 'pull'
}

const nodes = {
  corporation: { senderId: 'demo-corporation', system: 'corporation-system', data: 'corporation' },
  'region:aktobe': { senderId: 'demo-region-aktobe', system: 'region-system', data: 'aktobe' },
} as const satisfies Record<NodeName, object>
const password = 'demo-secret'
export const served = 'QYZMET_TEACHER_ATTESTATION_AKTOBE'

/** Starts the contour and writes the files of both nodes. */
export async function prepareTwoNodes({ folder, begins, algorithm = 'rsa', receive = 'push' }: TwoNodesWish): Promise<TwoNodes> {
  const at = new Date().toISOString()
  const [corporationPort, regionPort, corporationPush, regionPush] = await freePorts(4)
  if (!corporationPort || !regionPort || !corporationPush || !regionPush) throw new Error('There are no free ports.')
  const push = (port: number) => (receive === 'push' ? `http://127.0.0.1:${port}/shep` : null)
  const contour = await openContour({
    port: 0,
    algorithm,
    keys: join(folder, 'pki'),
    data: join(folder, 'contour'),
    clock: begins,
    participants: [
      { senderId: nodes.corporation.senderId, password, push: push(corporationPush) },
      { senderId: nodes['region:aktobe'].senderId, password, serves: [served], push: push(regionPush) },
    ],
  })
  const write = async (node: NodeName, port: number, pushPort: number, partner: object): Promise<string> => {
    const { senderId, system, data } = nodes[node]
    const keys = join(folder, data, 'gateway')
    mkdirSync(join(keys, 'trust'), { recursive: true, mode: 0o700 })
    writeFileSync(join(keys, 'system.pem'), identityText(await contour.keys.pki.identity(system)), { mode: 0o600 })
    writeFileSync(join(keys, 'password'), `${password}\n`, { mode: 0o600 })
    const pem = async (...names: string[]) => {
      const shown = await Promise.all(names.map((name) => contour.keys.pki.identity(name)))
      return shown.map(({ certificate }) => toPem(certificate.der, 'CERTIFICATE')).join('')
    }
    writeFileSync(join(keys, 'trust', 'contour.pem'), await pem('root', 'authority', 'register'))
    writeFileSync(join(keys, 'gateway.pem'), await pem('shep'))
    const file = join(folder, `${data}.yaml`)
    // JSON is YAML: what is written here needs no quoting of its own.
    const content = {
      format: 'qyzmet.node/1',
      node,
      data,
      port,
      demonstration: { begins, at },
      access: { senderId, password: { file: `${data}/gateway/password` }, keys: `${data}/gateway` },
      gateway: {
        async: contour.async,
        sync: contour.sync,
        receive: receive === 'push' ? { kind: 'push', port: pushPort } : { kind: 'pull', everyMs: 200 },
      },
      partners: [partner],
      ...(node === 'corporation' ? { register: { endpoint: contour.sync, senderCode: 'DEMO', signedAnswers: true } } : {}),
    }
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    return file
  }
  const files = {
    corporation: await write('corporation', corporationPort, corporationPush, {
      senderId: nodes['region:aktobe'].senderId,
      region: 'aktobe',
    }),
    'region:aktobe': await write('region:aktobe', regionPort, regionPush, { senderId: nodes.corporation.senderId }),
  }
  const urls = { corporation: `http://127.0.0.1:${corporationPort}`, 'region:aktobe': `http://127.0.0.1:${regionPort}` }
  return { contour, files, urls }
}

/** A node as a process of its own; what it says goes to `write`. */
export function startNode(program: string, node: NodeName, file: string, write: (text: string) => void): ChildProcess {
  const child = spawn(process.execPath, [program, 'serve', '--node', node, '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnv(),
  })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write)
  return child
}

/** Settings of the shell are not the nodes': two of them would share a port and a folder. */
function plainEnv(): NodeJS.ProcessEnv {
  const left = ['PORT', 'HOST', 'DATABASE_URL']
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.includes(name) && !name.startsWith('QYZMET_')))
}

/** Free now; another program may be faster, and the node then says so. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))))
  const ports = servers.map((server) => (server.address() as AddressInfo).port) // as: listening on a port, not on a pipe
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
