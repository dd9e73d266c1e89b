import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { lawMoment } from './lawMoment.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface SealTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const options = { show: { type: 'boolean' }, out: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const

/**
 * `qyzmet seal [--show] [--out <file>] [--json]`: seals the cases that moved and prints the newest seal, for somebody else to keep; `--show` only prints it.
 * Exit 1: there is none.
 */
export async function sealCommand(args: readonly string[], io: Streams, { config, translator }: SealTools): Promise<number> {
  const given = read(args)
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.seal.usage')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`)
    return given === 'help' ? 0 : 2
  }
  const { ledger, close } = await openLedgerOf(config)
  try {
    const { seals } = ledger
    const made = given.show ? null : await seals.make(await lawMoment(ledger))
    const seal = made ?? (await seals.newest())
    const languages = ['kk', 'ru'] as const
    if (seal === null) {
      for (const language of languages) io.stderr.write(`${translator(language)('cli.seal.none')}\n`)
      return 1
    }
    const text = `${JSON.stringify(seal)}\n`
    // A seal that was kept is not replaced by another.
    if (given.out !== undefined) writeFileSync(given.out, text, { flag: 'wx' })
    if (given.json) io.stdout.write(text)
    else {
      const { number, at, cases } = seal
      for (const language of languages)
        io.stdout.write(`${translator(language)(made === null ? 'cli.seal.newest' : 'cli.seal.made', { number, at, cases })}\n`)
      io.stdout.write(`${seal.hash}\n`)
    }
    return 0
  } finally {
    await close()
  }
}

/** What was given, or `help`, or what is wrong with it in the words of the parser. */
function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true })
    return values.help ? 'help' : values
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
