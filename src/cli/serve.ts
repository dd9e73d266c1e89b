import { once } from 'node:events'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { startServer } from '../main.ts'
import type { Streams } from './streams.ts'

interface ServeTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/** `qyzmet start` and `qyzmet serve`: until SIGINT or SIGTERM. */
export async function serveCommand(io: Streams, { config, translator }: ServeTools): Promise<number> {
  // Heard from the first moment on: a start that is broken off closes what it has opened, and leaves no database running.
  // Until real wires are configured, production must not be taken for more than it is.
  if (!config.demonstration) for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.simulated')}\n`)
  const signals = new AbortController()
  const asked = Promise.race([once(process, 'SIGINT', signals), once(process, 'SIGTERM', signals)])
  const began = performance.now()
  const server = await startServer(config)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const language of ['kk', 'ru'] as const) io.stdout.write(`${translator(language)('cli.ready', { url: server.url, seconds })}\n`)
  await asked
  signals.abort()
  await server.close()
  return 0
}
