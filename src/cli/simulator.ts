import { parseArgs } from 'node:util'
import type { ContourOptions } from '../contour/contour.ts'
import { isAlgorithm } from '../contour/pki/pki.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { createLog } from '../observe/log.ts'
import type { Streams } from './streams.ts'

export interface SimulatorTools {
  readonly translator: (language: Language) => Translator
}

type Part = (args: readonly string[], io: Streams, tools: SimulatorTools) => Promise<number>

/** Parts of the test contour that are commands of their own: `qyzmet simulator <part>`. Each reads its own arguments and answers `--help`. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  pki: async () => (await import('./simulatorPki.ts')).simulatorPkiCommand,
  ncalayer: async () => (await import('./simulatorNcalayer.ts')).simulatorNcalayerCommand,
}

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  algorithm: { type: 'string' },
  unsigned: { type: 'boolean' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const usage =
  'qyzmet simulator [--port 8090] [--host 127.0.0.1] [--data <folder>] [--keys <folder>] [--algorithm rsa|gost|ecdsa] [--unsigned] [--seed <text>] [--clock <RFC 3339>] [--json]'

/** `qyzmet simulator` and its parts. The whole contour runs until SIGINT or SIGTERM. */
export async function simulatorCommand(args: readonly string[], io: Streams, tools: SimulatorTools): Promise<number> {
  const [name = ''] = args
  const part = Object.hasOwn(parts, name) ? await parts[name]?.() : undefined
  if (part !== undefined) return part(args.slice(1), io, tools)
  const read = readArguments(args)
  const lines = [usage, ...Object.keys(parts).map((one) => `qyzmet simulator ${one} [--help]`)].join('\n')
  const about = (['kk', 'ru', 'en'] as const).map((language) => `  ${tools.translator(language)('cli.about.simulator')}\n`).join('')
  if (read.kind === 'help') {
    io.stdout.write(`${lines}\n${about}`)
    return 0
  }
  if (read.kind === 'wrong') {
    io.stderr.write(`${read.why}\n\n${lines}\n${about}`)
    return 2
  }
  const { openContour } = await import('../contour/contour.ts')
  const contour = await openContour({ ...read.options, log: logTo(io) })
  tell(contour.url, read.json, io, tools)
  await ended()
  await contour.close()
  return 0
}

type Read =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'run'; readonly options: ContourOptions; readonly json: boolean }

function readArguments(args: readonly string[]): Read {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const port = Number(values.port ?? '8090')
    if (!Number.isInteger(port) || port < 0 || port > 65535) return { kind: 'wrong', why: `--port ${values.port}` }
    const { host, data, keys, algorithm, seed, clock } = values
    if (algorithm !== undefined && !isAlgorithm(algorithm)) return { kind: 'wrong', why: `--algorithm ${algorithm}` }
    if (clock !== undefined && !isInstant(clock)) return { kind: 'wrong', why: `--clock ${clock}` }
    return {
      kind: 'run',
      options: { port, host, data, keys, algorithm, seed, clock, strictSignatures: !values.unsigned },
      json: values.json ?? false,
    }
  } catch (cause) {
    if (cause instanceof TypeError) return { kind: 'wrong', why: cause.message }
    throw cause
  }
}

export function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}

function tell(url: string, json: boolean, io: Streams, { translator }: SimulatorTools) {
  if (json) io.stdout.write(`${JSON.stringify({ url })}\n`)
  else for (const language of ['kk', 'ru', 'en'] as const) io.stdout.write(`${translator(language)('cli.simulator.ready', { url })}\n`)
}

/** What breaks in the contour itself; messages never stand there. */
const logTo = (io: Streams) => createLog({ form: 'human', write: (line) => io.stderr.write(line), machine: () => Date.now() })

/** When somebody asks the process to end. */
export const ended = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
