import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { ensureMaster, forgetRetired, keysIn, prepareNext, turn } from '../ledger/keys/keyFolder.ts'
import { countByKey, rewrapAll } from '../ledger/keys/rewrap.ts'
import { migrateFloor } from '../ledger/postgres/migrate.ts'
import { floors } from './floors.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

const sealed = floors.flatMap((floor) => floor.sealed ?? [])

interface KeysTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const options = { prepare: { type: 'boolean' }, finish: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const
const usage = 'qyzmet keys list | rotate [--prepare | --finish] | forget <id>   [--json]'

/**
 * `qyzmet keys`: the installation's keys. `list` with what each wraps; `rotate` makes a new one and wraps every key of the database by it; `--prepare` only makes it, for
 * the other machines to get it first; `--finish` ends a rotation that was broken off; `forget` deletes a retired key under which nothing stands any more. Exit 1: the answer is no.
 */
export async function keysCommand(args: readonly string[], io: Streams, { config, translator }: KeysTools): Promise<number> {
  const given = read(args)
  const say = (out: NodeJS.WritableStream, key: string, values: Record<string, string | number>) => {
    for (const language of ['kk', 'ru'] as const) out.write(`${translator(language)(key, values)}\n`)
  }
  if (typeof given === 'string') {
    const about = (['kk', 'ru', 'en'] as const).map((language) => `  ${translator(language)('cli.about.keys')}\n`).join('')
    if (given === 'help') io.stdout.write(`${usage}\n${about}`)
    else io.stderr.write(`${given}\n${usage}\n${about}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const folder = config.keys
  ensureMaster(folder)
  if (given.act === 'rotate' && given.prepare) {
    const { id } = prepareNext(folder)
    if (given.json) io.stdout.write(`${JSON.stringify({ prepared: id })}\n`)
    else say(io.stdout, 'cli.keys.prepared', { id, file: join(folder, 'next.key') })
    return 0
  }
  const { ledger, close } = await openLedgerOf(config)
  try {
    // A database of an earlier release has not all of the tables.
    for (const floor of floors) await migrateFloor(ledger.database, floor)
    if (given.act === 'list') return await list(folder, ledger.database, given.json, io, say)
    if (given.act === 'forget') return await forget(folder, given.id, ledger.database, given.json, io, say)
    const turned = given.finish ? null : turn(folder)
    const done = await rewrapAll(ledger.database, keysIn(folder), sealed)
    // Whoever wrapped by the old key in the moment of the turn is found by a second look.
    const again = await rewrapAll(ledger.database, keysIn(folder), sealed)
    const told = { ...turned, moved: done.moved + again.moved, unopened: again.unopened }
    if (given.json) io.stdout.write(`${JSON.stringify(told)}\n`)
    else say(io.stdout, 'cli.keys.rotated', { id: keysIn(folder)[0]?.id ?? '', moved: told.moved, unopened: told.unopened })
    return again.unopened > 0 ? 1 : 0
  } finally {
    await close()
  }
}

type Say = (out: NodeJS.WritableStream, key: string, values: Record<string, string | number>) => void
type Database = Parameters<typeof countByKey>[0]

async function list(folder: string, database: Database, json: boolean, io: Streams, say: Say): Promise<number> {
  const keys = keysIn(folder)
  const counts = await countByKey(database, keys, sealed)
  const rows = keys.map(({ id, state, file }) => ({
    id,
    state,
    file,
    since: statSync(join(folder, file)).mtime.toISOString(),
    wraps: counts.get(id) ?? 0,
  }))
  const open = openToOthers(folder)
  const unopened = counts.get(null) ?? 0
  if (json) io.stdout.write(`${JSON.stringify({ folder, keys: rows, unopened, openToOthers: open })}\n`)
  else {
    for (const { id, state, file, since, wraps } of rows)
      io.stdout.write(`${id}  ${state.padEnd(8)}  ${since}  ${String(wraps).padStart(9)}  ${file}\n`)
    if (unopened > 0) say(io.stderr, 'cli.keys.unopened', { unopened })
    for (const file of open) say(io.stderr, 'cli.keys.open', { file })
  }
  return unopened > 0 || open.length > 0 ? 1 : 0
}

/** Files under the folder that somebody else on this machine may read. */
function openToOthers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => (statSync(file).mode & 0o077) !== 0)
}

async function forget(folder: string, id: string, database: Database, json: boolean, io: Streams, say: Say): Promise<number> {
  const keys = keysIn(folder)
  const state = keys.find((one) => one.id === id)?.state ?? null
  const wraps = (await countByKey(database, keys, sealed)).get(id) ?? 0
  const why = state === null ? 'unknown' : state !== 'retired' ? 'inUse' : wraps > 0 ? 'wraps' : null
  if (why === null) forgetRetired(folder, id)
  if (json) io.stdout.write(`${JSON.stringify({ forgotten: why === null, why, wraps })}\n`)
  else say(why === null ? io.stdout : io.stderr, why === null ? 'cli.keys.forgotten' : `cli.keys.${why}`, { id, wraps })
  return why === null ? 0 : 1
}

type Given =
  | { readonly act: 'list'; readonly json: boolean }
  | { readonly act: 'rotate'; readonly prepare: boolean; readonly finish: boolean; readonly json: boolean }
  | { readonly act: 'forget'; readonly id: string; readonly json: boolean }

/** What was given, or `help`, or what is wrong with it. */
function read(args: readonly string[]): Given | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    const { prepare = false, finish = false, json = false, help } = values
    const [act, id, ...surplus] = positionals
    if (help) return 'help'
    if (surplus.length > 0 || (prepare && finish) || ((prepare || finish) && act !== 'rotate')) return args.join(' ')
    if (act === 'list' && id === undefined) return { act, json }
    if (act === 'rotate' && id === undefined) return { act, prepare, finish, json }
    if (act === 'forget' && id !== undefined) return { act, id, json }
    return args.join(' ')
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
