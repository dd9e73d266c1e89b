import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { compareWithBackup } from '../ledger/backup/against.ts'
import { lawTexts } from '../ledger/law.ts'
import { verify } from '../ledger/verify/verify.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'
import { passphraseOf } from './transfer.ts'

interface VerifyTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/**
 * `qyzmet verify [--against <backup>] [--json]`: every chain, value, file and view of the ledger, and that everything the backup has is still in
 * it; exit 0 only if nothing is wrong. Work may go on meanwhile.
 */
export async function verifyCommand(args: readonly string[], io: Streams, { config, translator }: VerifyTools): Promise<number> {
  const options = { against: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values } = parseArgs({ args: [...args], options, strict: true })
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const against = values.against === undefined ? null : await compareWithBackup(ledger.database, resolve(values.against), passphraseOf())
    const whole = await verify(ledger.database, keyRing, { rowsOf: viewsOfEvents(statutes, await lawTexts(ledger.database)) })
    const result = { ...whole, problems: [...(against?.problems ?? []), ...whole.problems] }
    if (values.json) {
      const told = against && { madeAt: against.madeAt, cases: against.cases, destroyed: against.destroyed }
      io.stdout.write(`${JSON.stringify({ ...result, ...(told && { against: told }) })}\n`)
    } else {
      for (const problem of result.problems)
        io.stdout.write(`✗ ${problem.kind} ${problem.home} ${problem.case} ${problem.seq ?? ''}: ${problem.text}\n`)
      for (const language of ['kk', 'ru'] as const) {
        const { cases, events, problems } = result
        const t = translator(language)
        if (against)
          io.stdout.write(`${t('cli.against', { at: against.madeAt, cases: against.cases, destroyed: against.destroyed.length })}\n`)
        io.stdout.write(`${t('cli.verified', { cases, events, problems: problems.length })}\n`)
      }
    }
    return result.problems.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}
