import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { momentIn } from '../desk/clock.ts'
import { type CheckedRecord, checkRecords } from '../desk/evidence/check.ts'
import { openEvidence } from '../desk/evidence/open.ts'
import { type EvidenceFailure, type EvidenceParts, signedTypes } from '../desk/evidence/parts.ts'
import { keptRecord } from '../desk/evidence/record.ts'
import { type EvidenceRun, type EvidenceWork, runEvidence } from '../desk/evidence/run.ts'
import { homeOf } from '../desk/numbers.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import type { PostgresLedger } from '../ledger/postgresLedger.ts'
import { openNationalSeal } from '../seal/national/open.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'

interface EvidenceTools {
  readonly config: Config
  readonly translator: (language: Language) => Translator
}

const options = { case: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const
const deeds = ['make', 'renew', 'check', 'show'] as const
type Deed = (typeof deeds)[number]

interface Given {
  readonly deed: Deed
  readonly number: string
  readonly out: string
  readonly json: boolean
}

type Say = (stream: NodeJS.WritableStream, key: string, params?: Record<string, string | number>) => void

/**
 * `qyzmet evidence make | renew | check | show --case <number> --out <folder> [--json]`: evidence records (RFC 4998) over all signatures of the ledger. `make` a record for each that has none, then
 * what is due; `renew` only what is due; `check` judges every record, with `--json` a line each; `show` writes those of a case. Exit 1: something is undone, does not hold, or is not there.
 */
export async function evidenceCommand(args: readonly string[], io: Streams, { config, translator }: EvidenceTools): Promise<number> {
  const given = read(args)
  const say: Say = (stream, key, params = {}) => {
    for (const language of ['kk', 'ru'] as const) stream.write(`${translator(language)(key, params)}\n`)
  }
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.evidence.usage')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const asks = given.deed === 'make' || given.deed === 'renew'
  if (given.deed !== 'show' && (config.seals === undefined || (asks && config.seals.timestamps === undefined))) {
    say(io.stderr, config.seals === undefined ? 'cli.evidence.noTrust' : 'cli.evidence.noAuthority')
    return 2
  }
  const { ledger, close } = await openLedgerOf(config)
  try {
    if (given.deed === 'show' || config.seals === undefined) return await show(ledger, given, io, say)
    const { court } = openNationalSeal(config.seals)
    const parts = openEvidence({ ledger, court, seals: config.seals, now: await clockOf(ledger) })
    return given.deed === 'check' ? await check(parts, given, io, say) : await run(parts, given.deed, given.json, io, say)
  } finally {
    await close()
  }
}

/** The law's clock of this ledger: a demonstration's is shifted. */
async function clockOf(ledger: PostgresLedger): Promise<() => string> {
  const shift = await ledger.settings.get('clockShift')
  return () => momentIn('Asia/Almaty', Date.now() + (typeof shift === 'number' ? shift : 0))
}

async function run(parts: EvidenceParts, work: EvidenceWork, json: boolean, io: Streams, say: Say): Promise<number> {
  const done = await runEvidence(parts, { all: true, work })
  if (done === null) {
    say(io.stderr, 'cli.evidence.busy')
    return 1
  }
  if (json) io.stdout.write(`${JSON.stringify(done)}\n`)
  else tellRun(done, io, say)
  return done.failure === null && done.lost.length === 0 ? 0 : 1
}

function tellRun({ made, renewed, rechained, lost, failure }: EvidenceRun, io: Streams, say: Say): void {
  say(io.stdout, 'cli.evidence.done', { made, renewed, rechained })
  for (const { number, reasons } of lost) say(io.stderr, 'cli.evidence.lost', { number, reasons: reasons.join(', ') })
  if (failure !== null) say(io.stderr, `cli.evidence.${failure.kind}`, paramsOf(failure))
}

const paramsOf = (failure: EvidenceFailure): Record<string, string> =>
  failure.kind === 'notBelieved'
    ? { reasons: failure.reasons.join(', ') }
    : failure.kind === 'notNewer'
      ? { until: failure.until.slice(0, 10) }
      : {}

async function check(parts: EvidenceParts, { json }: Given, io: Streams, say: Say): Promise<number> {
  const told = ({ place, ...found }: CheckedRecord): void => {
    if (json) io.stdout.write(`${JSON.stringify({ ...place, ...found })}\n`)
    else if (found.reasons.length > 0) io.stdout.write(`✗ ${place.home} ${place.case} ${place.sha256}: ${found.reasons.join(', ')}\n`)
  }
  const sum = await checkRecords(parts, told)
  if (json) io.stdout.write(`${JSON.stringify(sum)}\n`)
  else say(io.stdout, 'cli.evidence.checked', { ...sum, until: sum.until?.slice(0, 10) ?? '—' })
  return sum.broken === 0 && sum.due === 0 && sum.missing === 0 ? 0 : 1
}

/** Of each signature of a case: the signed file, its record and what the record stands on. */
async function show(ledger: PostgresLedger, { number, out }: Given, io: Streams, say: Say): Promise<number> {
  const home = homeOf(number)
  const loaded = home === null ? null : await ledger.load(home, number)
  if (home === null || loaded === null) {
    say(io.stderr, 'cli.proof.unknown', { number })
    return 1
  }
  const types: readonly string[] = signedTypes
  const files = loaded.events.flatMap(({ type, data }) => (types.includes(type) && typeof data.file === 'string' ? [data.file] : []))
  let written = 0
  for (const sha256 of new Set(files)) {
    const [kept, bytes] = [await keptRecord(ledger.evidence, { home, case: number, sha256 }), await ledger.files.get(home, number, sha256)]
    if (kept === null || bytes === null) continue
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, `${sha256}.json`), bytes)
    writeFileSync(join(out, `${sha256}.ers`), kept.record)
    writeFileSync(join(out, `${sha256}.evidence.json`), kept.evidence)
    written += 1
  }
  say(written > 0 ? io.stdout : io.stderr, written > 0 ? 'cli.evidence.shown' : 'cli.evidence.none', { number, written, out })
  return written > 0 ? 0 : 1
}

function read(args: readonly string[]): Given | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    if (values.help) return 'help'
    const [word, surplus] = positionals
    const deed = deeds.find((one) => one === word)
    if (deed === undefined || surplus !== undefined) return surplus ?? word ?? ''
    const { case: number = '', out = '', json = false } = values
    if (deed === 'show' && (number === '' || out === '')) return number === '' ? '--case' : '--out'
    return { deed, number, out, json }
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}
