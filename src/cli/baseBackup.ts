import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { copyCluster } from '../ledger/backup/physical.ts'
import { startEmbedded } from '../ledger/embedded/server.ts'
import type { Streams } from './streams.ts'

interface BaseBackupTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/** `qyzmet base-backup <folder>`: the embedded server's files, as the start of a recovery to a moment. Of another server: `pg_basebackup`. */
export async function baseBackupCommand(args: readonly string[], io: Streams, { config, translator }: BaseBackupTools): Promise<number> {
  const folder = resolve(args[0] ?? '')
  const tell = (to: NodeJS.WritableStream, key: string, params = {}) => {
    for (const language of ['kk', 'ru'] as const) to.write(`${translator(language)(key, params)}\n`)
  }
  if (config.databaseUrl !== undefined) {
    tell(io.stderr, 'cli.baseBackup.embeddedOnly')
    return 2
  }
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const server = await startEmbedded(join(config.data, 'postgres'))
  try {
    const position = await copyCluster(server.url, folder)
    tell(io.stdout, 'cli.baseBackup.made', { folder, position })
    return 0
  } finally {
    await server.stop()
  }
}
