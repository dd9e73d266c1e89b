import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Emulator } from './emulator.ts'

/** Documents come inside the request: fifty of them, and a few megabytes each at most. */
const longestFrame = 32 * 1024 * 1024

export interface Sockets {
  /** Makes a WebSocket of the request; the machine that it speaks to is given, or null: there is none, and the connection ends. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, machine: Emulator | null): void
  close(): void
}

export function openSockets(): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: longestFrame })
  return {
    upgrade(request, socket, head, machine) {
      if (machine === null || machine.faults.absent) return void socket.destroy()
      server.handleUpgrade(request, socket, head, (connection) => attach(connection, machine))
    },
    close() {
      for (const connection of server.clients) connection.terminate()
      server.close()
    },
  }
}

function attach(connection: WebSocket, machine: Emulator): void {
  const side = machine.connect({ send: (frame) => connection.send(frame), cut: () => connection.terminate() })
  connection.on('message', (data, isBinary) => {
    if (!isBinary) side.receive(data.toString())
  })
  connection.on('close', () => side.closed())
  // A frame that is too long, or not UTF-8: the library closes the connection.
  connection.on('error', () => side.closed())
}
