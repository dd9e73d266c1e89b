import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Hono } from 'hono'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { createEmulator, type Emulator, type EmulatorParts } from './emulator.ts'
import { openSockets } from './sockets.ts'
import { windowRoutes } from './windowRoutes.tsx'

/** The emulator inside another server: as many machines as pages ask, each with a screen of its own, named by whoever drew the page. */
export interface KeyProgram {
  /** Under `<machine>/window`. */
  readonly routes: Hono
  /** `<prefix>/<machine>` becomes that machine's socket; any other request, or one of another site, is cut. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Made when it is first named. */
  readonly machine: (name: string) => Emulator
  readonly close: () => void
}

export interface KeyProgramParts extends EmulatorParts {
  readonly translator: (language: Language) => Translator
  /** Where it stands on the server: `/demo/ncalayer`. */
  readonly prefix: string
}

/** Pages come and go; a machine that nobody has named for so many others is gone. */
const mostMachines = 500
const nameForm = /^[\w-]{1,64}$/

export function openKeyProgram({ translator, prefix, ...parts }: KeyProgramParts): KeyProgram {
  const machines = new Map<string, Emulator>()
  const sockets = openSockets()

  function machine(name: string): Emulator {
    const one = machines.get(name) ?? createEmulator(parts)
    // Named again, it is the youngest.
    machines.delete(name)
    machines.set(name, one)
    const oldest = machines.keys().next()
    if (machines.size > mostMachines && !oldest.done) machines.delete(oldest.value)
    return one
  }

  const nameIn = (path: string): string | null => {
    const name = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : ''
    return nameForm.test(name) ? name : null
  }
  const named = (name: string | undefined) => (name !== undefined && nameForm.test(name) ? machine(name) : null)
  const routes = new Hono().route(
    '/:machine/window',
    windowRoutes({
      translator,
      machine: (c) => named(c.req.param('machine')),
      at: (c) => `${prefix}/${c.req.param('machine')}/window`,
    }),
  )
  return {
    routes,
    machine,
    upgrade(request, socket, head) {
      const name = nameIn(URL.parse(request.url ?? '', 'http://page.invalid')?.pathname ?? '')
      const own = URL.parse(request.headers.origin ?? '')?.host === request.headers.host
      if (name === null || !own) return void socket.destroy()
      sockets.upgrade(request, socket, head, machine(name))
    },
    close: () => sockets.close(),
  }
}
