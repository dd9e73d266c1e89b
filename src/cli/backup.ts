import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Config } from '../config.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import type { Database } from '../ledger/postgres/database.ts'
import { exportLedger } from '../ledger/transfer/export.ts'
import { ImportRefused, importLedger } from '../ledger/transfer/import.ts'
import { exportOthers, importOthers } from '../ledger/transfer/otherTables.ts'
import { verify } from '../ledger/verify/verify.ts'
import { migrateNotices } from '../notices/postgres/migrate.ts'
import { migratePeople } from '../people/migrate.ts'
import { migrateQueue } from '../queue/postgres/migrate.ts'
import { linesOf } from './linesOf.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'
import { noting, passphraseOf } from './transfer.ts'

interface BackupTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const header = { format: 'qyzmet-backup', version: 1 }

/**
 * `qyzmet backup <file>`: ledger, files, people, the queue's log; gzip. Without views, which are derived, and without the installation's key:
 * the keys of cases are wrapped by QYZMET_PASSPHRASE, so the file alone opens nothing.
 */
export async function backupCommand(args: readonly string[], io: Streams, { config, translator }: BackupTools): Promise<number> {
  const [target = ''] = args
  const passphrase = passphraseOf()
  if (passphrase === undefined || passphrase.length < 12) return tell(io, translator, 'cli.backup.passphrase')
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    await migrateAll(ledger.database)
    const lines = async function* () {
      yield `${JSON.stringify(header)}\n`
      yield* exportOthers(ledger.database)
      yield* exportLedger(ledger.database, { keyRing, passphrase })
    }
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(target, { mode: 0o600, flags: 'wx' }))
    return 0
  } finally {
    await close()
  }
}

/** `qyzmet restore <file>`: into an empty database; verified before it is said to be there. */
export async function restoreCommand(args: readonly string[], io: Streams, { config, translator }: BackupTools): Promise<number> {
  const [source = ''] = args
  const passphrase = passphraseOf()
  if (passphrase === undefined) return tell(io, translator, 'cli.backup.passphrase')
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    await migrateAll(ledger.database)
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const lines = linesOf(() => createReadStream(source), true)
    const first = await lines.next()
    if (first.done || first.value !== JSON.stringify(header)) throw new ImportRefused('format', 'This is not a backup of version 1.')
    const texts = new Map<string, string>()
    const rowsOf = viewsOfEvents(statutes, texts)
    await importOthers(ledger.database, lines)
    await importLedger(ledger.database, noting(lines, texts), { keyRing, rowsOf, passphrase })
    const { cases, events, problems } = await verify(ledger.database, keyRing, { rowsOf })
    for (const language of ['kk', 'ru'] as const) {
      io.stdout.write(`${translator(language)('cli.verified', { cases, events, problems: problems.length })}\n`)
    }
    return problems.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

async function migrateAll(database: Database): Promise<void> {
  await migratePeople(database)
  await migrateQueue(database)
  await migrateNotices(database)
}

function tell(io: Streams, translator: BackupTools['translator'], key: string): number {
  for (const language of ['kk', 'ru', 'en'] as const) io.stderr.write(`${translator(language)(key)}\n`)
  return 2
}
