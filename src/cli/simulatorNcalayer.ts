import { parseArgs } from 'node:util'
import { contourClock } from '../contour/clock.ts'
import { staffWithKeys } from '../contour/ncalayer/people.ts'
import { pkiSigning } from '../contour/ncalayer/pkiSigning.ts'
import { serveEmulator } from '../contour/ncalayer/server.ts'
import { ownTls } from '../contour/ncalayer/tls.ts'
import { isAlgorithm, makePki, type PkiAlgorithm } from '../contour/pki/pki.ts'
import { ended, isInstant, type SimulatorTools } from './simulator.ts'
import type { Streams } from './streams.ts'

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  keys: { type: 'string' },
  algorithm: { type: 'string' },
  at: { type: 'string' },
  ws: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const usage =
  'qyzmet simulator ncalayer [--port 13579] [--host 127.0.0.1] [--keys <folder>] [--algorithm gost|rsa|ecdsa] [--at <RFC 3339>] [--ws] [--json]'

/**
 * `qyzmet simulator ncalayer`: an emulator of NCALayer in its own place, for pages that sign, with the keys of a test PKI (`--keys`: of that folder, as
 * `simulator pki` makes it; else made anew). `wss` with a certificate of its own, or `--ws`. Until SIGINT or SIGTERM.
 */
export async function simulatorNcalayerCommand(args: readonly string[], io: Streams, { translator }: SimulatorTools): Promise<number> {
  const read = readArguments(args)
  const languages = ['kk', 'ru', 'en'] as const
  const lines = [usage, ...languages.map((language) => `  ${translator(language)('cli.simulator.ncalayer.about')}`)].join('\n')
  if (read.kind !== 'run') {
    const out = read.kind === 'help' ? io.stdout : io.stderr
    out.write(`${read.kind === 'wrong' ? `${read.why}\n\n` : ''}${lines}\n`)
    return read.kind === 'help' ? 0 : 2
  }
  const { port, host, algorithm, from, folder, tls, json } = read
  const clock = contourClock(from)
  const keys = await makePki({ algorithm, at: from ?? clock.now(), ...(folder === undefined ? {} : { folder }) })
  const server = await serveEmulator({
    ...{ keys, people: staffWithKeys(), signing: pkiSigning({ now: clock.now }), translator, port, host },
    tls: tls ? await ownTls(new Date().toISOString()) : undefined,
  })
  const { url, window } = server
  if (json) io.stdout.write(`${JSON.stringify({ url, window })}\n`)
  else for (const language of languages) io.stdout.write(`${translator(language)('cli.simulator.ncalayer.ready', { url, window })}\n`)
  await ended()
  await server.close()
  return 0
}

type Read =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | {
      readonly kind: 'run'
      readonly port: number
      readonly host: string
      readonly folder: string | undefined
      readonly algorithm: PkiAlgorithm
      readonly from: string | undefined
      readonly tls: boolean
      readonly json: boolean
    }

function readArguments(args: readonly string[]): Read {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const { keys, algorithm = 'gost', at, host = '127.0.0.1', ws = false, json = false } = values
    const port = Number(values.port ?? '13579')
    if (!isAlgorithm(algorithm)) return { kind: 'wrong', why: `--algorithm ${algorithm}` }
    if (at !== undefined && !isInstant(at)) return { kind: 'wrong', why: `--at ${at}` }
    if (!Number.isInteger(port) || port < 0 || port > 65535) return { kind: 'wrong', why: `--port ${values.port}` }
    return { kind: 'run', port, host, folder: keys, algorithm, from: at, tls: !ws, json }
  } catch (cause) {
    if (cause instanceof TypeError) return { kind: 'wrong', why: cause.message }
    throw cause
  }
}
