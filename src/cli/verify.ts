import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { talkEvents, together } from '../desk/talks/together.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { compareWithBackup } from '../ledger/backup/against.ts'
import { lawTexts } from '../ledger/law.ts'
import { readKept } from '../ledger/seals/kept.ts'
import { eventsIn, eventsOfCasesWith } from '../ledger/verify/rows.ts'
import { verify } from '../ledger/verify/verify.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'
import { passphraseOf } from './transfer.ts'

interface VerifyTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const options = { against: { type: 'string' }, with: { type: 'string' }, seal: { type: 'string' }, json: { type: 'boolean' } } as const

/**
 * `qyzmet verify [--against <backup>] [--with <export|backup>] [--seal <hash|file>] [--json]`: every chain, value, file, view and seal of the ledger, that everything the backup has
 * is still in it, that what this node and the other hold of each other is what they have, and that a seal that was kept elsewhere is one of the chain; exit 0 only if nothing is wrong. Work may go on meanwhile.
 */
export async function verifyCommand(args: readonly string[], io: Streams, { config, translator }: VerifyTools): Promise<number> {
  const { values } = parseArgs({ args: [...args], options, strict: true })
  const kept = values.seal === undefined ? undefined : keptIn(values.seal)
  if (kept === null) {
    for (const language of ['kk', 'ru', 'en'] as const)
      io.stderr.write(`${translator(language)('cli.seal.notOne', { given: values.seal ?? '' })}\n`)
    return 2
  }
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    const statutes = openStatutes(
      await readLawFiles(config.regulations),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    const against = values.against === undefined ? null : await compareWithBackup(ledger.database, resolve(values.against), passphraseOf())
    const both =
      values.with === undefined
        ? null
        : await together(await eventsOfCasesWith(ledger.database, talkEvents), eventsIn(resolve(values.with), passphraseOf()))
    const rowsOf = viewsOfEvents(statutes, await lawTexts(ledger.database))
    const whole = await verify(ledger.database, keyRing, { rowsOf, ...(kept === undefined ? {} : { kept }) })
    const result = { ...whole, problems: [...(against?.problems ?? []), ...(both?.problems ?? []), ...whole.problems] }
    // Whose values are gone by nobody's order is among the problems, not among the destroyed.
    const unordered = new Set(whole.problems.flatMap((one) => (one.kind === 'destroyed' ? [`${one.home}/${one.case}`] : [])))
    const destroyed = against?.destroyed.filter((one) => !unordered.has(`${one.home}/${one.case}`)) ?? []
    if (values.json) {
      const told = against && { madeAt: against.madeAt, cases: against.cases, destroyed }
      io.stdout.write(
        `${JSON.stringify({ ...result, ...(told && { against: told }), ...(both && { with: { cases: both.cases, messages: both.messages } }) })}\n`,
      )
    } else {
      for (const problem of result.problems)
        io.stdout.write(`✗ ${problem.kind} ${problem.home} ${problem.case} ${problem.seq ?? ''}: ${problem.text}\n`)
      for (const language of ['kk', 'ru'] as const) {
        const { cases, events, problems } = result
        const t = translator(language)
        if (against) io.stdout.write(`${t('cli.against', { at: against.madeAt, cases: against.cases, destroyed: destroyed.length })}\n`)
        if (both) io.stdout.write(`${t('cli.together', { cases: both.cases, messages: both.messages })}\n`)
        io.stdout.write(`${t('cli.verified', { cases, events, problems: problems.length })}\n`)
      }
      const seal = await ledger.seals.newest()
      if (seal !== null)
        for (const language of ['kk', 'ru'] as const)
          io.stdout.write(`${translator(language)('cli.seal.newest', { number: seal.number, at: seal.at, cases: seal.cases })}\n`)
    }
    return result.problems.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

/** A hash as it was given, or what a file holds; null: neither is a seal. */
function keptIn(given: string) {
  return readKept(given) ?? readKept(readFileSync(given, 'utf8'))
}
