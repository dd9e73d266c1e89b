import { join } from 'node:path'
import { regulationsFolder } from './cli/regulationsFolder.ts'
import type { Streams } from './cli/streams.ts'
import { explainUsage, isPlain } from './cli/usage.ts'
import { readConfig } from './config.ts'
import { type Languages, loadLanguages } from './language/load.ts'
import type { Language } from './language/messages.ts'
import { createTranslator } from './language/translator.ts'

/** The commands. Each loads what it needs when it is called: `qyzmet deadline` opens no database. */
type Command = (args: readonly string[], io: Streams) => Promise<number>

const languages: Languages = loadLanguages(join(import.meta.dirname, 'language'))
const translator = (language: Language) => createTranslator(languages[language], language)
const config = (demonstration: boolean) => readConfig(process.env, demonstration)

const commands: Readonly<Record<string, Command>> = {
  start: async (_args, io) => (await import('./cli/serve.ts')).serveCommand(io, { config: config(true), translator }),
  serve: async (args, io) => (await import('./cli/serveNode.ts')).serveNodeCommand(args, io, { config, translator, env: process.env }),
  admin: async (args, io) => {
    if (args[0] === 'correct-law')
      return (await import('./cli/correctLaw.ts')).correctLawCommand(args.slice(1), io, { config: config(false), translator })
    const { adminCommand } = await import('./cli/admin.ts')
    const { openAdmin } = await import('./cli/openAdmin.ts')
    return adminCommand(args, io, { env: process.env, translator, open: () => openAdmin(config(false)) })
  },
  selfcheck: async (args, io) => (await import('./cli/selfcheck.ts')).selfcheckCommand(args, io, config(true)),
  check: async (args, io) => (await import('./cli/check.ts')).checkCommand(args, io, { folder: regulationsFolder(), translator }),
  coverage: async (args, io) => (await import('./cli/coverage.ts')).coverageCommand(args, io),
  deadline: async (args, io) => {
    const [{ deadlineCommand }, { findNormIn }, { openStatutes }, { readLawFiles }] = await Promise.all([
      import('./cli/deadline.ts'),
      import('./cli/findNorm.ts'),
      import('./desk/statutes.ts'),
      import('./desk/lawFiles.ts'),
    ])
    const statutes = openStatutes(
      await readLawFiles(regulationsFolder()),
      () => undefined,
      async () => null,
    )
    return deadlineCommand(args, io, { world: statutes.world, findNorm: findNormIn(statutes, languages), translator })
  },
  bench: async (args, io) => (await import('./cli/bench.ts')).benchCommand(args, io, config(true)),
  verify: async (args, io) => (await import('./cli/verify.ts')).verifyCommand(args, io, { config: config(false), translator }),
  seal: async (args, io) => {
    if (args[0] === 'check')
      return (await import('./cli/sealCheck.ts')).sealCheckCommand(args.slice(1), io, { env: process.env, translator })
    return (await import('./cli/seal.ts')).sealCommand(args, io, { config: config(false), translator })
  },
  evidence: async (args, io) => (await import('./cli/evidence.ts')).evidenceCommand(args, io, { config: config(false), translator }),
  keys: async (args, io) => (await import('./cli/keys.ts')).keysCommand(args, io, { config: config(false), translator }),
  proof: async (args, io) => (await import('./cli/proof.ts')).proofCommand(args, io, { config: config(false), translator }),
  destroy: async (args, io) => (await import('./cli/destroy.ts')).destroyCommand(args, io, { config: config(false), translator }),
  export: async (args, io) => (await import('./cli/transfer.ts')).exportCommand(args, io, { config: config(false) }),
  import: async (args, io) => (await import('./cli/transfer.ts')).importCommand(args, io, { config: config(false), translator }),
  backup: async (args, io) => (await import('./cli/backup.ts')).backupCommand(args, io, { config: config(false), translator }),
  'base-backup': async (args, io) =>
    (await import('./cli/baseBackup.ts')).baseBackupCommand(args, io, { config: config(false), translator }),
  restore: async (args, io) => (await import('./cli/backup.ts')).restoreCommand(args, io, { config: config(false), translator }),
  simulator: async (args, io) => (await import('./cli/simulator.ts')).simulatorCommand(args, io, { translator }),
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2)
  const io: Streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
  const t = translator('kk')
  if (name === undefined || name === '--help' || name === 'help') {
    const list = Object.keys(commands).map(
      (command) =>
        `  ${command.padEnd(11)} ${t(`cli.about.${command}`)} · ${translator('ru')(`cli.about.${command}`)} · ${translator('en')(`cli.about.${command}`)}`,
    )
    io.stdout.write(`qyzmet <${Object.keys(commands).join('|')}> [--help] [--json]\n\n${list.join('\n')}\n`)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    io.stderr.write(`${t('cli.unknown', { name })}\n${translator('ru')('cli.unknown', { name })}\n`)
    return 2
  }
  const told = isPlain(name) ? explainUsage(name, args, io, translator) : null
  if (told !== null) return told
  try {
    return await command(args, io)
  } catch (cause) {
    return (await import('./cli/breakage.ts')).tellBreakage(cause, io, translator)
  }
}

process.exitCode = await main()
