import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { lawFiles } from '../desk/lawAtStart.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface CorrectTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/**
 * `qyzmet admin correct-law <path> --reason "…"`: records that a file of the law was changed under the same edition, and why.
 * Open cases stay with the text they were submitted under. Exit 1 where the file is not of the law or was not changed.
 */
export async function correctLawCommand(args: readonly string[], io: Streams, { config, translator }: CorrectTools): Promise<number> {
  const t = translator('kk')
  const given = read(args)
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.correctLaw.usage')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const { path, reason } = given
  const { ledger, close } = await openLedgerOf(config)
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const files = lawFiles(statutes)
    const change = (await ledger.law.remember(files.filter((f) => f.path === path)))[0]
    const file = files.find((f) => f.path === path)
    if (change === undefined || file === undefined) {
      io.stderr.write(`${t('cli.correctLaw.unchanged', { path })}\n`)
      return 1
    }
    await ledger.law.correct({ ...file, was: change.was, reason, by: { kind: 'system', id: 'commandLine' }, at: new Date().toISOString() })
    io.stdout.write(`${t('cli.correctLaw.recorded', { path, was: change.was.slice(0, 12), is: change.is.slice(0, 12) })}\n`)
    return 0
  } finally {
    await close()
  }
}

const options = { reason: { type: 'string' }, help: { type: 'boolean' } } as const

/** What was given, or `help`, or what is wrong with it in the words of the parser ('' where something is missing). */
function read(args: readonly string[]): { path: string; reason: string } | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [path, surplus] = positionals
    const reason = values.reason?.trim() ?? ''
    if (values.help) return 'help'
    if (surplus !== undefined) return surplus
    return path === undefined || reason === '' ? '' : { path, reason }
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
