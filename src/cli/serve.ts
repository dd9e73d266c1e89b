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
export async function serveCommand(args: readonly string[], io: Streams, { config, translator }: ServeTools): Promise<number> {
  const command = config.demonstration ? 'start' : 'serve'
  if (args.length > 0) {
    for (const language of ['kk', 'ru', 'en'] as const) io.stdout.write(`${translator(language)(`cli.about.${command}`)}\n`)
    return args.includes('--help') ? 0 : 2
  }
  const began = performance.now()
  const server = await startServer(config)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const language of ['kk', 'ru'] as const) io.stdout.write(`${translator(language)('cli.ready', { url: server.url, seconds })}\n`)
  const signals = new AbortController()
  await Promise.race([once(process, 'SIGINT', signals), once(process, 'SIGTERM', signals)])
  signals.abort()
  await server.close()
  return 0
}
