import type { Config } from '../config.ts'
import type { Connect } from '../desk/opening/outside.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { startServer } from '../main.ts'
import { ordinaryLimits } from '../web/listen/limits.ts'
import type { Streams } from './streams.ts'

interface ServeTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
  /** How the systems outside are met; absent: they are simulated. */
  readonly connect?: Connect
}

/** `qyzmet start` and `qyzmet serve`: until SIGINT or SIGTERM. */
export async function serveCommand(io: Streams, { config, translator, connect }: ServeTools): Promise<number> {
  // Until real wires are configured, production must not be taken for more than it is.
  const simulated = config.seals === undefined ? 'cli.simulated' : 'cli.simulatedOutside'
  if (!config.demonstration && connect === undefined)
    for (const language of ['kk', 'ru'] as const)
      io.stderr.write(`${translator(language)(simulated)}
`)
  const { asked, hurry } = signals()
  const began = performance.now()
  const server = await startServer(config, connect)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const language of ['kk', 'ru'] as const) io.stdout.write(`${translator(language)('cli.ready', { url: server.url, seconds })}\n`)
  await asked
  const closed = server.close(hurry).then((whole) => {
    if (!whole) for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.cutOff')}\n`)
  })
  // Something that never ends must not keep the process: a timer that holds nothing open.
  const stuck = new Promise<'stuck'>((resolve) => {
    hurry.addEventListener('abort', () => setTimeout(resolve, longestCloseMs, 'stuck').unref())
    setTimeout(
      resolve,
      (config.limits ?? ordinaryLimits).lameDuckMs + (config.limits ?? ordinaryLimits).drainMs + longestCloseMs,
      'stuck',
    ).unref()
  })
  if ((await Promise.race([closed, stuck])) === 'stuck') process.exit(1)
  return 0
}

/** Effects in hand, the database's own end and whatever else stands behind the answers, in ms. */
const longestCloseMs = 20_000
/** Ctrl-C reaches every process of the group, and the command that brought Node 26 passes it on once more: so soon it is the same signal. */
const echoMs = 1_500

/**
 * Heard from the first moment, so that a start that is broken off leaves no database running; and to the last: a second signal does not cut the
 * closing short, it cuts off the requests that the closing waits for.
 */
function signals(): { asked: Promise<void>; hurry: AbortSignal } {
  const hurry = new AbortController()
  const asked = new Promise<void>((resolve) => {
    let first: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.on(signal, () => {
        first ??= performance.now()
        if (performance.now() - first > echoMs) hurry.abort()
        resolve()
      })
  })
  return { asked, hurry: hurry.signal }
}
