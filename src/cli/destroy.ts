import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { createCaseShelf } from '../desk/caseShelf.ts'
import { createDestruction, type DestructionOrder } from '../desk/destruction.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { homeOf } from '../desk/numbers.ts'
import type { Outcome } from '../desk/outcome.ts'
import { openStatutes } from '../desk/statutes.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import type { PostgresLedger } from '../ledger/postgresLedger.ts'
import { administers } from '../people/mayAdminister.ts'
import { migratePeople } from '../people/migrate.ts'
import { openPeople, type People } from '../people/people.ts'
import { foldLogin } from '../people/shape.ts'
import { lawMoment } from './lawMoment.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface DestroyTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

interface Given {
  readonly number: string
  readonly order: DestructionOrder
  readonly login: string
  readonly evenOpen: boolean
  readonly json: boolean
}

const options = {
  case: { type: 'string' },
  order: { type: 'string' },
  date: { type: 'string' },
  ground: { type: 'string' },
  by: { type: 'string' },
  'even-open': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/**
 * `qyzmet destroy --case <number> --order <number> --date <day> --ground "…" --by <login> [--even-open] [--json]`: destroys values and files of one case by an order.
 * Exit 0 done, or done before by the same order; 1 refused; 2 used wrongly.
 */
export async function destroyCommand(args: readonly string[], io: Streams, { config, translator }: DestroyTools): Promise<number> {
  const given = read(args)
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.destroy.usage')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const { ledger, keyRing, close } = await openLedgerOf(config)
  try {
    await migratePeople(ledger.database)
    const moment = await lawMoment(ledger)
    const people = await openPeople({
      database: ledger.database,
      keyRing,
      machineClock: () => Date.now(),
      today: () => moment.slice(0, 10),
      roles: () => new Set(),
    })
    try {
      return await answer(await destroy(given, { config, ledger, people, now: Date.parse(moment) }), given, io, translator)
    } finally {
      people.close()
    }
  } finally {
    await close()
  }
}

interface Parts {
  readonly config: Config
  readonly ledger: PostgresLedger
  readonly people: People
  readonly now: number
}

type Answered = Outcome | { readonly kind: 'unknownPerson' }

async function destroy({ number, order, login, evenOpen }: Given, { config, ledger, people, now }: Parts): Promise<Answered> {
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    (organisation) => people.organisation(organisation)?.hours,
    (sha256) => ledger.law.text(sha256),
  )
  const staff = people.staffByLogin(foldLogin(login))
  if (staff === undefined || !staff.active) return { kind: 'unknownPerson' }
  const shelf = createCaseShelf(ledger, statutes)
  const file = homeOf(number) === null ? null : await shelf.find(number, true)
  if (file === null) return { kind: 'notFound' }
  const grants = people.grantsNow(staff)
  // The grant by which they may, where there is one: else any, and the desk says no.
  const may = (grant: (typeof grants)[number]) => administers({ kind: 'staff', ...grant }, file.state.provider.id, people)
  const grant = grants.find(may) ?? grants[0]
  const { role, organisation, unit } = grant ?? { role: '', organisation: '', unit: '' }
  const actor = { kind: 'staff' as const, id: staff.id, role, organisation, unit }
  const destruction = createDestruction({
    ledger,
    shelf,
    statutes,
    clock: { now: () => now },
    mayAdminister: (one, provider) => administers(one, provider, people),
  })
  return destruction.destroy(number, order, { actor, region: file.bound.law.regulation.region }, evenOpen)
}

function answer(outcome: Answered, given: Given, io: Streams, translator: DestroyTools['translator']): number {
  const { number, order, login, json } = given
  const say = (stream: NodeJS.WritableStream, key: string, params: Record<string, string | number>) => {
    for (const language of ['kk', 'ru'] as const) stream.write(`${translator(language)(key, params)}\n`)
  }
  if (outcome.kind === 'done') {
    if (json) io.stdout.write(`${JSON.stringify({ number, version: outcome.version, repeated: outcome.repeated })}\n`)
    else say(io.stdout, outcome.repeated ? 'cli.destroy.before' : 'cli.destroy.done', { number, order: order.number, date: order.date })
    return 0
  }
  if (outcome.kind === 'refused') {
    const { code, params } = outcome.refusal
    if (code === 'notYours') say(io.stderr, 'cli.destroy.notYours', { login })
    else for (const part of ['says', 'remedy']) say(io.stderr, `refusal.${code}.${part}`, params)
  } else if (outcome.kind === 'unknownPerson') say(io.stderr, 'cli.destroy.unknownPerson', { login })
  else say(io.stderr, 'cli.proof.unknown', { number })
  return 1
}

function read(args: readonly string[]): Given | string {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true })
    if (values.help) return 'help'
    const { case: number = '', order = '', date = '', ground = '', by = '' } = values
    const missing = Object.entries({ case: number, order, date, ground, by }).find(([, value]) => value.trim() === '')
    if (missing) return `--${missing[0]}`
    if (!isDay(date)) return `--date ${date}`
    return { number, order: { number: order, date, ground }, login: by, evenOpen: values['even-open'] ?? false, json: values.json ?? false }
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}

function isDay(text: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text).toString() === text
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
