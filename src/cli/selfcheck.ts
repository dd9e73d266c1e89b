import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { rememberLaw } from '../desk/lawAtStart.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Enacted } from '../engine/examples/enact.ts'
import { touchedBy } from '../engine/examples/rehearse.ts'
import { coverageOf } from '../law/coverage.ts'
import { keyRingIn } from '../ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../ledger/postgresLedger.ts'
import { verify } from '../ledger/verify/verify.ts'
import { withFreshDatabase } from './freshDatabase.ts'
import type { Streams } from './streams.ts'
import { play, stages } from './theatre.ts'

interface CaseCheck {
  readonly regulation: string
  readonly example: string
  readonly path: Enacted['path']
  readonly ok: boolean
  readonly disagreements: Enacted['disagreements']
}

/** `qyzmet selfcheck [--json]`: every example of every regulation through the real desk, against a fresh database, with a clock that the examples set. */
export async function selfcheckCommand(args: readonly string[], io: Streams, config: Config): Promise<number> {
  const keys = await mkdtemp(join(tmpdir(), 'qyzmet-selfcheck-'))
  try {
    return await withFreshDatabase(config, async (url) => {
      const ledger = await openLedger({ url, keyRing: keyRingIn(keys) })
      try {
        return await report(args, io, await checkAll(ledger, config, keys))
      } finally {
        await ledger.close()
      }
    })
  } finally {
    await rm(keys, { recursive: true, force: true })
  }
}

async function checkAll(ledger: PostgresLedger, config: Config, keys: string) {
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  await rememberLaw(ledger.law, statutes)
  const stage = stages(ledger, statutes, keys)
  // Each example has a clock of its own, so that they need not wait for each other.
  const regulations = await Promise.all(
    statutes.library.regulations.map(async (law) => {
      const bound = statutes.bind(law)
      return { bound, enacted: await Promise.all((law.examples?.examples ?? []).map((example) => play(bound, example, stage()))) }
    }),
  )
  const keyRing = keyRingIn(keys)
  const verified = await verify(ledger.database, keyRing, { rowsOf: viewsOfEvents(statutes, new Map()) })
  return { regulations, verified }
}

type Checked = Awaited<ReturnType<typeof checkAll>>

async function report(args: readonly string[], io: Streams, { regulations, verified }: Checked): Promise<number> {
  const cases: CaseCheck[] = regulations.flatMap(({ bound, enacted }) =>
    enacted.map(({ example, path, ok, disagreements }) => ({ regulation: bound.law.regulation.id, example, path, ok, disagreements })),
  )
  const coverage = regulations.map(({ bound, enacted }) => {
    const { id, edition } = bound.law.regulation
    return { id, edition, sha256: bound.law.sha256.regulation, ...coverageOf(bound.law.regulation, touchedBy(bound.court, enacted)) }
  })
  const complete = coverage.every((c) => c.complete)
  const ok = complete && cases.every((c) => c.ok) && verified.problems.length === 0
  if (args.includes('--json')) {
    io.stdout.write(`${JSON.stringify({ cases, coverage: { regulations: coverage, complete }, verified, ok })}\n`)
    return ok ? 0 : 1
  }
  const say = (line: string) => io.stdout.write(`${line}\n`)
  for (const one of cases) {
    say(`${one.ok ? '✓' : '✗'} ${one.regulation} ${one.example}`)
    for (const step of one.path) say(`    ${step.at}  ${step.clause.padEnd(10)} ${step.step} → ${step.outcome}`)
    for (const d of one.disagreements) say(`    ✗ ${d.what}: ${d.expected} ≠ ${d.got}`)
  }
  for (const c of coverage) say(`${c.complete ? '✓' : '✗'} ${c.id} ${c.edition}: ${c.executed}/${c.executable}`)
  for (const problem of verified.problems) say(`✗ ${problem.kind} ${problem.case}: ${problem.text}`)
  say(`${ok ? '✓' : '✗'} ${cases.length} cases, ${verified.events} events`)
  return ok ? 0 : 1
}
