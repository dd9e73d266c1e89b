import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { unexplained } from './oracle.ts'
import { plans } from './plan.ts'
import { openServers } from './servers.ts'

/** Random commands of many people on the same cases, on two servers over one database at once; the pure engine says what may have come of it. */
const runs = Number(process.env.CONCURRENCY_RUNS ?? 25)
const seed = Number(process.env.CONCURRENCY_SEED ?? 20_191_014)

interface Counts {
  sent: number
  [outcome: string]: number
}

async function explore(
  bend: ((ledger: Ledger) => Ledger) | undefined,
  numRuns: number,
): Promise<{ failure: string | null; counts: Counts; problems: readonly unknown[] }> {
  const servers = await openServers(bend)
  const counts: Counts = { sent: 0 }
  try {
    const property = fc.asyncProperty(plans, async (plan) => {
      const history = await servers.run(plan)
      for (const { outcome, sent } of history.sendings) {
        counts.sent++
        const kind = outcome.kind === 'done' && outcome.repeated ? 'repeated' : outcome.kind
        counts[kind] = (counts[kind] ?? 0) + 1
        if (kind === 'done') counts[`did ${sent.command.do}`] = (counts[`did ${sent.command.do}`] ?? 0) + 1
      }
      expect(await unexplained(servers.office, history)).toEqual([])
    })
    // What a schedule of the machine brought out may not come again: shrinking has a bound of its own.
    const details = await fc.check(property, {
      numRuns,
      seed,
      interruptAfterTimeLimit: process.env.CONCURRENCY_RUNS ? undefined : 60_000,
      endOnFailure: bend !== undefined,
    })
    return { failure: details.failed ? (fc.defaultReportMessage(details) ?? '') : null, counts, problems: await servers.office.problems() }
  } finally {
    await servers.close()
  }
}

it(`every history of two servers is one that the regulation allows: ${runs} plans, seed ${seed}`, { timeout: 3_600_000 }, async () => {
  const { failure, counts, problems } = await explore(undefined, runs)
  console.log(`seed ${seed}:`, JSON.stringify(counts))
  expect(failure).toBeNull()
  expect(problems).toEqual([])
  // Nothing is proven by plans in which nobody meets anybody.
  for (const kind of ['done', 'repeated', 'refused', 'changed', 'keyReused']) expect(counts[kind] ?? 0, kind).toBeGreaterThan(0)
})

/** Ledgers that are wrong where a hurried author would be: the oracle has to find each of them, and says the smallest plan it came to. */
const wrong: Record<string, (ledger: Ledger) => Ledger> = {
  'writes what was decided from an older version': (ledger) => ({
    ...ledger,
    append: async (command) => {
      const outcome = await ledger.append(command)
      return outcome.kind === 'conflict' ? ledger.append({ ...command, expectedVersion: outcome.version }) : outcome
    },
  }),
  'forgets which keys it has seen': (ledger) => ({
    ...ledger,
    lookUp: async () => null,
    append: (command) => ledger.append({ ...command, idempotencyKey: `${command.idempotencyKey} ${randomUUID()}` }),
  }),
  'loses an effect': (ledger) => ({ ...ledger, append: (command) => ledger.append({ ...command, effects: command.effects.slice(1) }) }),
  'enqueues an effect twice': (ledger) => ({
    ...ledger,
    append: (command) => ledger.append({ ...command, effects: command.effects.flatMap((e) => [e, { ...e, key: `${e.key}/again` }]) }),
  }),
  'answers before it has written': (ledger) => {
    let turn = 0
    return {
      ...ledger,
      append: async (command) =>
        command.expectedVersion > 0 && ++turn % 5 === 0
          ? { kind: 'appended', version: command.expectedVersion + command.events.length, result: command.result }
          : ledger.append(command),
    }
  },
}

it.each(Object.entries(wrong))('a ledger that %s is found', { timeout: 600_000 }, async (_name, bend) => {
  const { failure } = await explore(bend, 60)
  expect(failure).toMatch(/Counterexample/)
})
