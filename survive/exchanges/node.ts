/**
 * One node of the run as a process: the real server over a database of its own, its register and its messages on the wire of the test contour. It is told
 * everything in one argument, and says its address in its log as `qyzmet start` does. `kill -9` ends it.
 */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { openKeys } from '../../src/contour/keys.ts'
import { reggService } from '../../src/desk/talks/send.ts'
import { shepFiles } from '../../src/gateway/files/shepFiles.ts'
import { shepMessages } from '../../src/gateway/messages/shep/channel.ts'
import { registerFrom } from '../../src/gateway/register/shep/from.ts'
import { registerSettings } from '../../src/gateway/register/shep/settings.ts'
import { shepClient } from '../../src/gateway/shep/client/client.ts'
import { mountShep } from '../../src/gateway/shep/server/http.ts'
import { startServer } from '../../src/main.ts'
import { type NodeTold, pushPath, regulation } from './told.ts'

const told: NodeTold = JSON.parse(process.argv[2] ?? '')

/** Law's time: the clocks of the nodes and of the contour are shifted alike. */
const now = () => new Date(Date.now() + told.shiftMs).toISOString()

const keys = await openKeys({ algorithm: told.algorithm, at: now(), folder: told.pki })
const signer = await keys.system(told.system)
if (signer === null) throw new Error(`the contour knows no ${told.system}`)
const access = { senderId: told.plan.senderId, password: 'demo-secret', signer, trust: keys.trust, known: keys.known }
const settings = registerSettings.parse({ endpoint: told.sync, senderCode: 'DEMO', timeoutMs: told.answerMs, signedAnswers: true })
const { register } = await registerFrom(settings, { access, now })
const service = reggService(regulation)
const sender = { senderId: told.plan.senderId, password: 'demo-secret' }
const common = { signer, trust: { trust: { roots: [], authorities: [] }, pinned: keys.known }, now, line: { answerMs: told.answerMs } }
const channel = shepMessages({
  ...common,
  address: told.async,
  sender,
  receive: told.push === null ? { kind: 'pull', services: [service], everyMs: 150 } : { kind: 'push' },
  broke: (cause) => process.stderr.write(`broke ${String(cause)}\n`),
})
const files = shepClient({ ...common, address: told.sync, channel: 'sync', sender })

const server = await startServer(
  {
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data: told.data,
    databaseUrl: told.databaseUrl,
    publicUrl: 'http://127.0.0.1:8080',
    regulations: join(import.meta.dirname, '../../regulations'),
    keys: join(told.data, 'keys'),
    node: told.plan,
    log: 'json',
  },
  {
    register,
    gateway: { join: () => channel, files: shepFiles({ client: files, credentials: sender, now }) },
  },
)
// The gateway calls as soon as somebody listens: whoever takes messages is there by then.
const pushed = told.push === null ? null : createServer(mountShep({ paths: { [pushPath]: channel.push } })).listen(told.push, '127.0.0.1')
process.stdout.write(`${server.url}\n`)
process.on('SIGTERM', () => {
  pushed?.close()
  void server.close().then(() => process.exit(0))
})
