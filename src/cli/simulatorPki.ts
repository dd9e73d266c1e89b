import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { contourClock } from '../contour/clock.ts'
import { faults } from '../contour/pki/faults.ts'
import { isAlgorithm, type Pki, type PkiAlgorithm } from '../contour/pki/pki.ts'
import { servePki } from '../contour/pki/server.ts'
import { ended, isInstant, type SimulatorTools } from './simulator.ts'
import type { Streams } from './streams.ts'

const options = {
  folder: { type: 'string' },
  algorithm: { type: 'string' },
  at: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  make: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const usage =
  'qyzmet simulator pki --folder <folder> [--algorithm gost|rsa|ecdsa] [--at <RFC 3339>] [--port 8091] [--host 127.0.0.1] [--make] [--json]'

/**
 * `qyzmet simulator pki`: a test PKI in a folder, made when absent: root, issuing authority, the demonstration's staff, systems, applicants, and one operator's
 * certificates that must be refused. Serves its CRL, OCSP and TSP until SIGINT or SIGTERM, from `--at` on at real speed; `--make` only makes it.
 */
export async function simulatorPkiCommand(args: readonly string[], io: Streams, { translator }: SimulatorTools): Promise<number> {
  const read = readArguments(args)
  const languages = ['kk', 'ru', 'en'] as const
  const lines = [usage, ...languages.map((language) => `  ${translator(language)('cli.simulator.pki.about')}`)].join('\n')
  if (read.kind === 'help') {
    io.stdout.write(`${lines}\n`)
    return 0
  }
  if (read.kind === 'wrong') {
    io.stderr.write(`${read.why}\n\n${lines}\n`.trimStart())
    return 2
  }
  const { folder, make, json, ...wish } = read
  const clock = contourClock(read.from)
  const running = await servePki({ ...wish, folder, at: read.from ?? clock.now(), now: clock.now })
  const names = await makeAll(running.pki)
  const told = { folder, root: join(folder, 'root.pem'), url: running.url, count: names.length }
  if (json) io.stdout.write(`${JSON.stringify({ ...told, algorithm: running.pki.algorithm, at: running.pki.at, names })}\n`)
  else
    for (const one of languages) io.stdout.write(`${translator(one)(make ? 'cli.simulator.pki.made' : 'cli.simulator.pki.ready', told)}\n`)
  if (!make) await ended()
  await running.close()
  return 0
}

/** Everybody, and what must be refused of one operator. */
async function makeAll(pki: Pki): Promise<string[]> {
  const names = [...pki.names, ...faults.map((fault) => `almaty.operator.${fault}`)]
  for (const name of names) await pki.identity(name)
  return names
}

type Read =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | {
      readonly kind: 'run'
      readonly folder: string
      readonly algorithm: PkiAlgorithm
      readonly from: string | undefined
      readonly port: number
      readonly host: string
      readonly make: boolean
      readonly json: boolean
    }

function readArguments(args: readonly string[]): Read {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const { folder, algorithm = 'gost', at, host = '127.0.0.1', make = false, json = false } = values
    const port = Number(values.port ?? '8091')
    if (folder === undefined) return { kind: 'wrong', why: '' }
    if (!isAlgorithm(algorithm)) return { kind: 'wrong', why: `--algorithm ${algorithm}` }
    if (at !== undefined && !isInstant(at)) return { kind: 'wrong', why: `--at ${at}` }
    if (!Number.isInteger(port) || port < 0 || port > 65535) return { kind: 'wrong', why: `--port ${values.port}` }
    return { kind: 'run', folder, algorithm, from: at, port, host, make, json }
  } catch (cause) {
    if (cause instanceof TypeError) return { kind: 'wrong', why: cause.message }
    throw cause
  }
}
