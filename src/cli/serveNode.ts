import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { connectNode } from './connectNode.ts'
import { configOf, NodeFileWrong, readNodeFile, tellProblems } from './nodeFile.ts'
import { serveCommand } from './serve.ts'
import type { Streams } from './streams.ts'

interface NodeTools {
  readonly config: (demonstration: boolean) => Config
  readonly translator: (language: Language) => Translator
  readonly env: NodeJS.ProcessEnv
}

/** `qyzmet serve`, alone or as one of two nodes: `--node corporation|region:<region> --config <file>`. 2: the file is wrong, every problem told. */
export async function serveNodeCommand(args: readonly string[], io: Streams, { config, translator, env }: NodeTools): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { node: { type: 'string' }, config: { type: 'string' } }, strict: true })
  if (values.node === undefined && values.config === undefined) return serveCommand(io, { config: config(false), translator })
  if (values.node === undefined || values.config === undefined) {
    for (const language of ['kk', 'ru', 'en'] as const) io.stderr.write(`${translator(language)('cli.node.both')}\n`)
    return 2
  }
  try {
    const file = readNodeFile(values.config, values.node)
    const whole = configOf(file, config(file.demonstration !== undefined), env)
    return await serveCommand(io, { config: whole, translator, connect: connectNode(file, env) })
  } catch (cause) {
    if (!(cause instanceof NodeFileWrong)) throw cause
    for (const language of ['kk', 'ru', 'en'] as const) io.stderr.write(tellProblems(cause, translator(language)))
    return 2
  }
}
