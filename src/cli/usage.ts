import { parseArgs } from 'node:util'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import type { Streams } from './streams.ts'

interface Form {
  readonly json?: true
  /** How its one argument is called in the line of use. */
  readonly argument?: string
  /** Options with a value, which the command reads itself: how the value is called. */
  readonly options?: Readonly<Record<string, string>>
}

/** The commands that have no choices of their own. The others read and explain their arguments themselves. */
const plainForms = {
  start: {},
  serve: { options: { node: '<corporation|region:…>', config: '<file>' } },
  selfcheck: { json: true },
  coverage: { json: true },
  verify: { json: true, options: { against: '<backup>', with: '<export|backup>', seal: '<hash|file>' } },
  export: { argument: '<file|->' },
  import: { argument: '<file|->' },
  backup: { argument: '<folder>', options: { keys: '<file>', pace: '<MB/s>' } },
  'base-backup': { argument: '<folder>' },
  restore: { argument: '<folder>', options: { keys: '<file>' } },
} as const satisfies Readonly<Record<string, Form>>

export const isPlain = (name: string): name is keyof typeof plainForms => Object.hasOwn(plainForms, name)

/** Null where a plain command may go on; else its exit code: 0 it was asked how it is used, 2 it was used wrongly. */
export function explainUsage(
  name: keyof typeof plainForms,
  args: readonly string[],
  io: Streams,
  translator: (language: Language) => Translator,
): 0 | 2 | null {
  const form: Form = plainForms[name]
  const given = read(args, form)
  const chosen = Object.entries(form.options ?? {}).map(([option, value]) => `[--${option} ${value}]`)
  const line = ['qyzmet', name, ...(form.argument ? [form.argument] : []), ...chosen, ...(form.json ? ['[--json]'] : [])].join(' ')
  const about = (['kk', 'ru', 'en'] as const).map((language) => `  ${translator(language)(`cli.about.${name}`)}\n`)
  if (given === 'help') {
    io.stdout.write(`${line}\n${about.join('')}`)
    return 0
  }
  if (given === null) return null
  io.stderr.write(`${given}\n\n${line}\n${about.join('')}`.trimStart())
  return 2
}

/** What is wrong with the arguments, in the words of the parser; null: nothing. */
function read(args: readonly string[], form: Form): string | 'help' | null {
  const chosen = Object.fromEntries(Object.keys(form.options ?? {}).map((option) => [option, { type: 'string' } as const]))
  const options = { ...chosen, help: { type: 'boolean' }, ...(form.json ? { json: { type: 'boolean' } as const } : {}) } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    if (values.help) return 'help'
    const surplus = positionals[form.argument ? 1 : 0]
    if (surplus !== undefined) return surplus
    return form.argument && positionals.length === 0 ? '' : null
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
