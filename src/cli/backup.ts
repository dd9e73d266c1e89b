import { constants, setPriority } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { restoreBackup } from '../ledger/backup/restore.ts'
import { writeBackup } from '../ledger/backup/write.ts'
import { lastBackupSetting } from '../ledger/lastCare.ts'
import { openDatabase } from '../ledger/postgres/database.ts'
import { ledgerSettings } from '../ledger/settings.ts'
import { verify } from '../ledger/verify/verify.ts'
import { floors } from './floors.ts'
import { openServerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'
import { passphraseOf } from './transfer.ts'

interface BackupTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const shortestPassphrase = 12

/**
 * Megabytes a second that a backup reads: on two cores writers at full load keep their p95 (docs/performance.md), and 10 GB take seven minutes.
 */
const usualPace = 24

export const keysBeside = (folder: string): string => `${folder}.keys`

/**
 * `qyzmet backup <folder> [--keys <file>] [--pace <MB/s>]`: ledger, files, people, the queue's log, everything but what is derived, in one
 * snapshot, while work goes on. The keys of cases lie in a file of their own, wrapped by QYZMET_PASSPHRASE.
 */
export async function backupCommand(args: readonly string[], io: Streams, { config, translator }: BackupTools): Promise<number> {
  const options = { keys: { type: 'string' }, pace: { type: 'string', default: String(usualPace) } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const folder = resolve(positionals[0] ?? '')
  const keysFile = resolve(values.keys ?? keysBeside(folder))
  const pace = Number(values.pace)
  if (!(pace >= 0)) return tell(io, translator, 'cli.backup.pace')
  const passphrase = passphraseOf()
  if (passphrase === undefined || passphrase.length < shortestPassphrase) return tell(io, translator, 'cli.backup.passphrase')
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const { url, embedded, keyRing, close } = await openServerOf(config)
  const database = openDatabase({ url, connections: 1 })
  try {
    giveWay(process.pid)
    const manifest = await writeBackup(database, {
      folder,
      keysFile,
      passphrase,
      keyRing,
      floors,
      bytesPerSecond: pace === 0 ? null : pace * 1_000_000,
      now: new Date().toISOString(),
      signal: stopping.signal,
      onReader: embedded ? giveWay : undefined,
    })
    await ledgerSettings(database).set(lastBackupSetting, manifest.madeAt)
    const { heads, keys, tables } = manifest
    const said = { folder, keysFile, cases: heads.cases, events: heads.events, bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0) }
    for (const language of ['kk', 'ru'] as const) io.stdout.write(`${translator(language)('cli.backup.made', said)}\n`)
    if (keys.unopened > 0)
      for (const language of ['kk', 'ru'] as const)
        io.stderr.write(`${translator(language)('cli.backup.unopened', { count: keys.unopened })}\n`)
    return keys.unopened === 0 ? 0 : 1
  } catch (cause) {
    if (!stopping.signal.aborted) throw cause
    for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.backup.stopped')}\n`)
    return 1
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
    await database.close()
    await close()
  }
}

/** `qyzmet restore <folder> [--keys <file>]`: into a new database; verified before it is said to be there. */
export async function restoreCommand(args: readonly string[], io: Streams, { config, translator }: BackupTools): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { keys: { type: 'string' } }, allowPositionals: true })
  const folder = resolve(positionals[0] ?? '')
  const passphrase = passphraseOf()
  if (passphrase === undefined) return tell(io, translator, 'cli.backup.passphrase')
  const { url, keyRing, close } = await openServerOf(config)
  const database = openDatabase({ url })
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      async () => null,
    )
    const texts = new Map<string, string>()
    const folding = (brought: ReadonlyMap<string, string>) => {
      for (const [sha256, text] of brought) texts.set(sha256, text)
      return viewsOfEvents(statutes, texts)
    }
    await restoreBackup(database, { folder, keysFile: resolve(values.keys ?? keysBeside(folder)), passphrase, keyRing, floors, folding })
    const { cases, events, problems } = await verify(database, keyRing, { rowsOf: viewsOfEvents(statutes, texts) })
    for (const problem of problems)
      io.stderr.write(`✗ ${problem.kind} ${problem.home} ${problem.case} ${problem.seq ?? ''}: ${problem.text}\n`)
    for (const language of ['kk', 'ru'] as const)
      io.stdout.write(`${translator(language)('cli.verified', { cases, events, problems: problems.length })}\n`)
    return problems.length === 0 ? 0 : 1
  } finally {
    await database.close()
    await close()
  }
}

/** Whoever works at a desk goes first: our process, and the server's that reads for us, where it is ours too. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A courtesy where the system allows it; the pace holds without it.
  }
}

function tell(io: Streams, translator: BackupTools['translator'], key: string): number {
  for (const language of ['kk', 'ru', 'en'] as const) io.stderr.write(`${translator(language)(key)}\n`)
  return 2
}
