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
  // Until real wires are configured, production must not be taken for more than it is.
  if (!config.demonstration) for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.simulated')}\n`)
  // Heard from the first moment, so that a start that is broken off leaves no database running; and to the last, since Ctrl-C reaches
  // every process of the group and the command that brought Node 26 passes it on once more: a second signal must not cut the closing short.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => resolve())
  })
  const began = performance.now()
  const server = await startServer(config)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const language of ['kk', 'ru'] as const) io.stdout.write(`${translator(language)('cli.ready', { url: server.url, seconds })}\n`)
  await asked
  await server.close()
  return 0
}
