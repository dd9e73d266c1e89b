import { ConfigWrong, WrongDatabase } from '../config.ts'
import { LawEdited } from '../desk/lawAtStart.ts'
import { LawBroken } from '../desk/statutes.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { EmbeddedServerError } from '../ledger/embedded/breakage.ts'
import { LedgerAway } from '../ledger/ledger.ts'
import { UnfitDatabase } from '../ledger/postgres/migrate.ts'
import type { Streams } from './streams.ts'

/** What a command could not do, in words where we know why; with its whole cause where we do not. Always exit 1. */
export function tellBreakage(cause: unknown, io: Streams, translator: (language: Language) => Translator): number {
  for (const language of ['kk', 'ru', 'en'] as const) {
    const told = words(cause, translator(language))
    if (told !== null) io.stderr.write(`${told}\n`)
  }
  const detail = cause instanceof Error ? (known(cause) ? cause.message : (cause.stack ?? cause.message)) : String(cause)
  io.stderr.write(`${detail}\n`)
  if (cause instanceof LawBroken) for (const problem of cause.problems) io.stderr.write(`${JSON.stringify(problem)}\n`)
  return 1
}

const classes = { ConfigWrong, LawEdited, LawBroken, LedgerAway, UnfitDatabase, WrongDatabase, EmbeddedServerError }

function words(cause: unknown, t: Translator): string | null {
  if (isPortInUse(cause)) return t('cli.breakage.portInUse', { port: String(cause.port) })
  const name = Object.entries(classes).find(([, type]) => cause instanceof type)?.[0]
  return name === undefined ? null : t(`cli.breakage.${name}`)
}

const known = (cause: unknown) => isPortInUse(cause) || Object.values(classes).some((type) => cause instanceof type)

const isPortInUse = (cause: unknown): cause is { port: number } =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EADDRINUSE' && 'port' in cause
