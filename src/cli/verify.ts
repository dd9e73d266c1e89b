import type { Config } from '../config.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { lawTexts } from '../ledger/law.ts'
import { verify } from '../ledger/verify/verify.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface VerifyTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

/** `qyzmet verify [--json]`: every chain, value, file and view of the ledger; exit 0 only if nothing is wrong. Work may go on meanwhile. */
export async function verifyCommand(args: readonly string[], io: Streams, { config, translator }: VerifyTools): Promise<number> {
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const result = await verify(ledger.database, keyRing, { rowsOf: viewsOfEvents(statutes, await lawTexts(ledger.database)) })
    if (args.includes('--json')) io.stdout.write(`${JSON.stringify(result)}\n`)
    else {
      for (const problem of result.problems)
        io.stdout.write(`✗ ${problem.kind} ${problem.home} ${problem.case} ${problem.seq ?? ''}: ${problem.text}\n`)
      for (const language of ['kk', 'ru'] as const) {
        const { cases, events, problems } = result
        io.stdout.write(`${translator(language)('cli.verified', { cases, events, problems: problems.length })}\n`)
      }
    }
    return result.problems.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}
