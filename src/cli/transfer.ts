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
import { exportLedger } from '../ledger/transfer/export.ts'
import { importLedger } from '../ledger/transfer/import.ts'
import { verify } from '../ledger/verify/verify.ts'
import { linesOf } from './linesOf.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface TransferTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/** The passphrase never stands on the command line, where every process of the machine could read it. */
export const passphraseOf = () => process.env.QYZMET_PASSPHRASE

/** `qyzmet export <file|->`: the whole ledger as lines of JSON, gzip where the name ends with .gz; keys wrapped by QYZMET_PASSPHRASE. */
export async function exportCommand(args: readonly string[], io: Streams, { config }: Pick<TransferTools, 'config'>): Promise<number> {
  const [target = '-'] = args
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    const passphrase = passphraseOf()
    const lines = Readable.from(exportLedger(ledger.database, { keyRing, ...(passphrase === undefined ? {} : { passphrase }) }))
    if (target === '-') {
      for await (const line of lines) if (!io.stdout.write(line)) await new Promise((resolve) => io.stdout.once('drain', resolve))
      return 0
    }
    const file = createWriteStream(target, { mode: 0o600, flags: 'wx' })
    await (target.endsWith('.gz') ? pipeline(lines, createGzip(), file) : pipeline(lines, file))
    return 0
  } finally {
    await close()
  }
}

/** `qyzmet import <file|->`: into an empty database; the ledger is verified before it is said to be there. */
export async function importCommand(args: readonly string[], io: Streams, { config, translator }: TransferTools): Promise<number> {
  const [source = '-'] = args
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const texts = new Map<string, string>()
    const lines = noting(
      linesOf(() => (source === '-' ? io.stdin : createReadStream(source)), source.endsWith('.gz')),
      texts,
    )
    const passphrase = passphraseOf()
    const rowsOf = viewsOfEvents(statutes, texts)
    await importLedger(ledger.database, lines, { keyRing, rowsOf, ...(passphrase === undefined ? {} : { passphrase }) })
    const { cases, events, problems } = await verify(ledger.database, keyRing, { rowsOf })
    for (const language of ['kk', 'ru'] as const) {
      io.stdout.write(`${translator(language)('cli.verified', { cases, events, problems: problems.length })}\n`)
    }
    return problems.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

/** Passes the lines on and keeps the texts of the law among them: cases are shown under the text they were decided under. */
export async function* noting(lines: AsyncIterable<string>, texts: Map<string, string>): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.startsWith('["law_file"')) {
      const [, row] = JSON.parse(line) as [string, { sha256: string; text: string }] // rows of the table law_file, as the export writes them
      texts.set(Buffer.from(row.sha256, 'base64').toString('hex'), row.text)
    }
    yield line
  }
}
