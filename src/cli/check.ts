import { relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { readLawFiles } from '../desk/lawFiles.ts'
import { isLanguage, type Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { buildLibrary } from '../law/library.ts'
import type { Problem } from '../law/problem.ts'
import { tell, tellLine } from '../law/render.ts'
import type { Streams } from './streams.ts'

export interface CheckTools {
  /** The folder of regulations. */
  readonly folder: string
  readonly translator: (language: Language) => Translator
}

const options = { language: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const
const readOptions = (args: readonly string[]) => parseArgs({ args: [...args], options, strict: true, allowPositionals: true })

/** `qyzmet check [file …]`: every problem of all files at once, or of the named ones. 0 no error, 1 errors, 2 used wrongly. */
export async function checkCommand(args: readonly string[], io: Pick<Streams, 'stdout' | 'stderr'>, tools: CheckTools): Promise<number> {
  let given: ReturnType<typeof readOptions>
  try {
    given = readOptions(args)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return misused(io, tools.translator('kk'), 'badOption', cause.message)
  }
  const { language = 'kk', json = false, help = false } = given.values
  if (!isLanguage(language)) return misused(io, tools.translator('kk'), 'unknownLanguage', language)
  const t = tools.translator(language)
  if (help) {
    io.stdout.write(`${t('law.check.usage')}\n`)
    return 0
  }
  const files = await readLawFiles(tools.folder)
  const paths = new Set(files.map(({ path }) => path))
  const wanted = given.positionals.map((name) => inFolder(name, tools.folder, paths))
  const absent = given.positionals.find((_, index) => !paths.has(wanted[index] ?? ''))
  if (absent !== undefined) return misused(io, t, 'noFile', absent)
  const problems = buildLibrary(files).problems.filter(({ file }) => wanted.length === 0 || wanted.includes(file))
  const count = wanted.length || files.length
  io.stdout.write(json ? `${JSON.stringify(asJson(problems, count, t))}\n` : readable(problems, count, t))
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** A file may be named as the checker prints it, or as it lies on the disk. */
const inFolder = (name: string, folder: string, paths: ReadonlySet<string>): string =>
  paths.has(name) ? name : relative(folder, resolve(name)).split(sep).join('/')

const misused = (io: Pick<Streams, 'stderr'>, t: Translator, code: string, value: string): number => {
  io.stderr.write(`${t(`law.check.${code}`, { value })}\n\n${t('law.check.usage')}\n`)
  return 2
}

const counts = (problems: readonly Problem[]) => {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: problems.length - errors }
}

const asJson = (problems: readonly Problem[], files: number, t: Translator) => ({
  problems: problems.map((problem) => ({ ...problem, ...tell(problem, t) })),
  files,
  ...counts(problems),
  ok: counts(problems).errors === 0,
})

const readable = (problems: readonly Problem[], files: number, t: Translator): string => {
  const lines = problems.map((problem) => tellLine(problem, t))
  const last = problems.length === 0 ? t('law.check.sound', { files }) : t('law.check.found', counts(problems))
  return `${[...lines, last].join('\n')}\n`
}
