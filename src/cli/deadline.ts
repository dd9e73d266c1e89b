import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { isLanguage, type Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { deadlineBatchLine } from '../time/batch.ts'
import type { Words } from '../time/calendarFile.ts'
import { type Deadline, deadline, type TermNorm } from '../time/deadline.ts'
import { parseMoment } from '../time/moments.ts'
import type { OrganisationKind } from '../time/reckoning.ts'
import type { World } from '../time/schedule.ts'
import { deadlineJson, explain, renderError, renderLine, renderWarning } from '../time/words.ts'

/** A norm found in a regulation: who receives the documents and whose calendar counts. */
export interface FoundNorm extends TermNorm {
  readonly receiver: OrganisationKind
  readonly performer: OrganisationKind
}
export type FindNorm = (
  region: string,
  clause: string,
  location: string | undefined,
  date: string,
) => { readonly ok: true; readonly value: FoundNorm } | { readonly ok: false; readonly code: string; readonly reason: Words }

export interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface DeadlineTools {
  readonly world: World
  readonly findNorm: FindNorm
  readonly translator: (language: Language) => Translator
}

const options = {
  region: { type: 'string' },
  clause: { type: 'string' },
  location: { type: 'string' },
  at: { type: 'string' },
  language: { type: 'string' },
  batch: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** `qyzmet deadline`: 0 answered, 1 the answer is no (of a batch: of any line), 2 used wrongly. */
export async function deadlineCommand(args: readonly string[], io: Streams, tools: DeadlineTools): Promise<number> {
  let given: ReturnType<typeof readOptions>
  try {
    given = readOptions(args)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return misused(io, tools.translator('kk'), 'badOption', { value: cause.message })
  }
  const language = given.language ?? 'kk'
  if (!isLanguage(language)) return misused(io, tools.translator('kk'), 'unknownLanguage', { value: language })
  const t = tools.translator(language)
  if (given.help) {
    io.stdout.write(`${t('time.cli.usage')}\n`)
    return 0
  }
  return given.batch ? batch(io, tools.world, t) : single(given, io, tools, t)
}

const readOptions = (args: readonly string[]) => parseArgs({ args: [...args], options, strict: true }).values

function misused(io: Streams, t: Translator, code: string, params: Record<string, string>): number {
  io.stderr.write(`${t(`time.cli.${code}`, params)}\n\n${t('time.cli.usage')}\n`)
  return 2
}

function single(given: ReturnType<typeof readOptions>, io: Streams, tools: DeadlineTools, t: Translator): number {
  const { region, clause, at } = given
  if (region === undefined) return misused(io, t, 'needs', { option: 'region' })
  if (clause === undefined) return misused(io, t, 'needs', { option: 'clause' })
  if (at === undefined) return misused(io, t, 'needs', { option: 'at' })
  const regions = tools.world.regions.regions
  const zone = regions[region]?.zone
  if (zone === undefined) return misused(io, t, 'unknownRegion', { value: region, known: Object.keys(regions).join(', ') })
  if (parseMoment(at) === undefined) {
    io.stderr.write(`${renderError(t, { code: 'momentWrong', params: { value: at } })}\n`)
    return 2
  }
  const norm = tools.findNorm(region, clause, given.location, at.slice(0, 10))
  if (!norm.ok) return refuse(io, given.json, norm.code, norm.reason[t.language])
  const { receiver, performer, value, unit } = norm.value
  const answer = deadline(
    {
      id: `${region}:${clause}`,
      norm: { value, unit, clause: norm.value.clause },
      receivedAt: at,
      zone,
      receiver: { kind: receiver, region },
      performer: { kind: performer, region },
    },
    tools.world,
  )
  if (!answer.ok) return refuse(io, given.json, answer.error.code, renderError(t, answer.error))
  io.stdout.write(given.json ? `${JSON.stringify(deadlineJson(answer.value, t))}\n` : readable(answer.value, tools.world, t))
  return 0
}

function refuse(io: Streams, json: boolean | undefined, code: string, text: string): number {
  if (json) io.stdout.write(`${JSON.stringify({ error: { code, text } })}\n`)
  else io.stderr.write(`${text}\n`)
  return 1
}

function readable(due: Deadline, world: World, t: Translator): string {
  const lines = explain(due, world).map((line) => renderLine(t, line))
  const warnings = due.warnings.map((warning) => `! ${renderWarning(t, warning)}`)
  return `${[...lines, ...warnings].join('\n')}\n`
}

/** NDJSON in, one answer a line out, in order; an unreadable line is answered and the rest goes on. */
async function batch(io: Streams, world: World, t: Translator): Promise<number> {
  let refused = false
  let rest = ''
  const answer = (line: string): string => {
    if (line.trim() === '') return ''
    const given = deadlineBatchLine(parseLine(line), world, t)
    if ('error' in given) refused = true
    return `${JSON.stringify(given)}\n`
  }
  io.stdin.setEncoding('utf8')
  for await (const chunk of io.stdin) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (!io.stdout.write(lines.map(answer).join(''))) await once(io.stdout, 'drain')
  }
  io.stdout.write(answer(rest))
  return refused ? 1 : 0
}

/** The line's value; a text that is no JSON stays the text, which the batch refuses as no object. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    if (cause instanceof SyntaxError) return line
    throw cause
  }
}
