import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { homeOf } from '../desk/numbers.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface ProofTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const options = { out: { type: 'string' }, help: { type: 'boolean' } } as const

/** `qyzmet proof <number> [--out <file>]`: what docs/verify checks, as JSON. Exit 1: there is no such case. */
export async function proofCommand(args: readonly string[], io: Streams, { config, translator }: ProofTools): Promise<number> {
  const given = read(args)
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.proof.usage')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const { number, out } = given
  const home = homeOf(number)
  const { ledger, close } = await openLedgerOf(config)
  try {
    const proof = home === null ? null : await ledger.seals.proof(home, number)
    if (proof === null) {
      for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.proof.unknown', { number })}\n`)
      return 1
    }
    const text = `${JSON.stringify(proof, null, 1)}\n`
    if (out === undefined) io.stdout.write(text)
    else writeFileSync(out, text, { flag: 'wx' })
    if (proof.sealed === null)
      for (const language of ['kk', 'ru'] as const) io.stderr.write(`${translator(language)('cli.proof.unsealed')}\n`)
    return 0
  } finally {
    await close()
  }
}

function read(args: readonly string[]): { number: string; out: string | undefined } | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [number, surplus] = positionals
    if (values.help) return 'help'
    return number === undefined || surplus !== undefined ? (surplus ?? '') : { number, out: values.out }
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
