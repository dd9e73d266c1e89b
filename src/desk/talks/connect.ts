import { createServer } from 'node:http'
import { z } from 'zod'
import { type Access, gatewayTrust } from '../../gateway/access/open.ts'
import { shepFiles } from '../../gateway/files/shepFiles.ts'
import type { Taken } from '../../gateway/messages/once.ts'
import { type ShepMessages, shepMessages } from '../../gateway/messages/shep/channel.ts'
import { shepClient } from '../../gateway/shep/client/client.ts'
import { mountShep } from '../../gateway/shep/server/http.ts'
import type { Gateway } from './wires.ts'

const address = z.url({ protocol: /^https?$/ })

/** Where this node meets the gateway. */
export const gatewaySettings = z.strictObject({
  async: address.describe('AsyncChannel of the gateway: messages leave there'),
  sync: address.describe('SyncChannel of the gateway: files too large for a message are laid there'),
  receive: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('push'),
        host: z.string().min(1).default('127.0.0.1'),
        port: z.number().int().min(0).max(65535),
        path: z.string().startsWith('/').default('/shep'),
      }),
      z.strictObject({ kind: z.literal('pull'), everyMs: z.number().int().min(50).max(600_000).default(2_000) }),
    ])
    .default({ kind: 'pull', everyMs: 2_000 })
    .describe('`push`: the gateway calls this address; `pull`: this node asks'),
})
export type GatewaySettings = z.infer<typeof gatewaySettings>

export interface Connected {
  readonly gateway: Gateway
  close(): Promise<void>
}

/**
 * The real gateway as a talk uses it. The gateway's own certificate is among those that `access` knows.
 * @param hears services whose messages come to this node
 */
export async function connectShep(
  settings: GatewaySettings,
  access: Access,
  hears: readonly string[],
  { now, broke, taken }: { readonly now: () => string; readonly broke: (cause: unknown) => void; readonly taken?: Taken },
): Promise<Connected> {
  const sender = { senderId: access.senderId, password: access.password }
  const trust = gatewayTrust(access)
  const { receive } = settings
  const common = { sender, signer: access.signer, trust, now, broke }
  const mode = receive.kind === 'push' ? { kind: receive.kind } : { ...receive, services: hears }
  const channel: ShepMessages = shepMessages({ ...common, address: settings.async, receive: mode, ...(taken ? { taken } : {}) })
  const client = shepClient({ ...common, address: settings.sync, channel: 'sync' })
  const stop = receive.kind === 'push' ? await listenAt(receive, channel) : async () => {}
  return {
    gateway: { join: () => channel, files: shepFiles({ client, credentials: sender, now }) },
    async close() {
      await stop()
      channel.close()
      client.close()
    },
  }
}

async function listenAt(
  { host, port, path }: { host: string; port: number; path: string },
  channel: ShepMessages,
): Promise<() => Promise<void>> {
  const server = createServer(mountShep({ paths: { [path]: channel.push } }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
