import pg from 'pg'
import { ConfigWrong } from '../config.ts'
import { ContourInUse } from '../contour/state/state.ts'
import { LawEdited } from '../desk/lawAtStart.ts'
import { WrongDatabase } from '../desk/opening/wrongDatabase.ts'
import { LawBroken } from '../desk/statutes.ts'
import { AccessWrong } from '../gateway/access/settings.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { NoArchive } from '../ledger/backup/physical.ts'
import { KeysOfAnother } from '../ledger/backup/write.ts'
import { EmbeddedServerError } from '../ledger/embedded/breakage.ts'
import { LedgerAway } from '../ledger/ledger.ts'
import { isAway } from '../ledger/postgres/database.ts'
import { UnfitDatabase } from '../ledger/postgres/migrate.ts'
import { ImportRefused } from '../ledger/transfer/import.ts'
import { TrustWrong } from '../seal/national/open.ts'
import type { Streams } from './streams.ts'

/** What a command could not do, in words where we know why; with its whole cause where we do not. Always exit 1. */
export function tellBreakage(cause: unknown, io: Streams, translator: (language: Language) => Translator): number {
  for (const language of ['kk', 'ru', 'en'] as const) {
    const told = words(cause, translator(language))
    if (told !== null) io.stderr.write(`${told}\n`)
  }
  const detail = cause instanceof Error ? (kindOf(cause) !== null ? cause.message : (cause.stack ?? cause.message)) : String(cause)
  io.stderr.write(`${detail}\n`)
  if (cause instanceof LawBroken) for (const problem of cause.problems) io.stderr.write(`${JSON.stringify(problem)}\n`)
  return 1
}

const classes = {
  AccessWrong,
  ImportRefused,
  ConfigWrong,
  TrustWrong,
  LawEdited,
  LawBroken,
  LedgerAway,
  UnfitDatabase,
  WrongDatabase,
  EmbeddedServerError,
  NoArchive,
  KeysOfAnother,
  ContourInUse,
}

function words(cause: unknown, t: Translator): string | null {
  const name = kindOf(cause)
  if (name === null) return null
  const { port, path } = cause as { port?: number; path?: string } // only what stands in the words of its kind
  return t(`cli.breakage.${name}`, { port: String(port ?? ''), path: path ?? '' })
}

/** What we know of it, as the last part of its key among the words; null: nothing. */
function kindOf(cause: unknown): string | null {
  const known = Object.entries(classes).find(([, type]) => cause instanceof type)?.[0]
  if (known !== undefined) return known
  const { code, path } = Object(cause) as { code?: unknown; path?: unknown } // an error of the system tells more than its class says
  if (code === 'EADDRINUSE') return 'portInUse'
  if (typeof path === 'string') return typeof code === 'string' && files.has(code) ? code : null
  if (cause instanceof pg.DatabaseError && /^(28|3D)/.test(cause.code ?? '')) return 'databaseRefuses'
  return lost.has(String(code)) || (cause instanceof pg.DatabaseError && isAway(cause)) ? 'LedgerAway' : null
}

const lost = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

const files = new Set(['ENOENT', 'EEXIST', 'EACCES', 'EISDIR'])
